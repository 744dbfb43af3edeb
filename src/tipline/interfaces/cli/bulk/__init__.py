"""Triage of whole files: read in batches, worked on by several processes, written in order."""
