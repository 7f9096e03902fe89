"""What the learning curve is made of: the measurements, what they say in words, the pictures and the page."""
