"""Train: one head per category, only those whose fingerprint changed."""
