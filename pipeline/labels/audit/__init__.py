"""Audit: a random sample of a model's labels, read by a person, tells how good they are."""
