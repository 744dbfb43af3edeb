"""Single compressed streams: gzip, bzip2, xz."""

import bz2
import lzma
from collections.abc import Iterator

from tipline.adapters.scanners.opening.parts import Data, Note, Part, inflate, pour


def open_bzip2(data: Data) -> Iterator[Part | Note]:
    """Open a bzip2 stream: one member."""
    chunks = pour(data, 0, len(data), decompressor=bz2.BZ2Decompressor())
    yield Part(name="", packed=len(data), chunks=chunks)


def open_xz(data: Data) -> Iterator[Part | Note]:
    """Open an xz or lzma stream: one member."""
    stream = lzma.LZMADecompressor(memlimit=256 << 20)
    yield Part(name="", packed=len(data), chunks=pour(data, 0, len(data), decompressor=stream))


def open_gzip(data: Data) -> Iterator[Part | Note]:
    """Open a gzip stream: one member, the first where several are joined."""
    yield Part(name="", packed=len(data), chunks=inflate(data, 0, len(data), window=31))
