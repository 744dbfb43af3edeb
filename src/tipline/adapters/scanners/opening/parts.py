"""What an opener yields, and the decompressors that it pours through."""

import bz2
import lzma
import mmap
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CHUNK = 1 << 18
Data = bytes | mmap.mmap
Decompressor = bz2.BZ2Decompressor | lzma.LZMADecompressor


@dataclass(frozen=True, kw_only=True)
class Part:
    """A member: the name it is given, how many bytes it takes up, and what comes out of it."""

    name: str
    packed: int
    chunks: Iterator[bytes]


@dataclass(frozen=True)
class Note:
    """Something about the archive or a member; a key of the table of signs."""

    key: str


Opener = Callable[[Data], Iterator[Part | Note]]


class Broken(Exception):
    """What follows cannot be read; what came before stands."""


def pour(data: Data, start: int, end: int, *, decompressor: Decompressor) -> Iterator[bytes]:
    """Pour ``data[start:end]`` through a bz2 or lzma decompressor, in chunks.

    Raises:
        Broken: it is damaged.

    """
    at = start
    try:
        while not decompressor.eof:
            given = b""
            if decompressor.needs_input:
                given = data[at : min(at + CHUNK, end)]
                at += len(given)
                if not given:
                    raise Broken
            out = decompressor.decompress(given, CHUNK)
            if out:
                yield out
    except (OSError, EOFError, lzma.LZMAError, ValueError) as wrong:
        raise Broken from wrong


def inflate(
    data: Data, start: int, end: int, *, window: int = -zlib.MAX_WBITS, dictionary: bytes = b""
) -> Iterator[bytes]:
    """Inflate ``data[start:end]`` in chunks; ``window`` as zlib's, raw by default.

    Raises:
        Broken: it is damaged or cut short.

    """
    stream = (
        zlib.decompressobj(window, zdict=dictionary) if dictionary else zlib.decompressobj(window)
    )
    at, left = start, b""
    try:
        while not stream.eof:
            given = left or data[at : min(at + CHUNK, end)]
            at += 0 if left else len(given)
            if not given:
                raise Broken
            out = stream.decompress(given, CHUNK)
            left = stream.unconsumed_tail
            if out:
                yield out
    except zlib.error as wrong:
        raise Broken from wrong


def copy(data: Data, start: int, end: int) -> Iterator[bytes]:
    """Give ``data[start:end]`` in chunks as it stands."""
    for at in range(start, min(end, len(data)), CHUNK):
        yield data[at : min(at + CHUNK, end)]
    if end > len(data):
        raise Broken
