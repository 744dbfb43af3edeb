"""The vault on SQLite, through apsw: one writer that owns the file, readers beside it."""

import fcntl
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import apsw

from tipline.vault.engines import FORMAT, RECORD_COLUMNS, Batch, KeptRetry
from tipline.vault.engines.reading import Reading, Rows
from tipline.vault.refusals import VaultFull, VaultOwned, VaultUnavailable

_SCHEMA = files("tipline.vault.engines").joinpath("sqlite.sql").read_text("utf-8")
_WRITER_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # a commit is on the disk before anyone hears of it
    "PRAGMA journal_mode = WAL",
    "PRAGMA secure_delete = ON",
    "PRAGMA wal_autocheckpoint = 4096",
    "PRAGMA cache_size = -65536",
    "PRAGMA trusted_schema = OFF",
)
_READER_PRAGMAS = (
    "PRAGMA query_only = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA mmap_size = 67108864",
)
_INSERT_RECORD = f"INSERT INTO record VALUES ({', '.join('?' * len(RECORD_COLUMNS))})"  # noqa: S608 - constants
# One statement for all that a commit asks, the hashes as a table: it costs far less than one each.
_FIND_RETRIES = (
    "SELECT retry_hash, idx, unit_size, retry_tag, answer_box"
    " FROM carray(?) AS given CROSS JOIN record ON retry_hash = given.value"
)
# A full disk shows as one of these two I/O errors when it is the shared-memory file that finds it.
_FULL_IO = {apsw.SQLITE_IOERR_SHMSIZE, apsw.SQLITE_IOERR_WRITE}
# These speak of what was given and not of the file: they go through as they are.
_GIVEN = (apsw.ConstraintError, apsw.MismatchError, apsw.TooBigError)


@contextmanager
def translate_errors() -> Iterator[None]:
    """Give SQLite's errors the vault's names."""
    try:
        yield
    except _GIVEN:
        raise
    except UnicodeDecodeError as broken:
        raise VaultUnavailable("the vault's file has text that is none") from broken
    except apsw.Error as broken:
        name = type(broken).__name__
        if isinstance(broken, apsw.FullError) or getattr(broken, "extendedresult", 0) in _FULL_IO:
            raise VaultFull("the vault's disk has no room") from broken
        raise VaultUnavailable(f"the vault's file cannot be used: {name}") from broken


class SqliteReader(Reading):
    """Reads a vault's file, whoever owns it: one read-only connection a thread."""

    def __init__(self, path: Path, *, vfs: str | None = None) -> None:
        self._path = path
        self._vfs = vfs
        self._own = threading.local()
        self._opened: list[apsw.Connection] = []

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query."""
        with translate_errors():
            return self._connection().execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""
        with translate_errors():
            yield from self._connection().execute(sql, values)

    def find_retries(self, hashes: Sequence[bytes]) -> dict[bytes, KeptRetry]:
        """Those of the retry hashes that are kept, with their units."""
        if not hashes:
            return {}
        found = self.rows(_FIND_RETRIES, (apsw.carray(tuple(hashes)),))
        return {row[0]: KeptRetry(*row) for row in found}

    def find_files(self, file_ids: Sequence[str]) -> set[str]:
        """Those of the file ids that a record has."""
        sql = "SELECT file_id FROM file WHERE file_id = ?"
        return {row[0] for each in file_ids for row in self.rows(sql, (each,))}

    def check_storage(self) -> list[str]:
        """What SQLite itself finds broken in its file, in its words."""
        return [row[0] for row in self.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]

    def close(self) -> None:
        """Let go of all connections."""
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        self._own = threading.local()

    def _connection(self) -> apsw.Connection:
        held: apsw.Connection | None = getattr(self._own, "connection", None)
        if held is None:
            held = self._own.connection = self._connect(apsw.SQLITE_OPEN_READONLY, _READER_PRAGMAS)
            self._opened.append(held)
        return held

    def _connect(self, flags: int, statements: Sequence[str]) -> apsw.Connection:
        connection = apsw.Connection(str(self._path), flags=flags, vfs=self._vfs)
        try:
            connection.set_busy_timeout(10_000)
            for statement in statements:
                connection.execute(statement).fetchall()
        except BaseException:
            with suppress(apsw.Error):
                connection.close()
            raise
        return connection


class SqliteEngine(SqliteReader):
    """Owns a vault's file: the only one that writes it, and the one that checkpoints it.

    Raises:
        VaultOwned: another process owns the file.

    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._lock = lock_vault(path.with_suffix(".lock"))
        path.touch(mode=0o600)
        self._writer: apsw.Connection | None = None

    def prepare(self, origin: str) -> str:
        """Make the tables where there are none; returns the log's name, ``origin`` if new."""
        with translate_errors():
            self._writer = self._open_writer()
            # SQLite unlinked the journal by which it made the file; were that forgotten in a
            # power cut, the journal would undo the file and all that came after.
            self._sync_directory()
            return set_up(self._writer, origin)

    @contextmanager
    def write(self) -> Iterator["SqliteWriting"]:
        """Open a write transaction: durable when left, undone when left by an exception."""
        if self._writer is None:
            raise VaultUnavailable("the vault's file is not open")
        with translate_errors(), transact(self._writer):
            yield SqliteWriting(self._writer)

    def close(self) -> None:
        """Let go of all connections and of the file."""
        super().close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        os.close(self._lock)

    def _sync_directory(self) -> None:
        sync_directory(self._path.parent)

    def _open_writer(self) -> apsw.Connection:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        return self._connect(flags, (*_WRITER_PRAGMAS, _SCHEMA))


class SqliteWriting(Reading):
    """One write transaction."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """All rows of a query, as this transaction sees them."""
        return self._connection.execute(sql, values).fetchall()

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
        self._connection.execute("INSERT INTO log_commit VALUES (?, ?, ?, ?, ?, ?)", commit)
        self._connection.executemany(_INSERT_RECORD, batch.records)
        self._connection.executemany("INSERT INTO file VALUES (?, ?)", batch.files)
        self._connection.executemany("INSERT INTO tile VALUES (?, ?, ?)", batch.tiles)


@contextmanager
def transact(connection: apsw.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE, then COMMIT, or ROLLBACK when left by an exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has already undone some failures by itself
            with suppress(apsw.Error):
                connection.execute("ROLLBACK")
        raise


def set_up(connection: apsw.Connection, origin: str) -> str:
    """Write the vault's own settings where there are none; returns the log's name."""
    with transact(connection):
        given = (("format", FORMAT), ("origin", origin))
        connection.executemany("INSERT OR IGNORE INTO meta VALUES (?, ?)", given)
    return str(connection.execute("SELECT value FROM meta WHERE name = 'origin'").get)


def lock_vault(path: Path) -> int:
    """Take the vault for this process until it ends; returns the lock's descriptor.

    Raises:
        VaultOwned: another process has it.

    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        os.close(lock)
        raise VaultOwned(f"another process owns the vault in {path.parent}") from taken
    return lock


def sync_directory(path: Path) -> None:
    """Make names that were added to a directory durable."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
