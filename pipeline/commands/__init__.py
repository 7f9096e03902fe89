"""Groups of commands: one file per noun that has commands of its own."""
