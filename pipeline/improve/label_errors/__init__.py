"""Label errors: labels that a second look would change."""
