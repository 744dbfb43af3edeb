"""Tar and cpio archives."""

import functools
import io
import struct
import tarfile
from collections.abc import Iterator

from tipline.adapters.scanners.opening.parts import CHUNK, Broken, Data, Note, Part, copy

ODC, NEWC, NEWC_CRC = b"070707", b"070701", b"070702"
TRAILER = "TRAILER!!!"
REGULAR, KIND = 0o100000, 0o170000


def open_tar(data: Data) -> Iterator[Part | Note]:
    """Open a tar archive, member by member; links are told and not followed."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data[:]), mode="r:", ignore_zeros=True) as tar:
            for member in tar:
                if member.issym() or member.islnk():
                    yield Note("archive.link")
                held = tar.extractfile(member) if member.isfile() else None
                if held is not None:
                    chunks = iter(functools.partial(held.read, CHUNK), b"")
                    yield Part(name=member.name, packed=member.size, chunks=chunks)
    except (tarfile.TarError, OSError, ValueError) as wrong:
        raise Broken from wrong


def open_cpio(data: Data) -> Iterator[Part | Note]:
    """Open a cpio archive of any of its four forms."""
    at = 0
    while at + 26 <= len(data):
        try:
            mode, size, name_at, name_size, step = _read_head(data, at)
        except (ValueError, struct.error) as wrong:
            raise Broken from wrong
        name = data[name_at : name_at + max(name_size - 1, 0)].decode("utf-8", "replace")
        start = at + _round(name_at - at + name_size, step)
        if name == TRAILER:
            return
        if mode & KIND == REGULAR:
            yield Part(name=name, packed=size, chunks=copy(data, start, start + size))
        at = start + _round(size, step)


def _read_head(data: Data, at: int) -> tuple[int, int, int, int, int]:
    if data[at : at + 6] == ODC:
        fields = data[at : at + 76]
        octal = (fields[18:24], fields[65:76], fields[59:65])
        mode, size, name_size = (int(each, 8) for each in octal)
        return mode, size, at + 76, name_size, 1
    if data[at : at + 6] in {NEWC, NEWC_CRC}:
        numbers = [int(data[at + 6 + i * 8 : at + 14 + i * 8], 16) for i in range(13)]
        return numbers[1], numbers[6], at + 110, numbers[11], 4
    order = {b"\xc7\x71": "<", b"\x71\xc7": ">"}.get(data[at : at + 2])
    if order is None:
        raise ValueError
    fields16 = struct.unpack_from(f"{order}13H", data, at)
    return fields16[3], fields16[11] << 16 | fields16[12], at + 26, fields16[10], 2


def _round(size: int, step: int) -> int:
    return -(-size // step) * step
