"""Evaluate: a bundle measured on the test part, beside another one and the baselines."""
