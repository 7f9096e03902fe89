"""Annotate: a language model labels articles."""
