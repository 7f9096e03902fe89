"""Language models: over the network, or in this process, behind the annotator's one protocol."""
