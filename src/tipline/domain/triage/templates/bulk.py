"""Groups all texts of a file at once: band by band, so that little is held at a time.

Each text is compared with the first of those that share a band with it, and with the one before it
among these; it joins the one most like it. So a group is a tree that grows from its first text, as
on the desk, where a text is compared with all that share a band with it.
"""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.triage.templates.nearest import JOINS
from tipline.domain.triage.templates.signature import BANDS, Signatures, count_same, estimate

_AT_ONCE = 200_000  # pairs compared at a time


class Grouped(Struct, frozen=True):
    """For each text asked: the row of its group's first text, and its likeness to what brought it there."""

    founders: NDArray[np.int64]
    likeness: NDArray[np.float32]


class _Tree(Struct, frozen=True):
    """The best that is known so far of each text asked, by its place among them."""

    checks: NDArray[np.uint8]
    rows: NDArray[np.int64]
    best: NDArray[np.int16]
    parents: NDArray[np.int64]


def group_texts(signatures: Signatures, rows: NDArray[np.int64]) -> Grouped:
    """Group the texts of ``rows`` (ascending), whose keys all differ and which all say enough."""
    count = len(rows)
    tree = _Tree(signatures.checks, rows, np.full(count, -1, np.int16), np.arange(count))
    for band in range(BANDS):
        for places, others in _pair(signatures.bands[rows, band]):
            _improve(tree, places, others)
    likeness = estimate(tree.best).astype(np.float32)
    alone = likeness < JOINS
    tree.parents[alone], likeness[alone] = np.flatnonzero(alone), 1
    return Grouped(rows[_climb(tree.parents)], likeness)


def _pair(keys: NDArray[np.uint32]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    order = np.argsort(keys, kind="stable")
    is_same = np.concatenate(([False], np.diff(keys[order]) == 0))
    firsts = np.maximum.accumulate(np.where(is_same, 0, np.arange(len(order))))
    places = np.flatnonzero(is_same)
    beyond = places[firsts[places] < places - 1]  # the one before is not the first
    return [(order[places], order[firsts[places]]), (order[beyond], order[beyond - 1])]


def _improve(tree: _Tree, places: NDArray[np.int64], others: NDArray[np.int64]) -> None:
    best, parents = tree.best, tree.parents
    for begin in range(0, len(places), _AT_ONCE):
        part, other = places[begin : begin + _AT_ONCE], others[begin : begin + _AT_ONCE]
        checks = tree.checks[tree.rows[part]], tree.checks[tree.rows[other]]
        same = count_same(*checks).astype(np.int16)
        better = (same > best[part]) | ((same == best[part]) & (other < parents[part]))
        best[part[better]], parents[part[better]] = same[better], other[better]


def _climb(parents: NDArray[np.int64]) -> NDArray[np.int64]:
    # A parent stands before its child, so this ends; each round halves what is left to climb.
    while True:
        higher = parents[parents]
        if (higher == parents).all():
            return parents
        parents = higher
