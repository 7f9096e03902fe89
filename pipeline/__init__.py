"""What a person runs: one file per verb. A verb is a pure function over arrays and tables plus a thin shell around it."""
