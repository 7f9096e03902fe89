"""Bundles as files: their names, manifests and archives, and how they are loaded and served."""
