"""The tree against a direct reading of RFC 6962, at every size and with every kind of proof."""

import hashlib

import pytest
from hypothesis import given, strategies as st

from tipline.vault.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    TileHashes,
    hash_leaf,
    hash_node,
    split_hashes,
)
from tipline.vault.ledger.refusals import HashMissing

LEAVES = [hash_leaf(str(n).encode()) for n in range(70_000)]


def hash_naively(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hash_node(hash_naively(leaves[:half]), hash_naively(leaves[half:]))


class Shelf:
    """Keeps tiles and leaves as the vault's engines do."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.leaves: list[bytes] = []
        self.frontier = Frontier()
        self.hashes = TileHashes(
            lambda level, number: self.tiles.get((level, number)),
            lambda first, count: b"".join(self.leaves[first : first + count]),
        )

    def append(self, leaves: list[bytes]) -> None:
        for tile in self.frontier.append(leaves):
            assert (tile.level, tile.number) not in self.tiles
            self.tiles[tile.level, tile.number] = tile.hashes
        self.leaves += leaves


def fill_shelf(size: int) -> Shelf:
    shelf = Shelf()
    shelf.append(LEAVES[:size])
    return shelf


def test_the_empty_tree_has_the_root_that_rfc_6962_gives_it():
    assert Frontier().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


def test_the_root_is_that_of_rfc_6962s_published_test_tree():
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    data.append("606162636465666768696a6b6c6d6e6f")
    frontier = Frontier()
    frontier.append([hash_leaf(bytes.fromhex(one)) for one in data])
    assert (
        frontier.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


@given(st.lists(st.integers(0, 400), max_size=12))
def test_any_way_of_appending_gives_the_root_of_a_direct_reading(steps: list[int]):
    shelf = Shelf()
    for step in steps:
        shelf.append(LEAVES[len(shelf.leaves) : len(shelf.leaves) + step])
        assert shelf.frontier.root() == hash_naively(shelf.leaves)
    assert shelf.frontier.size == sum(steps)


@given(st.integers(0, 70_000), st.integers(0, 3_000))
def test_a_frontier_that_was_kept_or_rebuilt_goes_on_as_if_never_gone(size: int, more: int):
    shelf = fill_shelf(size)
    kept = Frontier.from_bytes(shelf.frontier.to_bytes())
    rebuilt = Frontier.load(size, shelf.hashes)
    added = LEAVES[:more]
    tiles = shelf.frontier.append(added)
    assert kept.append(added) == rebuilt.append(added) == tiles
    assert kept.root() == rebuilt.root() == shelf.frontier.root()
    assert kept.to_bytes() == rebuilt.to_bytes() == shelf.frontier.to_bytes()


@given(st.integers(0, 1_000), st.integers(1, 1_000))
def test_a_copy_taken_before_an_append_is_untouched_by_it(size: int, more: int):
    frontier = Frontier()
    frontier.append(LEAVES[:size])
    before, root = frontier.copy(), frontier.root()
    frontier.append(LEAVES[:more])
    assert (before.size, before.root()) == (size, root)
    assert before.to_bytes() != frontier.to_bytes()


def test_tiles_hold_the_hashes_that_tlog_tiles_puts_there():
    shelf = fill_shelf(70_000)
    assert len(shelf.tiles) == 273 + 1
    assert split_hashes(shelf.tiles[0, 272]) == LEAVES[272 * 256 : 273 * 256]
    assert split_hashes(shelf.tiles[1, 0])[7] == hash_naively(LEAVES[7 * 256 : 8 * 256])
    assert split_hashes(shelf.hashes(1, 256, 17))[16] == hash_naively(LEAVES[272 * 256 : 273 * 256])
    assert shelf.hashes(2, 0, 1) == hash_naively(LEAVES[:65_536])


def test_a_missing_tile_or_leaf_is_named():
    shelf = fill_shelf(1_000)
    del shelf.tiles[0, 2]
    with pytest.raises(HashMissing, match="tile 2 of level 0"):
        Frontier.load(1_000, shelf.hashes)
    shelf = fill_shelf(1_000)
    shelf.leaves.pop()
    with pytest.raises(HashMissing, match="leaves 768 to 999"):
        Frontier.load(1_000, shelf.hashes)
