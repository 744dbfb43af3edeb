"""A log's whole life: commits, failed commits, restarts; its history is never rewritten."""

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tipline.vault.ledger.merkle import Frontier, TileHashes, hash_leaf
from tipline.vault.ledger.paths import (
    build_consistency,
    build_inclusion,
    build_root,
    verify_consistency,
    verify_inclusion,
)

COUNTS = st.integers(1, 20) | st.sampled_from([255, 256, 257, 1_000])


class LogLife(RuleBasedStateMachine):
    """Keeps tiles and leaves on "disk" and the frontier in "memory"."""

    def __init__(self) -> None:
        super().__init__()
        self.leaves: list[bytes] = []
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.roots: dict[int, bytes] = {}
        self.frontier = Frontier()
        self.hashes = self.open_disk()

    def open_disk(self) -> TileHashes:
        return TileHashes(
            lambda level, number: self.tiles.get((level, number)),
            lambda first, count: b"".join(self.leaves[first : first + count]),
        )

    def grow(self, frontier: Frontier, count: int, label: str):
        start = frontier.size
        leaves = [hash_leaf(f"{label} {n}".encode()) for n in range(start, start + count)]
        return leaves, frontier.append(leaves)

    @rule(count=COUNTS)
    def commit(self, count: int) -> None:
        leaves, tiles = self.grow(self.frontier, count, "kept")
        self.leaves += leaves
        self.tiles |= {(tile.level, tile.number): tile.hashes for tile in tiles}
        self.roots[self.frontier.size] = self.frontier.root()

    @rule(count=COUNTS)
    def fail_a_commit(self, count: int) -> None:
        before = self.frontier.copy()
        self.grow(self.frontier, count, "lost")
        self.frontier = before

    @rule()
    def restart(self) -> None:
        self.hashes = self.open_disk()
        self.frontier = Frontier.load(len(self.leaves), self.hashes)

    @rule(data=st.data())
    def prove_a_leaf(self, data: st.DataObject) -> None:
        if not self.roots:
            return
        size = data.draw(st.sampled_from(sorted(self.roots)))
        index = data.draw(st.integers(0, size - 1))
        verify_inclusion(
            leaf_hash=self.leaves[index],
            index=index,
            size=size,
            proof=build_inclusion(index, size, self.hashes),
            root=self.roots[size],
        )

    @rule(data=st.data())
    def prove_that_history_stands(self, data: st.DataObject) -> None:
        if not self.roots:
            return
        sizes = st.sampled_from(sorted(self.roots))
        old, new = sorted((data.draw(sizes), data.draw(sizes)))
        verify_consistency(
            old_size=old,
            old_root=self.roots[old],
            size=new,
            root=self.roots[new],
            proof=build_consistency(old, new, self.hashes),
        )

    @invariant()
    def memory_agrees_with_the_disk(self) -> None:
        assert self.frontier.size == len(self.leaves)
        assert self.frontier.root() == build_root(len(self.leaves), self.hashes)


LogLife.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestLogLife = LogLife.TestCase
