"""One file for each kind of identifier, each with ``find(text)``."""
