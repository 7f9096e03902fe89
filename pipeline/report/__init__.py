"""The report: one self-contained HTML page about a bundle, for the engineer, the editor and the product manager."""
