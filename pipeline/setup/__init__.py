"""Setup: settings, the home, errors, and the call that opens them: what every room stands on."""
