"""What an evaluation is made of: the comparison with an earlier bundle, the summary, the predictions."""
