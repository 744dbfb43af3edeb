"""Reads Chinese and Latin characters in pictures with rapidocr, whose models come in its wheel."""

import logging
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

_SURE = 0.6


@cache
def _get_reader() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - takes seconds and a hundred megabytes

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def read_characters(picture: Image.Image) -> str:
    """Give the lines of text in a picture, the top one first; nothing where there are none."""
    found = _get_reader()(np.asarray(picture)[:, :, ::-1])
    lines = zip(found.txts or (), found.scores or (), strict=True)
    return "\n".join(text for text, sure in lines if sure >= _SURE)
