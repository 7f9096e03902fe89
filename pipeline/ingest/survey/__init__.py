"""Survey: what the data are like, as one page."""
