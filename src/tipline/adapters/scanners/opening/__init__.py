"""Openers of archives: each yields its members as streams, and trusts no name, size or count."""
