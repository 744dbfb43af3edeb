"""Runs of one to four letters as hashes: which letters they were cannot be read back."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.offence.letters import Codes, Places, Stream

_STEP, _LAST = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_SHIFT = np.uint32(15)
ROW_SHIFT = 24  # a pair of row and gram is one number: row << 24 | gram


def hash_runs(codes: Codes, *, size: int, bits: int) -> Codes:
    """Hash each run of ``size`` letters to ``bits`` bits; as many as ``codes``, the last ones short."""
    hashed = np.full(codes.size, size * 77_777, dtype=np.uint32)
    for step in range(size):
        count = max(0, codes.size - step)
        hashed[:count] = (hashed[:count] ^ codes[step:]) * _STEP
        hashed ^= hashed >> _SHIFT
    return (hashed * _LAST) >> np.uint32(32 - bits)


def list_rows(stream: Stream) -> Places:
    """Row of each place of the stream; the last edge has none."""
    return np.repeat(np.arange(stream.starts.size - 1), np.diff(stream.starts))


def list_grams(
    stream: Stream, *, sizes: Sequence[int], bits: int
) -> Iterator[tuple[Codes, NDArray[np.bool_]]]:
    """For each size the gram that begins at each place, and whether it ends within its row.

    A row's last letters may run on to the edge behind it, and no further.
    """
    last = np.repeat(stream.starts[1:], np.diff(stream.starts))
    places = np.arange(last.size)
    for size in sizes:
        hashed = hash_runs(stream.codes, size=size, bits=bits)[: last.size]
        yield hashed, places + (size - 1) <= last


def pair_rows(rows: Places, grams: NDArray[np.integer]) -> Places:
    """Pairs of row and gram, each once, in the order of rows: both in one number."""
    pairs = np.sort(rows << ROW_SHIFT | grams.astype(np.int64))
    if pairs.size:
        pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return pairs
