"""DuckDB: the whole archive on one machine."""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from tipline.adapters.linking.steps import write_step
from tipline.domain.link.engine import EdgesRefused, Value

NEEDED = ("report_id", "kind", "value")
SQL_TYPES = {int: "BIGINT", str: "VARCHAR", float: "DOUBLE"}


class DuckEngine:
    """Runs steps in a database in memory that spills to a temporary folder."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def read(self, edges: Path) -> None:
        """Read a Parquet file as the table ``raw``."""
        if not edges.is_file():
            raise EdgesRefused(f"{edges}: no such file")
        try:
            source = self.connection.read_parquet(str(edges))
        except duckdb.Error as error:
            raise EdgesRefused(f"{edges}: this is no Parquet file: {error}") from None
        types = {name: str(each) for name, each in zip(source.columns, source.types, strict=True)}
        for name in NEEDED:
            if name not in types:
                raise EdgesRefused(f"{edges}: there is no column {name}; it has {', '.join(types)}")
        day, innocent = "CAST(0 AS BIGINT)", "0"
        if "created_at" in types:
            if not types["created_at"].startswith(("TIMESTAMP", "DATE")):
                raise EdgesRefused(
                    f"{edges}: created_at is {types['created_at']}; write it as a timestamp"
                )
            day = "coalesce(CAST(floor(epoch(created_at) / 86400) AS BIGINT), 0)"
        if "innocent" in types:
            innocent = "CAST(coalesce(CAST(innocent AS BOOLEAN), FALSE) AS INTEGER)"
        source.project(
            "report_id, CAST(kind AS VARCHAR) AS kind, CAST(value AS VARCHAR) AS value, "
            f"{day} AS day, {innocent} AS innocent"
        ).create("raw")

    def make(self, table: str, step: str, **values: float) -> None:
        """Make ``table`` of what the step selects."""
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} AS {write_step(step, **values)}")

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Make a small table of ``rows``."""
        types = [SQL_TYPES[type(each)] for each in rows[0]] if rows else ["VARCHAR"] * len(columns)
        told = ", ".join(f"{name} {kind}" for name, kind in zip(columns, types, strict=True))
        self.connection.execute(f"CREATE OR REPLACE TABLE {table} ({told})")
        if rows:
            marks = ", ".join("?" * len(columns))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - our own names

    def fetch(self, table: str) -> list[tuple[int, ...]]:
        """Give the rows of a small table."""
        return self.connection.table(table).fetchall()

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        return len(self.connection.table(table))

    def save(self, table: str, output: Path) -> None:
        """Write the columns report_id and cluster_id as one Parquet file, in order."""
        self.connection.table(table).order("report_id").to_parquet(str(output))


@contextlib.contextmanager
def open_duckdb(*, memory: str = "75%", threads: int = 0) -> Iterator[DuckEngine]:
    """Open a database that lives as long as the block."""
    with tempfile.TemporaryDirectory(prefix="tipline-link-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder, "preserve_insertion_order": False,
        }  # fmt: skip
        if memory != "75%":
            settings["memory_limit"] = memory
        if threads:
            settings["threads"] = threads
        with duckdb.connect(":memory:", config=settings) as connection:
            yield DuckEngine(connection)
