"""Embed: the cached representations of articles, their split and their labels, all in the order of ids."""
