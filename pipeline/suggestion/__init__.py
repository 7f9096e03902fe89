"""Suggestions: what the store knows that bears on which article to label next, and the table to fill in."""
