"""Show a picture that a stranger sent: drawn anew as PNG, by a process that may die of it."""

import subprocess
import sys
from pathlib import Path

SECONDS_MAX = 20
BYTES_MAX = 40_000_000
PICTURE_TYPES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff", "image/heic"}
)
_CHILD = Path(__file__).with_name("redraw.py")


class PictureRefused(Exception):
    """The bytes are no picture that can be shown, or drawing them took too much."""


def may_be_picture(kind: str, name: str) -> bool:
    """Guess from what the sender called it whether a file is worth drawing."""
    ending = name.rpartition(".")[2].lower()
    return kind.lower() in PICTURE_TYPES or ending in {"png", "jpg", "jpeg", "gif", "webp", "bmp"}


def redraw(picture: bytes) -> bytes:
    """Draw a picture anew as PNG, without anything that was in the file beside it.

    Raises:
        PictureRefused: it is no picture, is too large, or the drawing failed.

    """
    try:
        done = subprocess.run(  # noqa: S603 - our own command, nothing of the sender's in it
            [sys.executable, "-I", str(_CHILD)],
            input=picture,
            capture_output=True,
            timeout=SECONDS_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureRefused("too slow") from None
    if done.returncode != 0 or len(done.stdout) > BYTES_MAX or not done.stdout:
        raise PictureRefused("not a picture that can be shown")
    return done.stdout
