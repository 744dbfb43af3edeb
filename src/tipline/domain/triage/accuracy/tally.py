"""Precision, recall and F1, kind by kind and over all."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct


class Row(Struct, frozen=True):
    """Counts of one kind: found rightly, missed, made up."""

    name: str
    hit: int
    missed: int
    spurious: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return _share(self.hit, self.spurious)

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1 where nothing is there."""
        return _share(self.hit, self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


class Tally:
    """Adds up what was right and wrong."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, *, hit: int = 0, missed: int = 0, spurious: int = 0) -> None:
        """Count one or more of a kind."""
        for what, count in (("hit", hit), ("missed", missed), ("spurious", spurious)):
            self._counts[name, what] += count

    def list_rows(self) -> Iterator[Row]:
        """One row a kind, the most frequent first."""
        names = {name for name, _ in self._counts}
        rows = (self._get(name) for name in names)
        yield from sorted(rows, key=lambda row: (-row.hit - row.missed, row.name))

    def sum_up(self) -> Row:
        """All kinds together (micro average)."""
        rows = list(self.list_rows())
        sums = (sum(getattr(row, what) for row in rows) for what in ("hit", "missed", "spurious"))
        return Row("all", *sums)

    def _get(self, name: str) -> Row:
        return Row(name, *(self._counts[name, what] for what in ("hit", "missed", "spurious")))
