"""A sorted, unchanging part of the stored wordings, in files that are mapped into memory.

Of each of the 32 bands a segment holds all its rows in the order of their band's number, cut into
buckets of some ten by the number's top bits. An entry is 32 bits: the next 8 bits of the number,
which nearly always tell apart what shares a bucket by chance, and the row in 24. So a row costs
128 bytes in bands, 56 in its check and 8 for its wording's number: 10 million are 2.1 GB with the buckets' edges.
"""

import os
import shutil
from pathlib import Path
from typing import Final

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from tipline.domain.triage.templates.nearest import Candidates, Nearest, choose_nearest, find_none
from tipline.domain.triage.templates.signature import BANDS, Signatures

ROWS_MAX: Final = 1 << 24
_IN_BUCKET: Final = 10
_AT_ONCE: Final = 1_000  # texts: what is compared for them stays small
_ROW_BITS: Final = np.uint32(24)
_ROW: Final = np.uint32(ROWS_MAX - 1)
_PARTS: Final = ("numbers", "bands", "checks", "edges", "entries")


class Segment:
    """An open segment: ``numbers`` (n int64, ascending), ``bands`` and ``checks`` of its rows."""

    def __init__(self, path: Path) -> None:
        parts = {part: np.load(path / f"{part}.npy", mmap_mode="r") for part in _PARTS}
        self.numbers: NDArray[np.int64] = parts["numbers"]
        self.signatures = Signatures(parts["bands"], parts["checks"])
        self._edges: NDArray[np.uint32] = parts["edges"]
        self._entries: NDArray[np.uint32] = parts["entries"]

    def __len__(self) -> int:
        return len(self.numbers)

    def find_nearest(self, signatures: Signatures) -> Nearest:
        """Find the row most like each text."""
        nearest = find_none(len(signatures))
        for begin in range(0, len(signatures), _AT_ONCE):
            part = slice(begin, begin + _AT_ONCE)
            asked = Signatures(signatures.bands[part], signatures.checks[part])
            found = choose_nearest(asked, self.list_candidates(asked))
            nearest.numbers[part], nearest.likeness[part] = found.numbers, found.likeness
        return nearest

    def list_candidates(self, signatures: Signatures) -> Candidates:
        """List the rows that share a band's number with each text."""
        keys = np.ascontiguousarray(signatures.bands.T)  # 32 x q
        places, pairs = self._look_up(keys)
        entries = self._entries.reshape(-1)[places]
        is_same = (entries >> _ROW_BITS) == _read_print(keys, self._bits).reshape(-1)[pairs]
        owners = pairs[is_same] % len(signatures)
        found = np.unique((owners << 24) | (entries[is_same] & _ROW))
        rows = found & int(_ROW)
        return Candidates(found >> 24, self.numbers[rows], self.signatures.checks[rows])

    @property
    def _bits(self) -> int:
        return int(self._edges.shape[1] - 1).bit_length() - 1

    def _look_up(self, keys: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        # Places among all entries, and which of the keys (flat) each place is for.
        buckets = (keys >> np.uint32(32 - self._bits)).astype(np.int64)
        buckets += np.arange(BANDS)[:, None] * self._edges.shape[1]
        edges = self._edges.reshape(-1)
        begins, ends = edges[buckets].astype(np.int64), edges[buckets + 1].astype(np.int64)
        counts = (ends - begins).reshape(-1)
        begins += np.arange(BANDS)[:, None] * len(self)
        firsts = begins.reshape(-1) - np.concatenate(([0], np.cumsum(counts)[:-1]))
        pairs = np.repeat(np.arange(len(counts)), counts)
        return firsts[pairs] + np.arange(len(pairs)), pairs


def write_segment(path: Path, numbers: NDArray[np.int64], signatures: Signatures) -> None:
    """Write a segment of rows in the order of their ``numbers``; it is there whole or not at all.

    Raises:
        ValueError: more rows than a segment can hold, none, or numbers that do not ascend.

    """
    count = len(numbers)
    if not 0 < count <= ROWS_MAX or (np.diff(numbers) <= 0).any():
        raise ValueError(f"a segment of {count} rows")
    draft = path.with_name(f"{path.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    np.save(draft / "numbers.npy", numbers)
    np.save(draft / "bands.npy", signatures.bands)
    np.save(draft / "checks.npy", signatures.checks)
    _write_entries(draft, signatures.bands)
    for part in draft.iterdir():
        _flush(part)
    draft.rename(path)
    _flush(path.parent)


def _write_entries(draft: Path, bands: NDArray[np.uint32]) -> None:
    count = len(bands)
    bits = max(8, (count // _IN_BUCKET).bit_length())
    firsts = (np.arange((1 << bits) + 1, dtype=np.uint64) << np.uint64(32 - bits)).clip(max=1 << 32)
    edges = open_memmap(
        draft / "edges.npy", mode="w+", dtype=np.uint32, shape=(BANDS, (1 << bits) + 1)
    )
    entries = open_memmap(draft / "entries.npy", mode="w+", dtype=np.uint32, shape=(BANDS, count))
    for band in range(BANDS):
        keys = np.ascontiguousarray(bands[:, band])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        edges[band] = np.searchsorted(keys, firsts)
        entries[band] = (_read_print(keys, bits) << _ROW_BITS) | order.astype(np.uint32)
    entries.flush()
    edges.flush()


def _read_print(keys: NDArray[np.uint32], bits: int) -> NDArray[np.uint32]:
    return (keys >> np.uint32(24 - bits)) & np.uint32(255)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
