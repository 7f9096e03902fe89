"""What is kept: articles, vectors, features, labels, splits, predictions, metrics. One file per noun."""
