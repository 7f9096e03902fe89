"""What learns: encoders, the lexical view, heads, calibration, thresholds, metrics, splits, bundles."""
