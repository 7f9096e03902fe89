"""Results shown: as one JSON object, or as lines and tables for people."""
