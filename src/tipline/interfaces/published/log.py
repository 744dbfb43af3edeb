"""The ledger as files: c2sp.org/tlog-tiles at one checkpoint, and the program that checks it."""

from collections.abc import Iterator
from pathlib import Path

from tipline.interfaces.published.sources import Sources
from tipline.vault.ledger.merkle import TILE_WIDTH
from tipline.vault.ledger.tiles import (
    LEVEL_MAX,
    BundlePath,
    TilePath,
    format_tile_path,
    get_tile_width,
)

VERIFIER = Path(__file__).parents[1] / "public" / "static" / "public" / "verify.py"


class LedgerMissing(LookupError):
    """The vault lacks a tile that its own checkpoint vouches for."""


def make_log(sources: Sources) -> Iterator[tuple[str, bytes]]:
    """Give the checkpoint, all tiles and bundles below it, its key, and the checking program."""
    yield "verify.py", VERIFIER.read_bytes()
    yield "log/vkey", sources.vkey.encode() + b"\n"
    if sources.checkpoint is None:
        return
    yield "log/checkpoint", sources.note
    size = sources.checkpoint.size
    for level in range(LEVEL_MAX + 1):
        for number, width in _list_widths(level, size):
            body = sources.vault.tile(level, number, width)
            yield _name(TilePath(level, number, width)), _need(body, level, number)
    for number, width in _list_widths(0, size):
        body = sources.vault.entries(number, width)
        yield _name(BundlePath(number, width)), _need(body, "entries", number)


def _list_widths(level: int, size: int) -> Iterator[tuple[int, int]]:
    number = 0
    while width := get_tile_width(level, number, size):
        yield number, width
        if width < TILE_WIDTH:
            return
        number += 1


def _name(where: TilePath | BundlePath) -> str:
    return "log/" + format_tile_path(where)


def _need(body: bytes | None, level: object, number: int) -> bytes:
    if body is None:
        raise LedgerMissing(f"tile {level}/{number} cannot be read: run 'tipline fsck'")
    return body
