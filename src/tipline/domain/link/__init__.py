"""Rules of the link stage: which reports speak of one gang, and why."""
