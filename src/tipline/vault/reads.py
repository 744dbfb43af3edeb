"""What anyone with read access gets from a vault: records, proofs and the public log."""

from tipline.vault.digests import make_entry
from tipline.vault.engines import Reads
from tipline.vault.entries import Stored
from tipline.vault.ledger.merkle import TILE_WIDTH, TileHashes
from tipline.vault.ledger.paths import build_inclusion
from tipline.vault.ledger.proof import LogProof, encode_proof
from tipline.vault.ledger.refusals import ProofRefused
from tipline.vault.ledger.tiles import encode_bundle, get_tile_width


class VaultReads:
    """The reading half of a vault; safe from any thread."""

    def __init__(self, engine: Reads) -> None:
        self._engine = engine
        self._hashes = TileHashes(engine.get_tile, engine.read_leaves)

    def size(self) -> int:
        """Number of leaves in the ledger."""
        return self._engine.get_head().size

    def get(self, index: int) -> Stored | None:
        """One record by its leaf index; None where there is none."""
        return self._engine.get_record(index)

    def read(self, *, after: int, limit: int) -> list[Stored]:
        """Records with a leaf index > ``after`` (-1: from the first), in order, ``limit`` at most."""
        return self._engine.list_records(after=after, limit=limit)

    def read_box(self, *, box: bytes) -> list[Stored]:
        """All records of a code holder, in order; ``box`` is ``CodeKeys.box``."""
        return self._engine.list_box(box)

    def has_file(self, file_id: str) -> bool:
        """Whether a record names the sealed file."""
        return bool(self._engine.find_files([file_id]))

    def checkpoint(self) -> bytes:
        """Newest checkpoint as a signed note; nothing while the ledger is empty."""
        newest = self._engine.get_newest_commit()
        return newest.checkpoint if newest else b""

    def build_proof(self, *, index: int, extra: bytes = b"") -> bytes:
        """Build a c2sp.org/tlog-proof file: leaf ``index`` under the newest checkpoint.

        Raises:
            ProofRefused: there is no such leaf.

        """
        newest = self._engine.get_newest_commit()
        if newest is None:
            raise ProofRefused("the ledger is empty")
        hashes = build_inclusion(index, newest.size, self._hashes)
        return encode_proof(LogProof(index, tuple(hashes), newest.checkpoint, extra))

    def tile(self, level: int, number: int, width: int = TILE_WIDTH) -> bytes | None:
        """Hashes of a tile, ``width`` of them; None where the ledger does not reach so far."""
        if width > get_tile_width(level, number, self.size()):
            return None
        return self._hashes(level, number * TILE_WIDTH, width)

    def entries(self, number: int, width: int = TILE_WIDTH) -> bytes | None:
        """A c2sp.org/tlog-tiles entry bundle; None where the ledger does not reach so far."""
        first = number * TILE_WIDTH
        parts = self._engine.list_entry_parts(first, first + width)
        return encode_bundle([make_entry(*each) for each in parts]) if len(parts) == width else None
