"""Encoders: text to vectors, all of them sentence-transformers models behind one loader."""
