"""What an audit is made of: a sample of one annotator's labels, a table to fill in, and an estimate."""
