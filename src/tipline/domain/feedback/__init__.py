"""Rules of the feedback stage."""
