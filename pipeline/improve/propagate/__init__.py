"""Propagate: labels spread to near articles as candidates."""
