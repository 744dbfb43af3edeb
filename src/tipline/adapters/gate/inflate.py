"""Unpacks bodies as they come, and stops where a few bytes would become very many."""

import zlib
from collections.abc import Callable, Iterator, Sequence

import brotli
import zstandard

_SLICE = 256  # of zstd input: what one slice can become is bounded by its block size
_PIECE = 1 << 16
_WINDOW = 8 << 20
_FREE = 1 << 20  # up to here any ratio is innocent: a page of spaces


class Bomb(ValueError):
    """It would unpack to more than is allowed."""


class UnknownCoding(ValueError):
    """A content coding that no browser asked for."""


Unpack = Callable[[bytes], Iterator[bytes]]


class Inflater:
    """Unpacks one body, whatever its content codings; ``total`` counts unpacked bytes."""

    def __init__(self, codings: Sequence[str], *, limit: int, ratio: int) -> None:
        """Raises UnknownCoding where it cannot be unpacked."""
        self._steps = [_start(each) for each in reversed(codings[:3])]
        self._limit, self._ratio = limit, ratio
        self._read = self.total = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give what ``data`` unpacks to, piece by piece.

        Raises:
            Bomb: it is too much.
            ValueError: it is not packed as was told.

        """
        self._read += len(data)
        for piece in _run(self._steps, data):
            self.total += len(piece)
            if self.total > self._limit or (
                self.total > _FREE and self.total > self._ratio * self._read
            ):
                raise Bomb
            yield piece


def read_codings(header: str) -> tuple[str, ...]:
    """Read a Content-Encoding header."""
    names = (each.strip().lower() for each in header.split(","))
    return tuple(each for each in names if each and each != "identity")


def _run(steps: Sequence[Unpack], data: bytes) -> Iterator[bytes]:
    if not steps:
        yield data
        return
    for piece in steps[0](data):
        yield from _run(steps[1:], piece)


def _start(coding: str) -> Unpack:
    makers: dict[str, Callable[[], Unpack]] = {
        "gzip": lambda: _zlib(zlib.MAX_WBITS | 16),
        "x-gzip": lambda: _zlib(zlib.MAX_WBITS | 16),
        "deflate": _deflate,
        "br": _brotli,
        "zstd": _zstd,
    }
    if coding not in makers:
        raise UnknownCoding(coding)
    return makers[coding]()


def _zlib(window: int) -> Unpack:
    machine = zlib.decompressobj(window)

    def unpack(data: bytes) -> Iterator[bytes]:
        while data and not machine.eof:
            try:
                yield machine.decompress(data, _PIECE)
            except zlib.error as wrong:
                raise ValueError(str(wrong)) from wrong
            data = machine.unconsumed_tail

    return unpack


def _deflate() -> Unpack:
    # Servers send it with zlib's header or, against the standard, without.
    chosen: list[Unpack] = []

    def unpack(data: bytes) -> Iterator[bytes]:
        if not chosen and data:
            has_header = data[0] & 0x0F == 8 and (
                len(data) < 2 or (data[0] * 256 + data[1]) % 31 == 0
            )
            chosen.append(_zlib(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS))
        if chosen:
            yield from chosen[0](data)

    return unpack


def _brotli() -> Unpack:
    machine = brotli.Decompressor()

    def unpack(data: bytes) -> Iterator[bytes]:
        try:
            yield machine.process(data, output_buffer_limit=_PIECE)
            while not machine.can_accept_more_data():
                yield machine.process(b"", output_buffer_limit=_PIECE)
        except brotli.error as wrong:
            raise ValueError(str(wrong)) from wrong

    return unpack


def _zstd() -> Unpack:
    machine = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()

    def unpack(data: bytes) -> Iterator[bytes]:
        try:
            for at in range(0, len(data), _SLICE):
                if machine.eof:
                    return
                yield machine.decompress(data[at : at + _SLICE])
        except zstandard.ZstdError as wrong:
            raise ValueError(str(wrong)) from wrong

    return unpack
