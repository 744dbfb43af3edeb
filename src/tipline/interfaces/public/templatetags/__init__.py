"""Filters for the public templates."""
