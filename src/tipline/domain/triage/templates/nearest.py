"""Which template a text belongs to: the stored wording that is most like it, if it is like enough.

``JOINS`` was chosen on real messages: at an estimate of .3 and more, two texts are re-wordings of
one template (the explanation and figures are in the decision record on templates).
"""

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.triage.templates.signature import Signatures, count_same, estimate

JOINS: Final = 0.3  # estimated likeness from which a text joins the template of another
KEEPS: Final = 0.8  # likeness to a stored wording below which a wording is itself kept to compare


class Candidates(Struct, frozen=True):
    """Stored wordings (``numbers``) that may be like texts (``owners``: their places), in pairs.

    Pairs are ordered by owner, then number, none twice; ``checks`` is a row of 56 bytes a pair.
    """

    owners: NDArray[np.int64]
    numbers: NDArray[np.int64]
    checks: NDArray[np.uint8]


class Nearest(Struct, frozen=True):
    """For each of n texts: number of the stored wording most like it (-1: none) and how like."""

    numbers: NDArray[np.int64]
    likeness: NDArray[np.float64]

    def or_better(self, other: "Nearest") -> "Nearest":
        """Take the better of the two for each text; where they are as good, the older number."""
        is_older = (other.numbers < self.numbers) & (other.likeness == self.likeness)
        wins = (other.likeness > self.likeness) | (is_older & (other.numbers >= 0))
        return Nearest(
            np.where(wins, other.numbers, self.numbers),
            np.where(wins, other.likeness, self.likeness),
        )


class TemplateIndex(Protocol):
    """Stored wordings in files, for look-ups past what a database of rows does well."""

    def has(self, name: str) -> bool:
        """Tell whether the segment of this name is there."""

    def add(self, numbers: NDArray[np.int64], signatures: Signatures) -> str:
        """Keep a segment of wordings in the order of their numbers; gives its name.

        The same wordings get the same name.

        Raises:
            ValueError: too many for one, none, or not in order.

        """

    def read(self, name: str) -> tuple[NDArray[np.int64], Signatures]:
        """Give the wordings of a segment.

        Raises:
            LookupError: it is not there.

        """

    def forget(self, names: Sequence[str]) -> None:
        """Remove all other segments than these."""

    def use(self, names: Sequence[str]) -> None:
        """Look into the segments of these names from now on.

        Raises:
            LookupError: one is not there.

        """

    def find_nearest(self, signatures: Signatures) -> Nearest:
        """Find the stored wording most like each text."""


def find_none(count: int) -> Nearest:
    """Say of so many texts that nothing is like them."""
    return Nearest(np.full(count, -1, np.int64), np.full(count, -1.0))


def choose_nearest(signatures: Signatures, candidates: Candidates) -> Nearest:
    """Choose the most like candidate of each text; of equals, the one with the lowest number."""
    nearest = find_none(len(signatures))
    owners = candidates.owners
    if not len(owners):
        return nearest
    same = count_same(candidates.checks, signatures.checks[owners])
    order = np.lexsort((candidates.numbers, -same, owners))
    firsts = order[np.flatnonzero(np.diff(owners[order], prepend=-1))]
    nearest.numbers[owners[firsts]] = candidates.numbers[firsts]
    nearest.likeness[owners[firsts]] = estimate(same[firsts])
    return nearest
