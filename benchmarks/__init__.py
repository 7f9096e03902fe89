"""Measurements of speed, memory and quality: one module each, run as `python -m benchmarks.NAME`."""
