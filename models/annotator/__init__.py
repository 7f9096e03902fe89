"""The annotator: what a language model is asked about an article, and what of its answer may be believed."""
