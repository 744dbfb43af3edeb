"""Reads pictures with Pillow, their codes with zxing-cpp and their words with rapidocr."""

import hashlib
import io
import warnings
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from tipline.adapters.pictures.characters import read_characters
from tipline.adapters.pictures.looks import hash_looks
from tipline.domain.evidence.content.findings import Picture

PIXELS_MAX: Final = 40_000_000
_TEXT_SIDE_MAX: Final = 1600  # what is larger is read smaller, and of a long page the top
CODES_MAX: Final = 20


class PillowReader:
    """Reads pictures; with ``seeks_text`` False it never looks for words."""

    def __init__(self, *, seeks_text: bool = True) -> None:
        self._seeks_text = seeks_text

    def read(self, data: bytes, *, seek_text: bool) -> Picture | None:
        """Read one picture; nothing where it is none, or one too large to be opened."""
        opened = _open(data)
        if opened is None:
            return None
        width, height = opened.size
        picture = Picture(
            sha256=hashlib.sha256(data).hexdigest(),
            looks=hash_looks(opened),
            width=width,
            height=height,
        )
        if not picture.is_large:
            return picture
        codes = tuple(each.text for each in zxingcpp.read_barcodes(opened) if each.text)
        seeks = seek_text and self._seeks_text
        text = read_characters(_crop(opened)) if seeks else ""
        return Picture(
            sha256=picture.sha256,
            looks=picture.looks,
            width=width,
            height=height,
            text=text,
            codes=tuple(dict.fromkeys(codes))[:CODES_MAX],
        )


def _open(data: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size and of odd metadata: both are looked at here
            opened = Image.open(io.BytesIO(data))
            if opened.width * opened.height > PIXELS_MAX:
                return None
            return opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError):
        return None
    except (Image.DecompressionBombError, OverflowError, IndexError, KeyError, TypeError):
        return None  # broken on purpose


def _crop(picture: Image.Image) -> Image.Image:
    top = picture.crop((0, 0, picture.width, min(picture.height, 2 * picture.width, 4_000)))
    top.thumbnail((_TEXT_SIDE_MAX, _TEXT_SIDE_MAX))
    return top
