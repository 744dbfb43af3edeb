"""Reads pages with selectolax, and all that an inspection kept in its folder.

``BOXES_SCRIPT`` is what a browser evaluates in a drawn page to tell where its elements stand; its
answer is kept as ``boxes.json`` beside ``dom.html``.
"""

from pathlib import Path

from tipline.adapters.pages.folder import read_folder
from tipline.adapters.pages.gallery import Gallery
from tipline.adapters.pages.tree import LexborReader

BOXES_SCRIPT = Path(__file__).with_name("boxes.js").read_text("utf-8")

__all__ = ["BOXES_SCRIPT", "Gallery", "LexborReader", "read_folder"]
