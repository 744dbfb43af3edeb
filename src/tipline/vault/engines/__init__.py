"""Where the vault's rows lie. Every engine keeps the ``Engine`` protocol and passes one test body."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from msgspec import Struct

from tipline.vault.entries import Stored

FORMAT = "1"

# The columns of ``record`` in their order everywhere: tables, inserts, scans.
RECORD_COLUMNS = (
    "idx", "commit_id", "unit_size", "kind", "reader", "box", "holder_key", "keybox", "ciphertext",
    "holder_box", "contact_box", "files", "retry_hash", "retry_tag", "answer_box", "commitment",
    "row_digest", "leaf_hash",
)  # fmt: skip
TEXT_COLUMNS = ("kind", "reader")

RecordRow = tuple[int, int, int, str, str, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes | None, bytes, bytes, bytes, bytes, bytes]  # fmt: skip
ScannedRow = tuple[int, int, int, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes | None, bytes, bytes, bytes, bytes, bytes]  # fmt: skip
FileRow = tuple[str, int]  # file_id, index of its record
TileRow = tuple[int, int, bytes]  # level, number, 256 hashes joined


class Head(Struct, frozen=True, gc=False):
    """How far the log goes: leaves and commits kept so far."""

    size: int
    commits: int


class Extent(Struct, frozen=True, gc=False):
    """How far a log goes, by its records and by its commits; sound where they agree."""

    last_index: int  # -1 while there is no record
    largest_size: int


class Commit(Struct, frozen=True, gc=False):
    """One durable commit and the checkpoint over everything up to it."""

    number: int  # 1 for the first
    first_index: int
    size: int  # leaves after it
    sealed_kek: bytes
    checkpoint: bytes
    digest: bytes  # over the other columns


class KeptRetry(Struct, frozen=True, gc=False):
    """What is kept of a retry, and where its unit lies."""

    retry_hash: bytes
    first_index: int
    count: int
    tag: bytes
    answer_box: bytes


class Batch(Struct, frozen=True):
    """All rows of one commit."""

    commit: Commit
    records: Sequence[RecordRow]
    files: Sequence[FileRow]
    tiles: Sequence[TileRow]


class Writing(Protocol):
    """One write transaction, alone on the log: nobody else appends while it lasts."""

    def get_head(self) -> Head:
        """How far the log goes now that it is locked."""

    def insert(self, batch: Batch) -> None:
        """Add all rows of a commit."""


class Reads(Protocol):
    """Reading a vault's rows, from any thread. Every method may raise VaultUnavailable."""

    def get_head(self) -> Head:
        """How far the log goes."""

    def get_commit(self, number: int) -> Commit | None:
        """One commit."""

    def get_newest_commit(self) -> Commit | None:
        """The last commit; None while the log is empty."""

    def get_commit_upto(self, size: int) -> Commit | None:
        """The commit with the largest size that is <= ``size``."""

    def get_record(self, index: int) -> Stored | None:
        """One record."""

    def list_records(self, *, after: int, limit: int) -> list[Stored]:
        """Records with an index > ``after``, in order, ``limit`` at most."""

    def list_box(self, box: bytes) -> list[Stored]:
        """All records of one code holder, in order."""

    def read_leaves(self, first: int, count: int) -> bytes:
        """Leaf hashes ``first`` to ``first + count - 1``, joined."""

    def list_entry_parts(self, start: int, stop: int) -> list[tuple[bytes, bytes]]:
        """Commitment and row digest of leaves ``start`` to ``stop - 1``."""

    def get_tile(self, level: int, number: int) -> bytes | None:
        """256 hashes of a complete tile; None while it is not complete."""

    def find_retries(self, hashes: Sequence[bytes]) -> dict[bytes, KeptRetry]:
        """Those of the retry hashes that are kept, with their units."""

    def find_files(self, file_ids: Sequence[str]) -> set[str]:
        """Those of the file ids that a record has."""

    def scan_records(self, start: int, stop: int) -> Iterator[ScannedRow]:
        """Raw rows ``start`` to ``stop - 1`` without holding them all; texts are bytes."""

    def scan_commits(self, after: int, upto: int) -> Iterator[Commit]:
        """Commits with a size > ``after`` and <= ``upto``, by size."""

    def scan_tile_places(self) -> Iterator[tuple[int, int]]:
        """Level and number of all complete tiles, in order."""

    def scan_files(self) -> Iterator[FileRow]:
        """All files by id."""

    def get_extent(self) -> Extent:
        """How far records and commits each say that the log goes, at one moment."""

    def list_retry_doubles(self) -> list[int]:
        """Indexes of records that share a retry key with an earlier one."""

    def list_meta(self) -> dict[str, str]:
        """The vault's few settings of its own."""

    def check_storage(self) -> list[str]:
        """What the engine itself finds broken in its files, in its words."""

    def close(self) -> None:
        """Let go of all connections."""


class Engine(Reads, Protocol):
    """A place for the vault's rows. Writes come from one thread at a time."""

    def prepare(self, origin: str) -> str:
        """Make the tables where there are none; returns the log's name, ``origin`` if new."""

    def write(self) -> AbstractContextManager[Writing]:
        """Open a write transaction: durable when left, undone when left by an exception.

        Raises:
            VaultFull: there is no room.
            VaultUnavailable: the engine cannot be reached.

        """
