"""Parts of the measurement of known subjects."""
