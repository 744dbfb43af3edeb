"""What services see of a vault, whichever process they run in."""

import asyncio
from concurrent.futures import Future
from typing import Protocol

from tipline.vault.entries import Appended, Stored, Unit


class Vault(Protocol):
    """An open vault. The owner and the socket client both keep this; see their docstrings."""

    def append(self, unit: Unit) -> "Future[Appended]":
        """Queue a unit; the future is done once it is durable."""

    def append_async(self, unit: Unit) -> "asyncio.Future[Appended]":
        """Queue a unit from a running event loop."""

    def size(self) -> int:
        """Number of leaves in the ledger."""

    def get(self, index: int) -> Stored | None:
        """One record by its leaf index."""

    def read(self, *, after: int, limit: int) -> list[Stored]:
        """Records with a leaf index > ``after``, in order, ``limit`` at most."""

    def read_box(self, *, box: bytes) -> list[Stored]:
        """All records of a code holder, in order."""

    def has_file(self, file_id: str) -> bool:
        """Whether a record names the sealed file."""

    def checkpoint(self) -> bytes:
        """Newest checkpoint as a signed note; nothing while the ledger is empty."""

    def build_proof(self, *, index: int, extra: bytes = b"") -> bytes:
        """A c2sp.org/tlog-proof file of one leaf under the newest checkpoint."""

    def tile(self, level: int, number: int, width: int = 256) -> bytes | None:
        """Hashes of a tile."""

    def entries(self, number: int, width: int = 256) -> bytes | None:
        """A c2sp.org/tlog-tiles entry bundle."""

    def close(self) -> None:
        """Let go of the vault."""
