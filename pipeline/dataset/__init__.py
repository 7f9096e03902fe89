"""What is trained and measured on: the views of the articles, their labels and their parts."""
