"""The desk: staff pages."""
