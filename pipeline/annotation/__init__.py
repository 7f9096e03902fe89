"""Annotation: the parts of ``rubrika annotate``."""
