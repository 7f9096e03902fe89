"""Measuring: figures, their intervals, baselines and overlaps."""
