"""Bundles: listed, compared, promoted, carried away and brought back."""
