"""What was said of the articles: read from tables, written to tables, compared and audited."""
