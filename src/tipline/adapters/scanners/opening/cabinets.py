"""Microsoft's cabinets (stored and MSZIP) and its old single-file compression (SZDD).

Formats: MS-CAB; for SZDD the LZSS of ``COMPRESS.EXE`` with a window of 4,096 blanks.
"""

import struct
import zlib
from collections.abc import Iterator

from tipline.adapters.scanners.opening.parts import CHUNK, Broken, Data, Note, Part

NONE, MSZIP = 0, 1
FOLDERS_MAX, FILES_MAX = 1_000, 20_000
_HEAD = struct.Struct("<4s5I2B5H")


def open_cabinet(data: Data) -> Iterator[Part | Note]:
    """Open a cabinet; folders of another compression are told and passed over."""
    try:
        fields = _HEAD.unpack_from(data)
        files_at, folders, files, flags = fields[4], fields[8], fields[9], fields[10]
        starts, reserved = _list_folders(data, min(folders, FOLDERS_MAX), flags)
        listed = _list_files(data, files_at, min(files, FILES_MAX))
    except struct.error as wrong:
        raise Broken from wrong
    for number, (start, blocks, method) in enumerate(starts):
        held = [each for each in listed if each[1] == number]
        if method & 15 not in {NONE, MSZIP}:
            yield Note("archive.unknown")
        elif held:
            whole = _Folder(_unpack(data, start, blocks, method=method & 15, reserved=reserved))
            for name, _, offset, size in sorted(held, key=lambda each: each[2]):
                yield Part(name=name, packed=size, chunks=whole.give(offset, size))


def _list_folders(data: Data, count: int, flags: int) -> tuple[list[tuple[int, int, int]], int]:
    at, folder_extra, block_extra = _HEAD.size, 0, 0
    if flags & 4:
        head_extra, folder_extra, block_extra = struct.unpack_from("<H2B", data, at)
        at += 4 + head_extra
    for _ in range((2 if flags & 1 else 0) + (2 if flags & 2 else 0)):
        at = data.find(b"\0", at) + 1
    step = 8 + folder_extra
    return [struct.unpack_from("<I2H", data, at + i * step) for i in range(count)], block_extra


def _list_files(data: Data, at: int, count: int) -> list[tuple[str, int, int, int]]:
    listed = []
    for _ in range(count):
        size, offset, folder = struct.unpack_from("<2IH", data, at)
        end = data.find(b"\0", at + 16, at + 16 + 300)
        if end < 0:
            break
        listed.append((data[at + 16 : end].decode("utf-8", "replace"), folder, offset, size))
        at = end + 1
    return listed


def _unpack(data: Data, at: int, blocks: int, *, method: int, reserved: int) -> Iterator[bytes]:
    history = b""
    for _ in range(blocks):
        if at + 8 > len(data):
            raise Broken
        packed, _ = struct.unpack_from("<2H", data, at + 4)
        block = data[at + 8 + reserved : at + 8 + reserved + packed]
        at += 8 + reserved + packed
        if method == NONE:
            yield block
            continue
        if not block.startswith(b"CK"):
            raise Broken
        stream = zlib.decompressobj(-15, zdict=history) if history else zlib.decompressobj(-15)
        try:
            history = stream.decompress(block[2:], 1 << 16)
        except zlib.error as wrong:
            raise Broken from wrong
        yield history


class _Folder:
    """The stream of a folder, given out file by file in the order of their offsets."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._held, self._at = blocks, b"", 0

    def give(self, offset: int, size: int) -> Iterator[bytes]:
        """Give ``size`` bytes from ``offset`` on; what was given before cannot be given again."""
        if offset < self._at:
            raise Broken
        while self._at + len(self._held) <= offset:
            self._at += len(self._held)
            self._next()
        self._held, self._at = self._held[offset - self._at :], offset
        while size:
            if not self._held:
                self._next()
            out, self._held = self._held[:size], self._held[size:]
            self._at, size = self._at + len(out), size - len(out)
            yield out

    def _next(self) -> None:
        self._held = next(self._blocks, b"")
        if not self._held:
            raise Broken


def open_szdd(data: Data) -> Iterator[Part | Note]:
    """Open an SZDD file: one member."""
    yield Part(name="", packed=len(data), chunks=_expand(data[14:]))


def _expand(packed: bytes) -> Iterator[bytes]:
    window, place, out = bytearray(b" " * 4_096), 4_096 - 16, bytearray()
    for literal, start, count in _read_steps(packed):
        for step in range(count):
            letter = literal if start < 0 else window[(start + step) % 4_096]
            window[place] = letter
            place = (place + 1) % 4_096
            out.append(letter)
        if len(out) > CHUNK:
            yield bytes(out)
            out.clear()
    yield bytes(out)


def _read_steps(packed: bytes) -> Iterator[tuple[int, int, int]]:
    # A literal with start -1, or where in the window to copy from and how much.
    at = 0
    while at < len(packed):
        flags, at = packed[at], at + 1
        for bit in range(8):
            pair = packed[at : at + 2]
            if flags >> bit & 1 and pair:
                yield pair[0], -1, 1
                at += 1
            elif len(pair) == 2:
                yield 0, pair[0] | (pair[1] & 0xF0) << 4, (pair[1] & 15) + 3
                at += 2
