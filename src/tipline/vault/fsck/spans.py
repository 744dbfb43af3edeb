"""Check a span of leaves: its rows, and the tiles and checkpoints that end in it.

A span needs nothing from the spans before it but the tree's edge, which it takes from the stored
tiles; ``check_vault`` sees to it that each span begins with the edge that the one before ended
with.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from tipline.vault.engines import Commit, Reads
from tipline.vault.fsck.faults import Fault, name_checkpoint, name_commit, name_tile
from tipline.vault.fsck.rows import NO_COMMIT, RowChecker, is_commit_sound
from tipline.vault.ledger.checkpoint import Checkpoint, verify_checkpoint
from tipline.vault.ledger.merkle import Frontier, TileHashes
from tipline.vault.ledger.note import NoteVerifier
from tipline.vault.ledger.refusals import LedgerRefusal, NoteRefused
from tipline.vault.sealing import OpeningKey


class Span(Struct, frozen=True):
    """Leaves ``start`` to ``stop - 1``; ``edge`` is the tree's at ``start`` where it is known."""

    start: int
    stop: int
    edge: bytes = b""


class Checked(Struct, frozen=True):
    """What was found in a span, and the tree's edge before and after it."""

    span: Span
    faults: tuple[Fault, ...]
    edge_before: bytes
    edge_after: bytes
    files: int


class SpanChecker:
    """Checks spans of one vault."""

    def __init__(
        self,
        engine: Reads,
        verifier: NoteVerifier,
        *,
        files_dir: Path | None = None,
        desk_key: OpeningKey | None = None,
    ) -> None:
        self._engine = engine
        self._verifier = verifier
        self._rows = RowChecker(engine, files_dir, desk_key)

    def check(self, span: Span) -> Checked:
        """Check one span."""
        self._rows.faults, self._rows.files = [], 0
        frontier = self._load_edge(span)
        before = frontier.to_bytes()
        leaves = self._rows.check(span.start, span.stop)
        previous = self._engine.get_commit_upto(span.start) if span.start else NO_COMMIT
        for commit in self._engine.scan_commits(span.start, span.stop):
            self._grow(frontier, leaves, commit.size)
            self._check_commit(commit, previous or NO_COMMIT, frontier.root())
            previous = commit
        self._grow(frontier, leaves, span.stop)
        faults = tuple(self._rows.faults)
        return Checked(span, faults, before, frontier.to_bytes(), self._rows.files)

    def close(self) -> None:
        """Let go of the vault."""
        self._engine.close()

    def _load_edge(self, span: Span) -> Frontier:
        if span.edge:
            return Frontier.from_bytes(span.edge)
        hashes = TileHashes(self._engine.get_tile, self._engine.read_leaves)
        try:
            return Frontier.load(span.start, hashes)
        except LedgerRefusal:  # the span before names the missing tile, and gives the right edge
            return Frontier()

    def _grow(self, frontier: Frontier, leaves: Iterator[bytes], size: int) -> None:
        for tile in frontier.append(list(islice(leaves, size - frontier.size))):
            kept = self._engine.get_tile(tile.level, tile.number)
            if kept is None:
                self._blame(name_tile(tile.level, tile.number), "missing")
            elif kept != tile.hashes:
                self._blame(name_tile(tile.level, tile.number), "its hashes were changed")

    def _check_commit(self, commit: Commit, previous: Commit, root: bytes) -> None:
        place = name_commit(commit.number)
        if not is_commit_sound(commit):
            self._blame(place, "its key, checkpoint or one of its fields was changed")
        if (commit.number, commit.first_index) != (previous.number + 1, previous.size):
            self._blame(place, f"it does not follow {name_commit(previous.number)}")
        place = name_checkpoint(commit.size)
        try:
            checkpoint = self._verify(commit)
        except LedgerRefusal as refusal:
            self._blame(place, f"signature does not verify ({refusal})")
            return
        if checkpoint.size != commit.size:
            self._blame(place, f"it was signed for size {checkpoint.size}")
        elif checkpoint.root != root:
            self._blame(place, "its root is not that of the records")

    def _verify(self, commit: Commit) -> Checkpoint:
        verifier = self._verifier
        try:
            return verify_checkpoint(commit.checkpoint, [verifier], origin=verifier.name)
        except TypeError as broken:  # SQLite may give any type where its file is broken
            raise NoteRefused("it is not even bytes") from broken

    def _blame(self, place: str, problem: str) -> None:
        self._rows.faults.append(Fault(place, problem))
