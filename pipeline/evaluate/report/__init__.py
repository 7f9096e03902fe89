"""The report: one self-contained page made from an evaluation."""
