"""Reads pictures: how they look, the codes in them, the words in them."""

from tipline.adapters.pictures.reading import PillowReader

__all__ = ["PillowReader"]
