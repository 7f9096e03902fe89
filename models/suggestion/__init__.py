"""Suggesting: which articles teach the most if somebody labels them now."""
