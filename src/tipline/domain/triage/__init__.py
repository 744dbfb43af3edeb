"""Rules of the triage stage."""
