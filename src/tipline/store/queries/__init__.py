"""Questions about what we remember: read only, frozen answers."""
