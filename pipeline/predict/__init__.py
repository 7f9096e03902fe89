"""Predict: categories of articles, and why."""
