"""The survey of the articles: what is counted, and the page that shows it."""
