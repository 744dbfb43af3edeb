"""Groups all texts of a file at once: band by band, so that little is held at a time.

Each text is compared with the first of those that share a band with it, and with the one before it
among these; it joins the one most like it. So a group is a tree that grows from its first text, as
on the desk, where a text is compared with all that share a band with it.
"""

from collections.abc import Callable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.triage.templates.nearest import JOINS
from tipline.domain.triage.templates.signature import BANDS, Signatures, count_same, estimate

_AT_ONCE = 200_000  # pairs compared at a time


class Grouped(Struct, frozen=True):
    """For each of n texts the row of its group's first text, and its likeness to what brought it there."""

    founders: NDArray[np.int64]
    likeness: NDArray[np.float32]


def group_texts(
    signatures: Signatures, compares: NDArray[np.bool_], tell: Callable[[], None] = lambda: None
) -> Grouped:
    """Group n texts whose keys all differ; those that ``compares`` rules out stay alone.

    ``tell`` is called after each of the 32 bands.
    """
    best = np.full(len(signatures), -1, np.int16)
    parents = np.arange(len(signatures))
    asked = np.flatnonzero(compares)
    for band in range(BANDS):
        for rows, others in _pair(asked, signatures.bands[asked, band]):
            _improve(signatures.checks, rows, others, best, parents)
        tell()
    likeness = estimate(best).astype(np.float32)
    alone = likeness < JOINS
    parents[alone], likeness[alone] = np.flatnonzero(alone), 1
    return Grouped(_climb(parents), likeness)


def _pair(
    asked: NDArray[np.int64], keys: NDArray[np.uint32]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    order = np.argsort(keys, kind="stable")
    is_same = np.concatenate(([False], np.diff(keys[order]) == 0))
    firsts = np.maximum.accumulate(np.where(is_same, 0, np.arange(len(order))))
    places = np.flatnonzero(is_same)
    rows = asked[order]
    beyond = places[firsts[places] < places - 1]  # the one before is not the first
    return [(rows[places], rows[firsts[places]]), (rows[beyond], rows[beyond - 1])]


def _improve(  # noqa: PLR0917 - columns that belong together
    checks: NDArray[np.uint8],
    rows: NDArray[np.int64],
    others: NDArray[np.int64],
    best: NDArray[np.int16],
    parents: NDArray[np.int64],
) -> None:
    for begin in range(0, len(rows), _AT_ONCE):
        part, other = rows[begin : begin + _AT_ONCE], others[begin : begin + _AT_ONCE]
        same = count_same(checks[part], checks[other]).astype(np.int16)
        better = (same > best[part]) | ((same == best[part]) & (other < parents[part]))
        best[part[better]], parents[part[better]] = same[better], other[better]


def _climb(parents: NDArray[np.int64]) -> NDArray[np.int64]:
    # A parent stands before its child, so this ends; each round halves what is left to climb.
    while True:
        higher = parents[parents]
        if (higher == parents).all():
            return parents
        parents = higher
