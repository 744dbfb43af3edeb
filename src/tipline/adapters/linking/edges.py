"""Looks reports and identifiers up in a file of edges."""

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb

from tipline.adapters.linking.duckdb import open_duckdb
from tipline.domain.link.explain import Identifier

NAMES = """
SELECT CAST(report_id AS VARCHAR), list(DISTINCT (kind, value)) FROM raw
WHERE CAST(report_id AS VARCHAR) IN (SELECT unnest(?::VARCHAR[])) AND innocent = 0
  AND kind IS NOT NULL AND value IS NOT NULL
GROUP BY 1
"""
REPORTS = """
SELECT raw.kind, raw.value, list(DISTINCT CAST(report_id AS VARCHAR)) FROM raw
JOIN (SELECT unnest(?::VARCHAR[]) AS kind, unnest(?::VARCHAR[]) AS value) AS asked
  ON asked.kind = raw.kind AND asked.value = raw.value
WHERE report_id IS NOT NULL
GROUP BY raw.kind, raw.value
"""


class EdgeFile:
    """Edges that were read into memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def names_of(self, reports: Collection[str]) -> dict[str, list[Identifier]]:
        """Give the identifiers of each report."""
        return dict(self._connection.execute(NAMES, [list(reports)]).fetchall())

    def reports_of(self, identifiers: Collection[Identifier]) -> dict[Identifier, list[str]]:
        """Give the reports of each identifier."""
        asked = sorted(identifiers)
        columns = [[kind for kind, _ in asked], [value for _, value in asked]]
        rows = self._connection.execute(REPORTS, columns).fetchall()
        return {(kind, value): reports for kind, value, reports in rows}


@contextlib.contextmanager
def open_edges(path: Path) -> Iterator[EdgeFile]:
    """Read a file of edges.

    Raises:
        EdgesRefused: it is not there or not what it should be.

    """
    with open_duckdb() as engine:
        engine.read(path)
        yield EdgeFile(engine.connection)
