"""Language models: over HTTP or in this process."""
