"""Tiles as they are served: c2sp.org/tlog-tiles paths and entry bundles."""

import re
import struct
from collections.abc import Sequence
from typing import NamedTuple

from tipline.vault.ledger.merkle import TILE_HEIGHT, TILE_WIDTH
from tipline.vault.ledger.refusals import TileRefused

LEVEL_MAX = 5
ENTRY_BYTES_MAX = 0xFFFF
_PATH = re.compile(
    r"tile/(?P<level>[0-5]|entries)/(?P<number>(x[0-9]{3}/){0,4}[0-9]{3})(\.p/(?P<width>[0-9]{1,3}))?"
)
_LENGTH = struct.Struct(">H")


class TilePath(NamedTuple):
    """A tile of hashes: its level, number and width (256, or less where it is partial)."""

    level: int
    number: int
    width: int = TILE_WIDTH


class BundlePath(NamedTuple):
    """A bundle of entries: its number and width (256, or less where it is partial)."""

    number: int
    width: int = TILE_WIDTH


def parse_tile_path(path: str) -> TilePath | BundlePath:
    """Read a path such as ``tile/0/x001/067.p/8`` or ``tile/entries/000``.

    Raises:
        TileRefused: it is not the one right spelling of a tile of levels 0 to 5.

    """
    match = _PATH.fullmatch(path)
    if not match:
        raise TileRefused("the path names no tile")
    level = match["level"]
    number = int(match["number"].replace("x", "").replace("/", ""))
    width = int(match["width"] or TILE_WIDTH)
    where = BundlePath(number, width) if level == "entries" else TilePath(int(level), number, width)
    if format_tile_path(where) != path:
        raise TileRefused("the path spells a tile in another way than the one right one")
    return where


def format_tile_path(where: TilePath | BundlePath) -> str:
    """Write a path that ``parse_tile_path`` reads.

    Raises:
        TileRefused: there is no such tile in any tree.

    """
    level = where.level if isinstance(where, TilePath) else 0
    if not (0 <= level <= LEVEL_MAX and where.number >= 0 and 0 < where.width <= TILE_WIDTH):
        raise TileRefused("there is no such tile")
    folder = "entries" if isinstance(where, BundlePath) else str(level)
    partial = "" if where.width == TILE_WIDTH else f".p/{where.width}"
    return f"tile/{folder}/{_format_number(where.number)}{partial}"


def get_tile_width(level: int, number: int, size: int) -> int:
    """How many hashes a tile holds in a tree of ``size`` leaves: 0 to 256.

    Entry bundles are as wide as the tile of level 0 with the same number.
    """
    count = size >> (TILE_HEIGHT * level)
    return min(max(count - number * TILE_WIDTH, 0), TILE_WIDTH)


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Join entries, each after its length (2 bytes, big-endian).

    Raises:
        TileRefused: an entry is longer than 65,535 bytes.

    """
    if any(len(entry) > ENTRY_BYTES_MAX for entry in entries):
        raise TileRefused("an entry is too long for a bundle")
    return b"".join(_LENGTH.pack(len(entry)) + entry for entry in entries)


def decode_bundle(bundle: bytes) -> list[bytes]:
    """Undo ``encode_bundle``.

    Raises:
        TileRefused: the bundle is cut off.

    """
    entries, start = [], 0
    while start < len(bundle):
        entry_start = start + _LENGTH.size
        length = int.from_bytes(bundle[start:entry_start], "big")
        start = entry_start + length
        if start > len(bundle):
            raise TileRefused("the bundle is cut off")
        entries.append(bundle[entry_start:start])
    return entries


def _format_number(number: int) -> str:
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    return "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]
