"""Stored wordings outside the database: segments on disk, and their fake in memory."""

from tipline.adapters.templates.files import FileIndex
from tipline.adapters.templates.memory import MemoryIndex

__all__ = ["FileIndex", "MemoryIndex"]
