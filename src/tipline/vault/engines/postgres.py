"""The vault on PostgreSQL, through psycopg: several processes may write, one at a time."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tipline.vault.engines import FORMAT, RECORD_COLUMNS, Batch, KeptRetry
from tipline.vault.engines.reading import Reading, Rows
from tipline.vault.refusals import VaultFull, VaultUnavailable

Connection = psycopg.Connection[tuple[Any, ...]]

_SCHEMA = files("tipline.vault.engines").joinpath("postgres.sql").read_text("utf-8")
_OPTIONS = "-c search_path=vault -c synchronous_commit=on"
_CONNECT_SECONDS = 5
_MAKING = 7_203_941  # advisory lock: one process at a time makes the tables
_BYTES_FROM = RECORD_COLUMNS.index("box")
_TYPES = ("int8", "int8", "int8", "text", "text", *["bytea"] * (len(RECORD_COLUMNS) - _BYTES_FROM))
_SCAN_ROWS = 2_000
_FIND_RETRIES = (
    "SELECT retry_hash, idx, unit_size, retry_tag, answer_box FROM record WHERE retry_hash = ANY(?)"
)


@contextmanager
def translate_errors() -> Iterator[None]:
    """Give PostgreSQL's errors the vault's names."""
    try:
        yield
    except psycopg.errors.DiskFull as full:
        raise VaultFull("the vault's disk has no room") from full
    except (psycopg.OperationalError, psycopg.InterfaceError) as lost:
        name = type(lost).__name__
        raise VaultUnavailable(f"the vault's server cannot be reached: {name}") from lost


def check_encoding(connection: Connection) -> None:
    """Refuse a database whose encoding cannot hold every language.

    Raises:
        VaultUnavailable: it is not UTF8.

    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        made = "CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0"
        raise VaultUnavailable(
            f"the vault's database has the encoding {encoding}; make one: {made}"
        )


class PostgresEngine(Reading):
    """Reads and writes a vault on a server; makes its connections anew when they are lost."""

    empty = "''::bytea"
    raw_text = "convert_to({}, 'UTF8')"

    def __init__(self, url: str) -> None:
        self._url = url
        self._own = threading.local()
        self._opened: list[Connection] = []
        self._writer: Connection | None = None
        self._scans = count()

    def prepare(self, origin: str) -> str:
        """Make the tables where there are none; returns the log's name, ``origin`` if new.

        Raises:
            VaultUnavailable: the database cannot be reached, or cannot hold every language.

        """
        with self._writing() as writer, writer.cursor() as cursor:
            check_encoding(writer)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKING,))
            cursor.execute("SELECT to_regclass('vault.meta')")
            if cursor.fetchone() == (None,):
                cursor.execute(_SCHEMA)
            meta = [("format", FORMAT), ("origin", origin)]
            cursor.executemany("INSERT INTO meta VALUES (%s, %s) ON CONFLICT DO NOTHING", meta)
            cursor.execute("SELECT value FROM meta WHERE name = 'origin'")
            return "".join(*cursor.fetchall())

    @contextmanager
    def write(self) -> Iterator["PostgresWriting"]:
        """Open a write transaction: durable when left, undone when left by an exception.

        It waits for other processes' ones: the first row of ``meta`` is the log's lock.
        """
        with self._writing() as writer:
            writer.execute("SELECT value FROM meta WHERE name = 'format' FOR UPDATE")
            yield PostgresWriting(writer)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query; a connection that was lost since the last one is made anew."""
        with suppress(VaultUnavailable):
            return self._read(sql, values)
        return self._read(sql, values)

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""
        with translate_errors():
            # held by the server: several are read in turns, and none keeps a transaction open
            name = f"scan_{next(self._scans)}"
            with self._connection().cursor(name, binary=True, withhold=True) as cursor:
                cursor.itersize = _SCAN_ROWS
                yield from cursor.execute(_place(sql), values)

    def find_retries(self, hashes: Sequence[bytes]) -> dict[bytes, KeptRetry]:
        """Those of the retry hashes that are kept, with their units."""
        return {row[0]: KeptRetry(*row) for row in self.rows(_FIND_RETRIES, (list(hashes),))}

    def find_files(self, file_ids: Sequence[str]) -> set[str]:
        """Those of the file ids that a record has."""
        sql = "SELECT file_id FROM file WHERE file_id = ANY(?)"
        return {row[0] for row in self.rows(sql, (list(file_ids),))}

    def check_storage(self) -> list[str]:
        """Nothing: PostgreSQL's own files are checked by its own tools (page checksums, amcheck)."""
        return []

    def close(self) -> None:
        """Let go of all connections."""
        for connection in (*self._opened, *filter(None, (self._writer,))):
            connection.close()
        self._opened.clear()
        self._own, self._writer = threading.local(), None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translate_errors():
            if self._writer is None or self._writer.closed:
                self._writer = self._connect()
            with self._writer.transaction():
                yield self._writer

    def _read(self, sql: str, values: Sequence[Any]) -> Rows:
        with translate_errors(), self._connection().cursor(binary=True) as cursor:
            return cursor.execute(_place(sql), values).fetchall()

    def _connection(self) -> Connection:
        held: Connection | None = getattr(self._own, "connection", None)
        if held is None or held.closed:
            held = self._own.connection = self._connect()
            self._opened.append(held)
        return held

    def _connect(self) -> Connection:
        return psycopg.connect(
            self._url, autocommit=True, options=_OPTIONS, connect_timeout=_CONNECT_SECONDS
        )


class PostgresWriting(Reading):
    """One write transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query, as this transaction sees them."""
        with self._connection.cursor(binary=True) as cursor:
            return cursor.execute(_place(sql), values).fetchall()

    def insert(self, batch: Batch) -> None:
        """Add all rows of a commit."""
        each = batch.commit
        commit = (
            each.number,
            each.first_index,
            each.size,
            each.sealed_kek,
            each.checkpoint,
            each.digest,
        )
        with self._connection.cursor() as cursor:
            cursor.execute("INSERT INTO log_commit VALUES (%s, %s, %s, %b, %b, %b)", commit)
            with cursor.copy("COPY record FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(_TYPES)
                for record in batch.records:
                    copy.write_row(record)
            if batch.files:
                cursor.executemany("INSERT INTO file VALUES (%s, %s)", batch.files)
            if batch.tiles:
                cursor.executemany("INSERT INTO tile VALUES (%s, %s, %b)", batch.tiles)


def is_postgres(where: Path | str) -> bool:
    """Whether ``where`` is a server's URL and not a file's path."""
    return str(where).startswith(("postgresql:", "postgres:"))


def _place(sql: str) -> str:
    return sql.replace("?", "%s")
