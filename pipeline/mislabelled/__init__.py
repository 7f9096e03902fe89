"""What finding label errors is made of: the examination of every category, the neighbours, and the table to check."""
