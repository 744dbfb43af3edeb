"""How far a run has come, kept beside its output, so that it goes on where it was stopped."""

import hashlib
import os
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

_HEAD = 1 << 20
FORMAT = 1


class OtherRun(Exception):
    """The checkpoint beside the output is of another file, column or version."""


class Progress(Struct, frozen=True, kw_only=True):
    """What a run works on, and what of it is certain: rows, and how much of output and rejects.

    ``now`` is when the run began: the time at which priorities are judged, also when it goes on.
    """

    source: str
    column: str
    now: datetime
    format: int = FORMAT
    rows: int = 0
    written: int = 0
    refused: int = 0  # rows
    rejects: int = 0  # bytes


class Checkpoint:
    """The file in which ``Progress`` is kept; it is there whole or as it was before."""

    def __init__(self, output: Path) -> None:
        self.path = output.with_name(f"{output.name}.progress")

    def load(self, begun: Progress) -> Progress:
        """Give what was kept of the run that ``begun`` describes, or ``begun`` itself.

        Raises:
            OtherRun: what was kept is of another run.

        """
        if not self.path.is_file():
            return begun
        try:
            kept = msgspec.json.decode(self.path.read_bytes(), type=Progress)
        except msgspec.MsgspecError as wrong:
            raise OtherRun from wrong
        told = (kept.source, kept.column, kept.format)
        if told != (begun.source, begun.column, begun.format):
            raise OtherRun
        return kept

    def keep(self, progress: Progress) -> None:
        """Keep ``progress``, whatever happens next."""
        draft = self.path.with_name(f"{self.path.name}.draft")
        with draft.open("wb") as file:
            file.write(msgspec.json.encode(progress))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def drop(self) -> None:
        """Forget the run: it is done."""
        self.path.unlink(missing_ok=True)


def name_source(path: Path) -> str:
    """Name a file by its size, its change and its first bytes, so that another is told from it."""
    about = path.stat()
    with path.open("rb") as file:
        digest = hashlib.sha256(file.read(_HEAD)).hexdigest()
    return f"{about.st_size}-{about.st_mtime_ns}-{digest}"
