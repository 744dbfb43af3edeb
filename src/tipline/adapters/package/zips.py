"""Zip archives in one spelling: members sorted, stored, of one date, without extras or comments.

Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. The reader rebuilds every header
from what it read and compares, so that no byte of a package is free: nothing can be put before,
between or after its members, and no two readers can be shown different things.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from msgspec import Struct

from tipline.domain.evidence.members import find_odd_names
from tipline.domain.evidence.verdict import Fault

Source = Path | bytes
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DATE = 0x21  # 1 January 1980, midnight
_UNIX, _MODE = 3 << 8 | 20, 0o100644 << 16
SIZE_MAX = 0xFFFF_FFFE
COUNT_MAX = 0xFFFE
_CHUNK = 1 << 20


class ZipRefused(Exception):
    """An archive is not in our spelling, or cannot be written in it; ``fault`` says what is wrong."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.fault = Fault(where, what)


class Member(Struct, frozen=True):
    """A file in an archive and where its bytes lie."""

    name: str
    crc: int
    size: int
    at: int  # of its local header

    @property
    def start(self) -> int:
        """Where its bytes begin."""
        return self.at + _LOCAL.size + len(self.name)

    def write_local(self) -> bytes:
        """Give the header before its bytes."""
        sizes = (self.crc, self.size, self.size, len(self.name), 0)
        return _LOCAL.pack(b"PK\x03\x04", 20, 0, 0, 0, _DATE, *sizes) + self.name.encode()

    def write_central(self) -> bytes:
        """Give its line of the directory."""
        sizes = (self.crc, self.size, self.size, len(self.name), 0, 0, 0, 0)
        head = _CENTRAL.pack(b"PK\x01\x02", _UNIX, 20, 0, 0, 0, _DATE, *sizes, _MODE, self.at)
        return head + self.name.encode()


def write_zip(path: Path, members: Mapping[str, Source]) -> None:
    """Write an archive of ``members``; the same members give the same bytes.

    Raises:
        ZipRefused: it would be too large for a zip archive without extensions (4 GiB).

    """
    written: list[Member] = []
    with path.open("xb") as file:
        for name in sorted(members):
            crc, size = 0, 0
            for piece in read_source(members[name]):
                crc, size = zlib.crc32(piece, crc), size + len(piece)
            if file.tell() + size > SIZE_MAX or len(written) >= COUNT_MAX:
                raise ZipRefused(name, "does not fit: a package holds at most 4 GiB")
            member = Member(name, crc, size, file.tell())
            file.write(member.write_local())
            for piece in read_source(members[name]):
                file.write(piece)
            written.append(member)
        file.write(_write_tail(written, at=file.tell()))


def read_zip(file: IO[bytes]) -> dict[str, Member]:
    """Read where the members of an archive lie; every byte outside them is checked.

    Raises:
        ZipRefused: the archive is not in our spelling.

    """
    size = file.seek(0, 2)
    if size < _END.size:
        raise ZipRefused("", "the file is too short to be a package")
    file.seek(size - _END.size)
    tail = file.read()
    _, _, _, _, count, length, start, _ = _END.unpack(tail)
    if start + length + _END.size != size or tail[:4] != b"PK\x05\x06":
        raise ZipRefused("", "the archive does not end with its directory: bytes added or cut off")
    file.seek(start)
    members = list(_read_directory(file.read(length), count))
    for fault in find_odd_names(each.name for each in members):
        raise ZipRefused(fault.where, fault.what)
    _check_places(file, members, end=start)
    if _write_tail(members, at=start) != _read_span(file, start, size - start):
        raise ZipRefused("", "the directory of the archive is not in the spelling of a package")
    return {each.name: each for each in members}


def read_member(file: IO[bytes], member: Member) -> Iterator[bytes]:
    """Give the bytes of a member, in pieces."""
    file.seek(member.start)
    left = member.size
    while left:
        piece = file.read(min(_CHUNK, left))
        if not piece:
            raise ZipRefused(member.name, "is cut off")
        left -= len(piece)
        yield piece


def read_source(source: Source) -> Iterator[bytes]:
    """Give the bytes of a file or of memory, in pieces."""
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


def hash_source(source: Source) -> tuple[str, int]:
    """Give SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    for piece in read_source(source):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _write_tail(members: list[Member], *, at: int) -> bytes:
    lines = b"".join(each.write_central() for each in members)
    count = len(members)
    return lines + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(lines), at, 0)


def _read_directory(data: bytes, count: int) -> Iterator[Member]:
    at = 0
    for _ in range(count):
        if len(data) - at < _CENTRAL.size:
            raise ZipRefused("", "the directory of the archive is cut off")
        row = _CENTRAL.unpack_from(data, at)
        at += _CENTRAL.size
        name = data[at : at + row[10]].decode("latin-1")
        at += row[10]
        yield Member(name, row[7], row[9], row[16])


def _check_places(file: IO[bytes], members: list[Member], *, end: int) -> None:
    at = 0
    for member in members:
        header = member.write_local()
        if member.at != at or _read_span(file, at, len(header)) != header:
            raise ZipRefused(member.name, "has a header that differs from the archive's directory")
        at = member.start + member.size
    if at != end:
        raise ZipRefused("", "bytes lie between the members and the archive's directory")
    names = [each.name for each in members]
    if names != sorted(names):
        raise ZipRefused("", "the members of the archive are not in order")


def _read_span(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
