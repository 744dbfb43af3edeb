"""Check records one by one: row against digest, digest against leaf, words against commitment."""

import struct
from collections.abc import Iterator
from pathlib import Path

from tipline.vault.committer import make_commit
from tipline.vault.digests import ROW_LABEL, hash_fields, hash_leaf
from tipline.vault.engines import Commit, Reads, ScannedRow
from tipline.vault.entries import SealedFile, Stored
from tipline.vault.files import FileMissing, get_file_path, hash_file
from tipline.vault.fsck.faults import Fault, name_commit, name_file, name_record
from tipline.vault.ledger.merkle import HASH_BYTES, TILE_WIDTH
from tipline.vault.opening import list_files, open_record
from tipline.vault.records import UNIT_SIZE
from tipline.vault.refusals import SealBroken
from tipline.vault.sealing import OpeningKey

NO_COMMIT = Commit(0, 0, 0, b"", b"", b"")
_CHANGED = "ciphertext or one of its fields was changed"


class RowChecker:
    """Checks records and gives their leaf hashes; what is wrong is added to ``faults``."""

    def __init__(self, engine: Reads, files_dir: Path | None, desk_key: OpeningKey | None) -> None:
        self.faults: list[Fault] = []
        self.files = 0
        self._engine = engine
        self._files_dir = files_dir
        self._desk_key = desk_key
        self._commit = NO_COMMIT

    def check(self, start: int, stop: int) -> Iterator[bytes]:
        """Check records ``start`` to ``stop - 1``; gives the leaf hash of each."""
        expected = start
        for row in self._engine.scan_records(start, stop):
            yield from self._skip(expected, row[0])
            expected = row[0] + 1
            yield self._check_row(row)
        yield from self._skip(expected, stop)

    def _check_row(self, row: ScannedRow) -> bytes:
        try:
            return self._check_sound(row) or b"" + self._check_broken(row)
        except (TypeError, ValueError, AttributeError):
            self._blame(row[0], "it holds a value that is none of its column's")
            return self._read_tile_leaf(row[0]) or bytes(HASH_BYTES)

    def _check_sound(self, row: ScannedRow) -> bytes | None:
        """Check a row; None where anything in it does not fit."""
        index, number, *_ = row
        commit = self._commit if number == self._commit.number else self._load_commit(number)
        if not commit.first_index <= index < commit.size or digest_row(row, commit) != row[16]:
            return None
        if hash_leaf(row[15], row[16]) != row[17]:
            return None
        if self._desk_key and row[4] == b"desk":
            self._open(row, commit)
        if row[11]:
            self._check_files(row)
        return row[17]

    def _check_broken(self, row: ScannedRow) -> bytes:
        """Name what is wrong with a row; gives the leaf hash that it most likely had."""
        index, digest = row[0], digest_row(row, self._commit)
        in_tile = self._read_tile_leaf(index)
        if not self._commit.first_index <= index < self._commit.size:
            self._blame(index, f"commit {row[1]}, which it names, does not cover it")
        elif digest == row[16]:
            self._blame(index, _name_leaf_fault(row, in_tile))
        elif hash_leaf(row[15], digest) == row[17]:
            self._blame(index, "its row digest was changed")
        elif is_commit_sound(self._commit):
            self._blame(index, _CHANGED)
        else:
            self._blame(index, f"it or {name_commit(row[1])} was changed")
        if row[11]:
            self._check_files(row)
        return in_tile or row[17]

    def _open(self, row: ScannedRow, commit: Commit) -> None:
        assert self._desk_key  # noqa: S101 - told to the type checker
        try:
            open_record(read_stored(row, commit), self._desk_key)
        except SealBroken:
            self._blame(row[0], "it does not open with the desk's key to the words committed to")

    def _check_files(self, row: ScannedRow) -> None:
        try:
            files = list_files(row[11])
        except SealBroken:
            self._blame(row[0], "its list of files cannot be read")
            return
        kept = self._engine.find_files([each.file_id for each in files])
        for each in files:
            self.files += 1
            if each.file_id not in kept:
                self.faults.append(Fault(name_file(each.file_id), "not in the table of files"))
            if self._files_dir:
                self._check_file(each, self._files_dir)

    def _check_file(self, file: SealedFile, directory: Path) -> None:
        try:
            found = hash_file(get_file_path(directory, file.file_id))
        except FileMissing:
            self.faults.append(Fault(name_file(file.file_id), "missing"))
            return
        if found != (file.sealed_size, file.sealed_sha256):
            self.faults.append(Fault(name_file(file.file_id), "its sealed bytes were changed"))

    def _skip(self, start: int, stop: int) -> Iterator[bytes]:
        for index in range(start, stop):
            self._blame(index, "missing")
            yield self._read_tile_leaf(index) or bytes(HASH_BYTES)

    def _load_commit(self, number: int) -> Commit:
        self._commit = self._engine.get_commit(number) or NO_COMMIT
        return self._commit

    def _read_tile_leaf(self, index: int) -> bytes:
        tile = self._engine.get_tile(0, index // TILE_WIDTH) or b""
        start = index % TILE_WIDTH * HASH_BYTES
        return tile[start : start + HASH_BYTES]

    def _blame(self, index: int, problem: str) -> None:
        self.faults.append(Fault(name_record(index), problem))


def digest_row(row: ScannedRow, commit: Commit) -> bytes:
    """Row digest of a row as it lies there; nothing where a value cannot even be written."""
    sealed_kek = commit.sealed_kek if row[4] == b"desk" else b""
    try:
        head = (UNIT_SIZE.pack(row[2]), row[3], row[4], sealed_kek)
        return hash_fields(ROW_LABEL, (*head, *row[5:12], row[12] or b"", row[13], row[14]))
    except (struct.error, TypeError):
        return b""


def is_commit_sound(commit: Commit) -> bool:
    """Whether a commit's row is as it was written."""
    sealed = (commit.size, commit.sealed_kek, commit.checkpoint)
    try:
        return make_commit(commit.number, commit.first_index, sealed) == commit
    except (TypeError, OverflowError, AttributeError):
        return False


def read_stored(row: ScannedRow, commit: Commit) -> Stored:
    """A scanned row as readers know it."""
    return Stored(
        index=row[0],
        kind=row[3].decode(),
        reader=row[4].decode(),
        box=row[5],
        holder_key=row[6],
        sealed_kek=commit.sealed_kek,
        keybox=row[7],
        ciphertext=row[8],
        holder_box=row[9],
        contact_box=row[10],
        files=row[11],
        commitment=row[15],
        row_digest=row[16],
        leaf_hash=row[17],
    )


def _name_leaf_fault(row: ScannedRow, in_tile: bytes) -> str:
    if in_tile == row[17]:
        return "its commitment was changed"
    if in_tile == hash_leaf(row[15], row[16]):
        return "its leaf hash was changed"
    return "its commitment or its leaf hash was changed"
