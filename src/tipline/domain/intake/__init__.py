"""Rules of the intake stage."""
