"""What linking asks of a database: to read edges, run named steps of SQL, and write clusters."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Ruling = tuple[str, str]  # two reports, by their ``report_id`` as text
Value = str | int | float


class EdgesRefused(Exception):
    """A file of edges is not there, or not what it should be; says what, where, what to do."""


class EngineMissing(Exception):
    """An engine cannot run on this machine; says what to install."""


@dataclass(frozen=True, kw_only=True)
class LinkSummary:
    """What a run over the whole archive found."""

    reports: int
    identifiers: int  # that at least two reports share and that say something
    clusters: int  # of two reports or more
    clustered: int  # reports in them
    largest: int
    split: int  # clusters that a cannot-link took apart


class LinkEngine(Protocol):
    """Runs the steps in ``adapters/linking/steps``; tables live as long as the engine is open."""

    def read(self, edges: Path) -> None:
        """Read a Parquet file as the table ``raw``: report_id, kind, value, day, innocent.

        Raises:
            EdgesRefused: it is not there, or a column is missing or of another type.

        """

    def make(self, table: str, step: str, **values: float) -> None:
        """Make ``table`` of what the step selects, in place of the table of this name."""

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Make a small table of ``rows``, whole numbers and texts as the first row has them."""

    def fetch(self, table: str) -> list[tuple[int, ...]]:
        """Give the rows of a small table of whole numbers."""

    def count(self, table: str) -> int:
        """Count the rows of a table."""

    def save(self, table: str, output: Path) -> None:
        """Write the columns report_id and cluster_id of ``table`` as one Parquet file."""


class Linker(Protocol):
    """Links the whole archive."""

    def link(
        self, edges: Path, output: Path, *, must: Sequence[Ruling], cannot: Sequence[Ruling]
    ) -> LinkSummary:
        """Read ``edges`` and write ``output``: each report and the cluster that it belongs to.

        ``edges`` has report_id, kind, value, and may have created_at (a time) and innocent
        (true: known to say nothing). In ``output`` a cluster is named for its least report.
        Reports of a ``must`` pair always end together, those of a ``cannot`` pair never.

        Raises:
            EdgesRefused: the file is not there or not what it should be.
            RulingsContradict: reports that must not be together must be.

        """


class OpenEngine(Protocol):
    """Opens an engine for one run."""

    def __call__(self) -> AbstractContextManager[LinkEngine]:
        """Open; what it holds is gone when it is closed."""
