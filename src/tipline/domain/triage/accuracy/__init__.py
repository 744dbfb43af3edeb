"""How well the machine reads, measured against texts whose identifiers are known."""
