"""Signatures of skeletons: texts that share much of their wording share much of their signature.

MinHash (Broder 1997) over the set of a skeleton's pieces, of three letters or, in alphabetic
scripts, four: of each of ``WIDTH`` orders of all pieces, the piece of the skeleton that comes
first. An order is a product with an odd number in 32 bits. Two parts of it are kept:

- ``bands``: ``BANDS`` numbers, each made of ``ROWS`` places. Texts that share one are candidates; with
  Jaccard index j they share one with probability 1 - (1 - j^3)^32 (Leskovec et al., Mining of Massive
  Datasets, 3.4).
- ``checks``: four bits of every place (b-bit MinHash, Li and König 2010), by which candidates are
  compared.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.triage.templates.skeleton import Skeletons

VERSION: Final = "1"  # changes whenever the same text could get another key or signature
BANDS: Final = 32
ROWS: Final = 3
WIDTH: Final = 112  # places; the last ones are in no band
CHECK_BYTES: Final = WIDTH // 2
_BLOCK: Final = 20_000  # pieces at once: they and their products stay in the processor's cache

_ALPHABETIC: Final = 0x2E80  # scripts below have few letters, so their pieces are longer
_FACTORS: Final = tuple(map(np.uint32, (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F)))
_CHANCE: Final = 1 / 16  # that four bits of different pieces are the same
_EQUALS: Final = np.array([(not each & 15) + (not each >> 4) for each in range(256)], np.uint8)


class Signatures(Struct, frozen=True):
    """Signatures of n texts.

    ``bands`` is n x 32 uint32, ``checks`` n x 56 uint8.
    """

    bands: NDArray[np.uint32]
    checks: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.bands)

    def pick(self, which: Sequence[int] | NDArray[np.int64]) -> "Signatures":
        """Take the signatures of some of the texts."""
        chosen = np.asarray(which, np.int64)
        return Signatures(self.bands[chosen], self.checks[chosen])


def sign(skeletons: Skeletons) -> Signatures:
    """Make the signatures of skeletons; one that is shorter than a piece counts as one piece."""
    pieces, bounds = _hash_pieces(skeletons)
    firsts = _find_firsts(pieces, bounds)
    return Signatures(_make_bands(firsts), _make_checks(firsts))


def join_signatures(parts: Sequence[Signatures]) -> Signatures:
    """Put signatures one behind the other."""
    return Signatures(
        np.concatenate([part.bands for part in parts]),
        np.concatenate([part.checks for part in parts]),
    )


def count_same(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Count the places, of 112, in which the checks of pairs of texts (m x 56 each) are the same."""
    same: NDArray[np.int64] = _EQUALS[one ^ other].sum(axis=1, dtype=np.int64)
    return same


def estimate(same: NDArray[np.signedinteger[Any]]) -> NDArray[np.float64]:
    """Estimate Jaccard indexes from counts of same places.

    The standard deviation is at most .05; unlike texts may come out a little below 0.
    """
    return (same / WIDTH - _CHANCE) / (1 - _CHANCE)


def _hash_pieces(skeletons: Skeletons) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    codes, bounds = skeletons.codes, skeletons.bounds
    counts = np.maximum(np.diff(bounds) - 2, 1)
    made = np.concatenate(([0], np.cumsum(counts)))
    padded = np.concatenate((codes, np.zeros(4, np.uint32)))
    hashes = _mix(padded[:-4], padded[1:-3], padded[2:-2], _list_fourths(padded, bounds))
    hashes = np.append(hashes, np.uint32(0))  # what an empty skeleton at the end points at
    shift = np.repeat(bounds[:-1] - made[:-1], counts)
    pieces = hashes[np.arange(made[-1]) + shift]
    pieces[made[:-1][np.diff(bounds) < 3]] = 1  # too short for a piece: never one of the next text
    return pieces, made


def _list_fourths(padded: NDArray[np.uint32], bounds: NDArray[np.int64]) -> NDArray[np.uint32]:
    # The fourth letter counts in alphabetic scripts only, and never that of the next text.
    fourth = padded[3:-1].copy()
    is_letter = padded < _ALPHABETIC
    fourth[~(is_letter[:-4] & is_letter[1:-3] & is_letter[2:-2])] = 0
    ends = bounds[1:] - 3
    fourth[ends[ends >= 0]] = 0
    return fourth


def _mix(*letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    # Products of the letters, turned apart and summed, through the finaliser "lowbias32".
    mixed = np.zeros(letters[0].shape, np.uint32)
    for place, (letter, factor) in enumerate(zip(letters, _FACTORS, strict=False)):
        product, turn = letter * factor, np.uint32(7 * place + 1)
        mixed += (product << turn) | (product >> (np.uint32(32) - turn))
    for shift, multiplier in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, 1)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(multiplier)
    return mixed


_ORDERS: Final = _mix(
    *(np.arange(start, start + WIDTH, dtype=np.uint32) for start in (1, 2, 3, 4))
) | np.uint32(1)


def _find_firsts(pieces: NDArray[np.uint32], bounds: NDArray[np.int64]) -> NDArray[np.uint32]:
    firsts = np.empty((WIDTH, len(bounds) - 1), np.uint32)
    for begin, end in _cut(bounds):
        low = bounds[begin]
        part, starts = pieces[low : bounds[end]], bounds[begin:end] - low
        products = np.empty_like(part)
        for order, row in zip(_ORDERS, firsts, strict=True):
            np.multiply(part, order, out=products)
            np.minimum.reduceat(products, starts, out=row[begin:end])
    return firsts


def _cut(bounds: NDArray[np.int64]) -> list[tuple[int, int]]:
    marks = np.searchsorted(bounds, np.arange(0, bounds[-1], _BLOCK)[1:]).tolist()
    edges = sorted({0, *marks, len(bounds) - 1})
    return list(pairwise(edges))


def _make_bands(firsts: NDArray[np.uint32]) -> NDArray[np.uint32]:
    rows = [firsts[place : BANDS * ROWS : ROWS] for place in range(ROWS)]
    return np.ascontiguousarray(_mix(*rows).T)


def _make_checks(firsts: NDArray[np.uint32]) -> NDArray[np.uint8]:
    # The top bits say how far off the first piece is, not which it is: bits from the middle.
    bits = ((firsts >> np.uint32(9)) & np.uint32(15)).astype(np.uint8)
    halves = bits[: WIDTH // 2] | (bits[WIDTH // 2 :] << np.uint8(4))
    return np.ascontiguousarray(halves.T)
