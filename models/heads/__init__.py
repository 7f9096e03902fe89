"""Heads: one category's scorer, the choice among candidates, calibration and threshold, and their files."""
