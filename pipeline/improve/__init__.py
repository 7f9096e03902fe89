"""Improve: what to label next, which labels look wrong, what labels spread to, and what more labels would bring."""
