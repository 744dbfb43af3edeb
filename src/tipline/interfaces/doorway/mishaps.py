"""Say that something went wrong without saying with whose words: no message, only the place."""

import logging
import traceback

_log = logging.getLogger("tipline.public")


def log_mishap(failed: BaseException) -> None:
    """Log the kind and the places of an exception; never its message, which may quote a person."""
    frames = traceback.extract_tb(failed.__traceback__)[-6:]
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
    _log.error("a request failed: %s at %s", type(failed).__name__, places)
