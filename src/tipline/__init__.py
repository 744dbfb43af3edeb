"""Tipline: from a tip to a takedown, with proof."""

__version__ = "0.1.0"
