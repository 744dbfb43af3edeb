"""What reading is the same on every engine: plain SQL with ``?`` for each value."""

from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import Any

from tipline.vault.engines import (
    RECORD_COLUMNS,
    TEXT_COLUMNS,
    Commit,
    Extent,
    FileRow,
    Head,
    ScannedRow,
)
from tipline.vault.entries import Stored

Rows = list[tuple[Any, ...]]

_STORED = (
    "SELECT r.idx, r.kind, r.reader, r.box, r.holder_key, c.sealed_kek, r.keybox, r.ciphertext,"
    " r.holder_box, r.contact_box, r.files, r.commitment, r.row_digest, r.leaf_hash"
    " FROM record r JOIN log_commit c ON c.number = r.commit_id"
)
_COMMIT = "SELECT number, first_index, size, sealed_kek, checkpoint, digest FROM log_commit"
_SPAN = "WHERE idx >= ? AND idx < ? ORDER BY idx"


class Reading:
    """The reads of ``Engine``, over ``rows`` and ``stream`` that an engine gives."""

    empty = "x''"  # how the engine's SQL writes no bytes
    raw_text = "CAST({} AS BLOB)"  # and takes a text's bytes

    def rows(self, sql: str, values: Sequence[object] = ()) -> Rows:
        """All rows of a query."""
        raise NotImplementedError

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a few at a time."""
        raise NotImplementedError

    def get_head(self) -> Head:
        """How far the log goes."""
        found = self.rows("SELECT size, number FROM log_commit ORDER BY number DESC LIMIT 1")
        return Head(*found[0]) if found else Head(0, 0)

    def get_commit(self, number: int) -> Commit | None:
        """One commit."""
        found = self.rows(_COMMIT + " WHERE number = ?", (number,))
        return Commit(*found[0]) if found else None

    def get_newest_commit(self) -> Commit | None:
        """The last commit; None while the log is empty."""
        found = self.rows(_COMMIT + " ORDER BY number DESC LIMIT 1")
        return Commit(*found[0]) if found else None

    def get_commit_upto(self, size: int) -> Commit | None:
        """The commit with the largest size that is <= ``size``."""
        found = self.rows(_COMMIT + " WHERE size <= ? ORDER BY size DESC LIMIT 1", (size,))
        return Commit(*found[0]) if found else None

    def get_record(self, index: int) -> Stored | None:
        """One record."""
        found = self.rows(_STORED + " WHERE r.idx = ?", (index,))
        return _read_stored(*found[0]) if found else None

    def list_records(self, *, after: int, limit: int) -> list[Stored]:
        """Records with an index > ``after``, in order, ``limit`` at most."""
        sql = _STORED + " WHERE r.idx > ? ORDER BY r.idx LIMIT ?"
        return list(starmap(_read_stored, self.rows(sql, (after, limit))))

    def list_box(self, box: bytes) -> list[Stored]:
        """All records of one code holder, in order."""
        sql = f"{_STORED} WHERE r.box = ? AND r.box <> {self.empty} ORDER BY r.idx"
        return list(starmap(_read_stored, self.rows(sql, (box,))))

    def read_leaves(self, first: int, count: int) -> bytes:
        """Leaf hashes ``first`` to ``first + count - 1``, joined."""
        rows = self.rows(f"SELECT leaf_hash FROM record {_SPAN}", (first, first + count))  # noqa: S608 - a constant
        return b"".join(row[0] for row in rows)

    def list_entry_parts(self, start: int, stop: int) -> list[tuple[bytes, bytes]]:
        """Commitment and row digest of leaves ``start`` to ``stop - 1``."""
        sql = f"SELECT commitment, row_digest FROM record {_SPAN}"  # noqa: S608 - a constant
        return [(row[0], row[1]) for row in self.rows(sql, (start, stop))]

    def get_tile(self, level: int, number: int) -> bytes | None:
        """256 hashes of a complete tile; None while it is not complete."""
        sql = "SELECT hashes FROM tile WHERE level = ? AND number = ?"
        found = self.rows(sql, (level, number))
        return found[0][0] if found else None

    def scan_records(self, start: int, stop: int) -> Iterator[ScannedRow]:
        """Raw rows ``start`` to ``stop - 1``, without holding them all."""
        texts = {name: self.raw_text.format(name) for name in TEXT_COLUMNS}
        columns = ", ".join(texts.get(name, name) for name in RECORD_COLUMNS)
        return self.stream(f"SELECT {columns} FROM record {_SPAN}", (start, stop))  # noqa: S608 - constants

    def scan_commits(self, after: int, upto: int) -> Iterator[Commit]:
        """Commits with a size > ``after`` and <= ``upto``, by size."""
        sql = _COMMIT + " WHERE size > ? AND size <= ? ORDER BY size"
        return starmap(Commit, self.stream(sql, (after, upto)))

    def scan_tile_places(self) -> Iterator[tuple[int, int]]:
        """Level and number of all complete tiles, in order."""
        return self.stream("SELECT level, number FROM tile ORDER BY level, number")

    def scan_files(self) -> Iterator[FileRow]:
        """All files by id."""
        return self.stream("SELECT file_id, idx FROM file ORDER BY file_id")

    def get_extent(self) -> Extent:
        """How far records and commits each say that the log goes, at one moment."""
        sql = "SELECT (SELECT max(idx) FROM record), (SELECT max(size) FROM log_commit)"
        ((last_index, largest_size),) = self.rows(sql)
        return Extent(-1 if last_index is None else last_index, largest_size or 0)

    def list_retry_doubles(self) -> list[int]:
        """Indexes of records that share a retry key with an earlier one."""
        sql = (
            "SELECT max(idx) FROM record WHERE retry_hash IS NOT NULL"
            " GROUP BY retry_hash HAVING count(*) > 1"
        )
        return [row[0] for row in self.rows(sql)]

    def list_meta(self) -> dict[str, str]:
        """The vault's few settings of its own."""
        return dict(self.rows("SELECT name, value FROM meta"))


def _read_stored(*row: Any) -> Stored:
    return Stored(**dict(zip(Stored.__struct_fields__, row, strict=True)))
