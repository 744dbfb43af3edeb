"""The tree: RFC 6962 section 2.1 (RFC 9162 section 2.1) over SHA-256.

A tree hash is 32 bytes. Hashes are kept in tiles: at tile level ``L`` the hash number ``i`` covers
the 256**L leaves from ``i * 256**L``, and 256 neighbours make one complete tile.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tipline.vault.ledger.refusals import HashMissing

HASH_BYTES = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
TILE_BYTES = TILE_WIDTH * HASH_BYTES
EMPTY_ROOT = hashlib.sha256(b"").digest()

HashReader = Callable[[int, int, int], bytes]
"""``read(tile level, first, count)`` gives ``count`` hashes that lie in one tile, joined."""

_sha256 = hashlib.sha256


class Tile(NamedTuple):
    """A complete tile: 256 hashes, joined to 8,192 bytes."""

    level: int
    number: int
    hashes: bytes


def hash_leaf(data: bytes) -> bytes:
    """Hash of the leaf that holds ``data``."""
    return _sha256(b"\x00" + data).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Hash of the node over two subtrees."""
    return _sha256(b"\x01" + left + right).digest()


def hash_row(hashes: Iterable[bytes]) -> bytes:
    """Root over a row of 1, 2, 4, 8, ... neighbouring hashes of one height."""
    row = list(hashes)
    while len(row) > 1:
        row = _hash_pairs(row)
    return row[0]


def split_hashes(joined: bytes) -> list[bytes]:
    """Take joined hashes apart."""
    return [joined[i : i + HASH_BYTES] for i in range(0, len(joined), HASH_BYTES)]


class Frontier:
    """The right edge of a growing tree: enough to append and to tell the root, and no more.

    It holds the roots of the perfect subtrees (at most one a height) and the hashes of the tiles
    that are not complete yet. ``copy()`` before an append that may have to be undone.
    """

    __slots__ = ("_edges", "_peaks", "size")

    def __init__(self) -> None:
        self.size = 0
        self._peaks: dict[int, bytes] = {}
        self._edges: list[list[bytes]] = []

    def append(self, leaf_hashes: Sequence[bytes]) -> list[Tile]:
        """Append leaf hashes in order; gives the tiles that this completed, lower levels first."""
        tiles: list[Tile] = []
        row, height = list(leaf_hashes), 0
        while row:
            if height % TILE_HEIGHT == 0:
                tiles += self._fill(height // TILE_HEIGHT, row)
            if height in self._peaks:
                row.insert(0, self._peaks.pop(height))
            if len(row) % 2:
                self._peaks[height] = row.pop()
            row, height = _hash_pairs(row), height + 1
        self.size += len(leaf_hashes)
        return tiles

    def root(self) -> bytes:
        """Root hash of the tree so far."""
        heights = sorted(self._peaks)
        if not heights:
            return EMPTY_ROOT
        root = self._peaks[heights[0]]
        for height in heights[1:]:
            root = hash_node(self._peaks[height], root)
        return root

    def copy(self) -> "Frontier":
        """Another frontier that grows on its own."""
        twin = Frontier()
        twin.size, twin._peaks = self.size, dict(self._peaks)
        twin._edges = [list(edge) for edge in self._edges]
        return twin

    def to_bytes(self) -> bytes:
        """Size (8 bytes, big-endian) and the incomplete tiles, lowest first: up to some 20 kB."""
        return self.size.to_bytes(8, "big") + b"".join(b"".join(edge) for edge in self._edges)

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Frontier":
        """Restore what ``to_bytes`` gave."""
        hashes = iter(split_hashes(kept[8:]))
        return cls._restore(
            int.from_bytes(kept[:8], "big"), lambda _, __, n: [next(hashes) for _ in range(n)]
        )

    @classmethod
    def load(cls, size: int, read_hashes: HashReader) -> "Frontier":
        """Rebuild the frontier of a tree of ``size`` leaves from stored tiles and leaves.

        Raises:
            HashMissing: a tile or leaf below ``size`` is not there.

        """
        return cls._restore(size, lambda *where: split_hashes(read_hashes(*where)))

    @classmethod
    def _restore(cls, size: int, read: Callable[[int, int, int], list[bytes]]) -> "Frontier":
        frontier = cls()
        frontier.size = size
        level = 0
        while count := size >> (TILE_HEIGHT * level):
            width = count % TILE_WIDTH
            edge = read(level, count - width, width) if width else []
            frontier._edges.append(edge)
            frontier._peaks.update(_find_peaks(edge, TILE_HEIGHT * level))
            level += 1
        return frontier

    def _fill(self, level: int, row: list[bytes]) -> list[Tile]:
        if level == len(self._edges):
            self._edges.append([])
        edge = self._edges[level] + row
        number = self.size >> (TILE_HEIGHT * (level + 1))
        starts = range(0, len(edge) - TILE_WIDTH + 1, TILE_WIDTH)
        self._edges[level] = edge[len(starts) * TILE_WIDTH :]
        return [
            Tile(level, number + nth, b"".join(edge[start : start + TILE_WIDTH]))
            for nth, start in enumerate(starts)
        ]


class TileHashes:
    """A ``HashReader`` over complete tiles and leaf hashes.

    ``read_tile(level, number)`` gives a complete tile's 8,192 bytes or None where there is none
    (yet); ``read_leaves(first, count)`` gives leaf hashes, joined. The roots of complete tiles
    never change and are remembered (some 2,000 of them).
    """

    def __init__(
        self,
        read_tile: Callable[[int, int], bytes | None],
        read_leaves: Callable[[int, int], bytes],
    ) -> None:
        self._read_tile = read_tile
        self._read_leaves = read_leaves
        self._tile_root = lru_cache(maxsize=2048)(self._hash_tile)

    def __call__(self, level: int, first: int, count: int) -> bytes:
        """Read ``count`` hashes from ``first`` on, all in one tile.

        Raises:
            HashMissing: a tile or leaf is not there.

        """
        tile = self._read_tile(level, first // TILE_WIDTH)
        if tile is not None:
            start = first % TILE_WIDTH * HASH_BYTES
            return tile[start : start + count * HASH_BYTES]
        if level:
            return b"".join(self._tile_root(level - 1, n) for n in range(first, first + count))
        leaves = self._read_leaves(first, count)
        if len(leaves) != count * HASH_BYTES:
            raise HashMissing(f"leaves {first} to {first + count - 1} are not all there")
        return leaves

    def _hash_tile(self, level: int, number: int) -> bytes:
        tile = self._read_tile(level, number)
        if tile is None:
            raise HashMissing(f"tile {number} of level {level} is not there")
        return hash_row(split_hashes(tile))


def _hash_pairs(row: list[bytes]) -> list[bytes]:
    hashes = iter(row)
    return [_sha256(b"\x01%b%b" % pair).digest() for pair in zip(hashes, hashes, strict=True)]


def _find_peaks(edge: Sequence[bytes], base: int) -> dict[int, bytes]:
    peaks, start = {}, 0
    for height in reversed(range(TILE_HEIGHT)):
        if len(edge) >> height & 1:
            peaks[base + height] = hash_row(edge[start : start + (1 << height)])
            start += 1 << height
    return peaks
