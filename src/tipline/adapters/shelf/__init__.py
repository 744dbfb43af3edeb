"""Shelves for imported lists: one of mapped files, and one in memory for tests and comparison."""

from tipline.adapters.shelf.mapped import MappedShelf
from tipline.adapters.shelf.memory import MemoryShelf

__all__ = ["MappedShelf", "MemoryShelf"]
