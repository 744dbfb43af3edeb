"""The desk's working store: the working copy that staff search and edit."""
