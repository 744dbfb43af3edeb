"""Zip archives, read by our own eyes: the directory, and where it is no use the members' own heads.

Python's ``zipfile`` opens an archive whose members overlap and believes the directory; this does
neither. Format: PKWARE APPNOTE 6.3.10.
"""

import bz2
import itertools
import lzma
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tipline.adapters.scanners.opening.parts import (
    Broken,
    Data,
    Note,
    Part,
    copy,
    inflate,
    pour,
)

LOCAL, CENTRAL, END, END64 = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06"
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
END_BACK = 65_557  # how far before the end of the file its last record may begin
STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
ENTRIES_MAX = 20_000


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the directory, or one member's own head."""

    name: str
    flags: int
    method: int
    packed: int
    offset: int  # of its own head

    @property
    def is_folder(self) -> bool:
        """Whether it holds nothing."""
        return self.name.endswith("/") and self.packed == 0

    @property
    def is_locked(self) -> bool:
        """Whether a password is needed."""
        return bool(self.flags & 1)


def list_entries(data: Data) -> list[Entry]:
    """List what the archive holds: by its directory, or by walking it where that is damaged.

    At most ``ENTRIES_MAX + 1`` are given, so that whoever counts sees that there are more.
    """
    try:
        listed = list(_read_directory(data))
    except (Broken, struct.error):
        listed = []
    return listed or list(_walk(data))


def _read_directory(data: Data) -> Iterator[Entry]:
    end = data.rfind(END, max(0, len(data) - END_BACK))
    if end < 0:
        raise Broken
    fields = _END.unpack_from(data, end)
    size, at = fields[5], fields[6]
    # Bytes before the archive (a self-extracting program) shift all places by the same.
    shift = end - size - at
    if 0xFFFFFFFF in {size, at}:
        start64 = data.rfind(END64, max(0, end - 1_000), end)
        if start64 < 0:
            raise Broken
        size, at = struct.unpack_from("<2Q", data, start64 + 40)
        shift = start64 - size - at
    if shift < 0 or data[at + shift : at + shift + 4] not in {CENTRAL, END}:
        raise Broken
    place = at + shift
    for _ in range(ENTRIES_MAX + 1):
        if data[place : place + 4] != CENTRAL:
            return
        entry, place = _read_central(data, place, shift)
        yield entry


def _read_central(data: Data, place: int, shift: int) -> tuple[Entry, int]:
    fields = _CENTRAL.unpack_from(data, place)
    name_size, extra_size, comment_size = fields[10:13]
    packed, offset = fields[8], fields[16]
    name_end = place + _CENTRAL.size + name_size
    if 0xFFFFFFFF in {packed, offset, fields[9]}:
        extra = data[name_end : name_end + extra_size]
        packed, offset = _read_extra64(extra, (fields[9], packed, offset))
    entry = Entry(
        name=_decode(data[place + _CENTRAL.size : name_end], fields[3]),
        flags=fields[3],
        method=fields[4],
        packed=packed,
        offset=offset + shift,
    )
    return entry, name_end + extra_size + comment_size


def _read_extra64(extra: bytes, told: tuple[int, int, int]) -> tuple[int, int]:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<2H", extra, at)
        if tag == 1:
            long = iter(struct.unpack_from(f"<{size // 8}Q", extra, at + 4))
            _, packed, offset = (next(long, each) if each == 0xFFFFFFFF else each for each in told)
            return packed, offset
        at += 4 + size
    return told[1], told[2]


def _walk(data: Data) -> Iterator[Entry]:
    at = data.find(LOCAL)
    for _ in range(ENTRIES_MAX + 1):
        if at < 0 or at + _LOCAL.size > len(data):
            return
        _, _, flags, method, _, _, _, packed, _, name_size, extra_size = _LOCAL.unpack_from(
            data, at
        )
        start = at + _LOCAL.size + name_size + extra_size
        following = data.find(LOCAL, start + (0 if flags & 8 else packed))
        if flags & 8 or packed == 0xFFFFFFFF:
            packed = (following if following > 0 else len(data)) - start
        name = _decode(data[at + _LOCAL.size : at + _LOCAL.size + name_size], flags)
        yield Entry(name=name, flags=flags, method=method, packed=packed, offset=at)
        at = following


def _decode(name: bytes, flags: int) -> str:
    try:
        return name.decode("utf-8" if flags & 0x800 or name.isascii() else "gb18030")
    except UnicodeDecodeError:
        return name.decode("utf-8", "replace")


def open_zip(data: Data) -> Iterator[Part | Note]:
    """Open a zip archive; an overlap of members is told and ends the opening."""
    entries = list_entries(data)
    if not entries:
        yield Note("archive.broken")
    if _overlaps(entries):
        yield Note("archive.overlap")
        return
    for entry in entries:
        yield from _open_entry(data, entry)


def _overlaps(entries: list[Entry]) -> bool:
    spans = sorted((each.offset, each.offset + 30 + each.packed) for each in entries)
    return any(after < end for (_, end), (after, _) in itertools.pairwise(spans))


def _open_entry(data: Data, entry: Entry) -> Iterator[Part | Note]:
    if entry.is_folder:
        return
    if entry.is_locked:
        yield Note("archive.encrypted")
        return
    head = data[entry.offset : entry.offset + _LOCAL.size]
    if len(head) < _LOCAL.size or not head.startswith(LOCAL):
        yield Note("archive.broken")
        return
    name_size, extra_size = struct.unpack_from("<2H", head, 26)
    start = entry.offset + _LOCAL.size + name_size + extra_size
    chunks = _choose(data, entry, start=start)
    if chunks is None:
        yield Note("archive.unknown")
        return
    yield Part(name=entry.name, packed=entry.packed, chunks=chunks)


def _choose(data: Data, entry: Entry, *, start: int) -> Iterator[bytes] | None:
    end = start + entry.packed
    if entry.method == STORED:
        return copy(data, start, end)
    if entry.method == DEFLATED:
        return inflate(data, start, end)
    if entry.method == BZIP2:
        return pour(data, start, end, decompressor=bz2.BZ2Decompressor())
    if entry.method == LZMA and end - start > 9:
        return pour(data, start + 9, end, decompressor=_make_lzma(data[start + 4 : start + 9]))
    return None


def _make_lzma(told: bytes) -> lzma.LZMADecompressor:
    packed, size = told[0], struct.unpack("<I", told[1:])[0]
    chosen = {"id": lzma.FILTER_LZMA1, "dict_size": min(max(size, 4096), 64 << 20)}
    chosen |= {"lc": packed % 9, "lp": packed // 9 % 5, "pb": packed // 45}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[chosen])
