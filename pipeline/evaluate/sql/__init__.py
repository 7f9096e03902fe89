"""SQL over everything that the home keeps."""
