"""Which of two models did better on texts of a later time, and whether that may be chance."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.opinion import NONE, Opinion

TEXTS_LEAST = 50
_DRAWS, _SEED, _LOW = 2_000, 0, 5.0


class Tally(Struct, frozen=True):
    """How many texts a model named rightly, named wrongly, and was unsure of."""

    right: int
    wrong: int
    unsure: int


class Verdict(Struct, frozen=True, kw_only=True):
    """The contest's end: ``gain`` is the mean difference in points a text, ``low`` its lower bound.

    A right answer is a point, a wrong one costs a point, "unsure" is nothing. The bound is the
    fifth percentile of 2,000 draws with return from groups of like texts (a paired bootstrap).
    """

    old: Tally
    new: Tally
    gain: float
    low: float
    texts: int

    @property
    def is_better(self) -> bool:
        """The new one is promoted only so: enough texts, and a gain that chance hardly gives."""
        return self.texts >= TEXTS_LEAST and self.low > 0


def compare(
    labelled: Sequence[Labelled], *, old: Sequence[Opinion], new: Sequence[Opinion]
) -> Verdict:
    """Compare two models' opinions of the same texts."""
    points = [
        np.array([_score(each, opinion) for each, opinion in zip(labelled, told, strict=True)])
        for told in (old, new)
    ]
    gains = points[1] - points[0]
    return Verdict(
        old=_tally(points[0]),
        new=_tally(points[1]),
        gain=float(gains.mean()) if gains.size else 0.0,
        low=_bound(gains, labelled),
        texts=len(labelled),
    )


def _score(labelled: Labelled, opinion: Opinion) -> int:
    if opinion.unsure:
        return 0
    told = {each.code for each in opinion.offences[:1]} or {NONE}
    return 1 if told & set(labelled.codes) else -1


def _tally(points: NDArray[np.int64]) -> Tally:
    return Tally(*(int((points == each).sum()) for each in (1, -1, 0)))


def _bound(gains: NDArray[np.int64], labelled: Sequence[Labelled]) -> float:
    if not gains.size:
        return 0.0
    names = [each.group or str(number) for number, each in enumerate(labelled)]
    groups = np.unique(names, return_inverse=True)[1]
    sums, sizes = np.bincount(groups, gains), np.bincount(groups)
    drawn = np.random.default_rng(_SEED).integers(0, sums.size, (_DRAWS, sums.size))
    return float(np.percentile(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1), _LOW))
