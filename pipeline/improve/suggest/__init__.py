"""Suggest: the articles whose labels teach the most."""
