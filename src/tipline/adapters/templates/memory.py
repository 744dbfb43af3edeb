"""The fake of ``FileIndex``: the same answers from dictionaries, for tests."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.templates.nearest import Candidates, Nearest, choose_nearest
from tipline.domain.triage.templates.signature import CHECK_BYTES, Signatures


class MemoryIndex:
    """Stored wordings by band and number of the band."""

    def __init__(self) -> None:
        self._segments: dict[str, tuple[NDArray[np.int64], Signatures]] = {}
        self._checks: dict[int, NDArray[np.uint8]] = {}
        self._by_band: dict[tuple[int, int], set[int]] = {}

    def has(self, name: str) -> bool:
        """Tell whether the segment of this name is there."""
        return name in self._segments

    def use(self, names: Sequence[str]) -> None:
        """Look into the segments of these names from now on.

        Raises:
            LookupError: one is not there.

        """
        by_band = defaultdict(set)
        for name in names:
            for number, bands, check in _list_rows(*self.read(name)):
                self._checks[number] = check
                for band in enumerate(bands):
                    by_band[band].add(number)
        self._by_band = dict(by_band)

    def find_nearest(self, signatures: Signatures) -> Nearest:
        """Find the stored wording most like each text."""
        found = [
            (owner, number)
            for owner, bands in enumerate(signatures.bands.tolist())
            for number in sorted(
                {n for band in enumerate(bands) for n in self._by_band.get(band, ())}
            )
        ]
        owners, numbers = np.array(found, np.int64).reshape(-1, 2).T
        checks = np.array([self._checks[each] for each in numbers.tolist()], np.uint8)
        return choose_nearest(
            signatures, Candidates(owners, numbers, checks.reshape(-1, CHECK_BYTES))
        )

    def add(self, numbers: NDArray[np.int64], signatures: Signatures) -> str:
        """Keep a segment of these wordings, in the order of their numbers; gives its name.

        Raises:
            ValueError: none, or not in order.

        """
        if not len(numbers) or (np.diff(numbers) <= 0).any():
            raise ValueError(f"a segment of {len(numbers)} rows")
        name = f"{len(numbers)}-{hash((numbers.tobytes(), signatures.bands.tobytes())):x}"
        self._segments[name] = (numbers, signatures)
        return name

    def read(self, name: str) -> tuple[NDArray[np.int64], Signatures]:
        """Give the wordings of a segment.

        Raises:
            LookupError: it is not there.

        """
        if not self.has(name):
            raise LookupError(f"no segment {name}")
        return self._segments[name]

    def forget(self, names: Sequence[str]) -> None:
        """Remove all other segments than these."""
        self._segments = {name: kept for name, kept in self._segments.items() if name in names}


def _list_rows(
    numbers: NDArray[np.int64], signatures: Signatures
) -> Iterator[tuple[int, list[int], NDArray[np.uint8]]]:
    return zip(numbers.tolist(), signatures.bands.tolist(), signatures.checks, strict=True)
