"""Learning curves: what heads are worth after so many labels, and what more labels would bring."""
