"""Attachments: sealed while they stream in, so that their plain bytes never touch the disk.

A sealed file is a 16-byte header and chunks of 64 KiB, each under AES-256-GCM with a key of the
file's own; the nonce holds the chunk's number and marks the last one (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, 2015). A changed, missing, added or moved byte is found.
"""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BufferedReader, FileIO
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tipline.vault.entries import SealedFile
from tipline.vault.refusals import VaultFull, VaultRefusal

HEADER = b"tipline/v1/file\n"
CHUNK_BYTES = 65_536
TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
_PART = ".part"
_FILE_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class FileTooLarge(VaultRefusal):
    """The file is longer than ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the file is longer than {limit} bytes")
        self.limit = limit


class FileBroken(VaultRefusal):
    """A sealed file was changed or cut off, or this is not its key."""


class FileMissing(VaultRefusal):
    """There is no such sealed file."""


class KeptFile(NamedTuple):
    """A finished file: its plain part, and what only ``Entry.details`` may carry."""

    file: SealedFile
    key: bytes
    sha256: bytes


class FileSealer:
    """Seals one file while it streams in; use it in a ``with``, which removes what is unfinished.

    ``limit`` is the most plain bytes it takes. The file is on the disk for good when ``finish()``
    has returned, and it belongs to nobody until an entry names it.
    """

    def __init__(self, directory: Path, *, limit: int) -> None:
        self.file_id = secrets.token_hex(16)
        self.size = 0
        self._limit = limit
        self._directory = directory
        self._key = secrets.token_bytes(32)
        self._aead = AESGCM(self._key)
        self._sealed_size = self._number = 0
        self._plain_sha256, self._sealed_sha256 = hashlib.sha256(), hashlib.sha256()
        self._waiting = bytearray()
        self._path = directory / (self.file_id + _PART)
        with _refuse_when_full():
            self._out = _create(self._path)
        try:
            with _refuse_when_full():
                self._put(HEADER)
        except BaseException:
            self.abort()
            raise

    def __enter__(self) -> "FileSealer":
        return self

    def __exit__(self, *_: object) -> None:
        self.abort()

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Take the next plain bytes, any number of them.

        Raises:
            FileTooLarge: the file is longer than the limit.
            VaultFull: the disk has no room.

        """
        self.size += len(chunk)
        if self.size > self._limit:
            self.abort()
            raise FileTooLarge(self._limit)
        self._plain_sha256.update(chunk)
        self._waiting += chunk
        with _refuse_when_full():
            self._seal_whole_chunks()

    def finish(self) -> KeptFile:
        """Seal the rest and put the file on the disk durably under its name.

        Raises:
            VaultFull: the disk has no room.

        """
        with _refuse_when_full():
            self._put(self._aead.encrypt(_count(self._number, b"\1"), bytes(self._waiting), HEADER))
            os.fsync(self._out.fileno())
            self._out.close()
            self._path.rename(self._directory / self.file_id)
            _sync_directory(self._directory)
        sealed = SealedFile(
            self.file_id, self.size, self._sealed_size, self._sealed_sha256.digest()
        )
        return KeptFile(sealed, self._key, self._plain_sha256.digest())

    def abort(self) -> None:
        """Remove what is unfinished; nothing happens to a finished file."""
        self._waiting.clear()
        self._out.close()
        self._path.unlink(missing_ok=True)

    def _seal_whole_chunks(self) -> None:
        start = 0
        while len(self._waiting) - start > CHUNK_BYTES:  # the last chunk waits for its mark
            plain = bytes(self._waiting[start : start + CHUNK_BYTES])
            self._put(self._aead.encrypt(_count(self._number, b"\0"), plain, HEADER))
            self._number += 1
            start += CHUNK_BYTES
        del self._waiting[:start]

    def _put(self, sealed: bytes) -> None:
        rest = memoryview(sealed)
        while rest:
            rest = rest[self._out.write(rest) :]
        self._sealed_sha256.update(sealed)
        self._sealed_size += len(sealed)


def get_file_path(directory: Path, file_id: str) -> Path:
    """Where a sealed file lies.

    Raises:
        FileMissing: that is no file's id.

    """
    if not _FILE_ID.fullmatch(file_id):
        raise FileMissing("that is no file's id")
    return directory / file_id


def open_file(path: Path, key: bytes) -> Iterator[bytes]:
    """Give a sealed file's plain bytes, chunk by chunk, each verified before it is given.

    A file is whole only when the iterator has ended without raising.

    Raises:
        FileMissing: there is no such file.
        FileBroken: it was changed or cut off, or this is not its key.

    """
    aead = AESGCM(key)
    with _open_sealed(path) as sealed:
        if sealed.read(len(HEADER)) != HEADER:
            raise FileBroken("the file is not a sealed file of this version")
        number, chunk = 0, sealed.read(SEALED_CHUNK_BYTES)
        while following := sealed.read(SEALED_CHUNK_BYTES):
            yield _open_chunk(aead, _count(number, b"\0"), chunk)
            number, chunk = number + 1, following
        yield _open_chunk(aead, _count(number, b"\1"), chunk)


def hash_file(path: Path) -> tuple[int, bytes]:
    """Size and SHA-256 of a sealed file as it lies there, to compare with its ``SealedFile``.

    Raises:
        FileMissing: there is no such file.

    """
    with _open_sealed(path) as sealed:
        digest = hashlib.file_digest(sealed, "sha256").digest()
        return sealed.tell(), digest


def remove_file(directory: Path, file_id: str) -> None:
    """Remove a sealed file durably; nothing happens where there is none."""
    get_file_path(directory, file_id).unlink(missing_ok=True)
    _sync_directory(directory)


def list_orphans(
    directory: Path, *, is_kept: Callable[[str], bool], before: datetime
) -> Iterator[Path]:
    """Find files last written before a time that are unfinished or that no record names.

    ``is_kept(file_id)`` tells whether a record names a file; ``before`` is aware and leaves room
    for forms that are being sent (a day is ample).
    """
    limit = before.timestamp()
    with os.scandir(directory) as found:
        for each in found:
            file_id = each.name.removesuffix(_PART)
            is_ours = _FILE_ID.fullmatch(file_id) and each.is_file(follow_symlinks=False)
            if not is_ours or each.stat(follow_symlinks=False).st_mtime >= limit:
                continue
            if each.name.endswith(_PART) or not is_kept(file_id):
                yield Path(each.path)


def sweep_orphans(
    directory: Path, *, is_kept: Callable[[str], bool], before: datetime
) -> list[Path]:
    """Remove what ``list_orphans`` finds; gives what was removed."""
    orphans = list(list_orphans(directory, is_kept=is_kept, before=before))
    for path in orphans:
        path.unlink(missing_ok=True)
    if orphans:
        _sync_directory(directory)
    return orphans


def _create(path: Path) -> FileIO:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    return FileIO(os.open(path, flags, 0o600), "wb")


@contextmanager
def _refuse_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise VaultFull("the disk has no room for the file") from error


def _open_sealed(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError as missing:
        raise FileMissing("there is no such file") from missing


def _open_chunk(aead: AESGCM, nonce: bytes, sealed: bytes) -> bytes:
    try:
        return aead.decrypt(nonce, sealed, HEADER)
    except (InvalidTag, ValueError) as broken:
        raise FileBroken("the file was changed or cut off, or this is not its key") from broken


def _count(number: int, last: bytes) -> bytes:
    """Nonce of a chunk: 7 zero bytes (the key is the file's own), its number, the last-mark."""
    return bytes(7) + number.to_bytes(4, "big") + last


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
