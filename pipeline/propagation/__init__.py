"""What propagating is made of: one category's labels, spread as far as a promise reaches."""
