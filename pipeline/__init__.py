"""What a person runs: one file per verb, each a pure function with a thin shell that reads and writes."""
