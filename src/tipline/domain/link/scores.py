"""How well clusters agree with the truth, by pairs and by reports.

B-cubed: Bagga and Baldwin, "Algorithms for scoring coreference chains" (1998); every report counts
the same. Pairs: every pair of reports counts the same, so the largest gangs decide.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Shares between 0 and 1, and the largest cluster in reports."""

    b_precision: float
    b_recall: float
    pair_precision: float
    pair_recall: float
    largest: int
    gangs_in_largest: int
    largest_gang: int

    @property
    def b_f1(self) -> float:
        """The harmonic mean of B-cubed precision and recall."""
        return 2 * self.b_precision * self.b_recall / (self.b_precision + self.b_recall)


def score(*, truth: Labels, cluster: Labels) -> Scores:
    """Compare two labellings of the same reports, one whole number a report in each.

    Raises:
        ValueError: there are no reports, or not as many labels of the one as of the other.

    """
    if len(truth) != len(cluster) or not len(truth):
        raise ValueError(f"{len(truth)} true labels for {len(cluster)} reports")
    true, size_true = _number(truth)
    found, size_found = _number(cluster)
    cells, both = np.unique(true * len(size_found) + found, return_counts=True)
    of_true, of_found = size_true[cells // len(size_found)], size_found[cells % len(size_found)]
    both = both.astype(np.float64)
    largest = int(np.argmax(size_found))
    return Scores(
        b_precision=float((both**2 / of_found).sum() / len(truth)),
        b_recall=float((both**2 / of_true).sum() / len(truth)),
        pair_precision=_share(_pairs(both), _pairs(size_found.astype(np.float64))),
        pair_recall=_share(_pairs(both), _pairs(size_true.astype(np.float64))),
        largest=int(size_found[largest]),
        gangs_in_largest=int((cells % len(size_found) == largest).sum()),
        largest_gang=int(size_true.max()),
    )


def _number(labels: Labels) -> tuple[Labels, Labels]:
    _, numbered, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return numbered.astype(np.int64), sizes.astype(np.int64)


def _pairs(sizes: NDArray[np.float64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
