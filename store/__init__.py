"""What is kept: articles, vectors, lexical features, labels, splits, predictions, metrics, quarantine. One file per noun."""
