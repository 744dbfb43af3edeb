"""The face of whatever links a whole archive at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

Edge = tuple[int, str, str]  # report, kind and value of what it names
Pair = tuple[int, int]


class ArchiveLinker(Protocol):
    """Links reports by what they name; the same links in any order give the same clusters."""

    def link(
        self, edges: Iterable[Sequence[Edge]], *, must: Collection[Pair], cannot: Collection[Pair]
    ) -> Mapping[int, int]:
        """Give the cluster of each report, as any number; ``must`` and ``cannot`` hold always."""
        ...
