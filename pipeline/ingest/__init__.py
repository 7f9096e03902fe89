"""Ingest: articles of a crawl into the store."""
