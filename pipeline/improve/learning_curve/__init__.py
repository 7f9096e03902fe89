"""The learning curve: what more labels would bring."""
