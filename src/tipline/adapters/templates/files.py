"""Segments in a directory, each named for what it holds."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tipline.adapters.templates.segment import Segment, write_segment
from tipline.domain.triage.templates.nearest import Nearest, find_none
from tipline.domain.triage.templates.signature import Signatures


class FileIndex:
    """Stored wordings in segments below ``directory``; asks those it was told to use."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._open: dict[str, Segment] = {}

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Those that are in use, oldest first."""
        return tuple(self._open.values())

    def has(self, name: str) -> bool:
        """Tell whether the segment of this name is there."""
        return (self._directory / name).is_dir()

    def use(self, names: Sequence[str]) -> None:
        """Look into the segments of these names from now on.

        Raises:
            LookupError: one is not there.

        """
        if tuple(self._open) != tuple(names):
            self._open = {name: self._open.get(name) or self._load(name) for name in names}

    def find_nearest(self, signatures: Signatures) -> Nearest:
        """Find the stored wording most like each text."""
        nearest = find_none(len(signatures))
        for segment in self._open.values():
            nearest = nearest.or_better(segment.find_nearest(signatures))
        return nearest

    def add(self, numbers: NDArray[np.int64], signatures: Signatures) -> str:
        """Write a segment of these wordings, in the order of their numbers; gives its name.

        Raises:
            ValueError: too many for one, none, or not in order.

        """
        name = _name(numbers, signatures)
        if not self.has(name):
            write_segment(self._directory / name, numbers, signatures)
        return name

    def read(self, name: str) -> tuple[NDArray[np.int64], Signatures]:
        """Give the wordings of a segment.

        Raises:
            LookupError: it is not there.

        """
        segment = self._open.get(name) or self._load(name)
        return segment.numbers, segment.signatures

    def forget(self, names: Sequence[str]) -> None:
        """Remove the files of all other segments than these."""
        for path in self._directory.iterdir() if self._directory.is_dir() else ():
            if path.is_dir() and path.name not in names:
                shutil.rmtree(path)

    def _load(self, name: str) -> Segment:
        if not self.has(name):
            raise LookupError(f"no segment {name}")
        return Segment(self._directory / name)


def _name(numbers: NDArray[np.int64], signatures: Signatures) -> str:
    digest = hashlib.sha256()
    for part in (numbers.astype("<i8"), signatures.bands.astype("<u4"), signatures.checks):
        digest.update(np.ascontiguousarray(part).data)
    return f"{len(numbers)}-{digest.hexdigest()[:32]}"
