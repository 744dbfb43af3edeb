"""Bytes on their way into the archive: in memory while they are few, in a file when many."""

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO

_MEMORY = 2 << 20
_PIECE = 1 << 18


class Spool:
    """An answer as it came from the wire, with the digests that the archive names."""

    def __init__(self) -> None:
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._block, self._payload = hashlib.sha256(), hashlib.sha256()
        self.size = self.head_size = 0

    def write(self, data: bytes) -> None:
        """Take more bytes."""
        self._block.update(data)
        self.size += len(data)
        if self._file is None and self.size > _MEMORY:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
            self._file.write(self._memory)
            self._memory = bytearray()
        if self._file is None:
            self._memory += data
        else:
            self._file.write(data)

    def end_head(self, size: int) -> None:
        """Say where the head ends; what stands behind it is the payload."""
        self.head_size = size
        for piece in self.read(size):
            self._payload.update(piece)

    def write_payload(self, data: bytes) -> None:
        """Take more bytes after the head."""
        self._payload.update(data)
        self.write(data)

    @property
    def block_digest(self) -> bytes:
        """SHA-256 of everything."""
        return self._block.digest()

    @property
    def payload_digest(self) -> bytes:
        """SHA-256 of what follows the head."""
        return self._payload.digest()

    def read(self, start: int = 0) -> Iterator[bytes]:
        """Give the bytes from ``start`` on."""
        if self._file is None:
            yield bytes(self._memory[start:])
            return
        self._file.seek(start)
        while piece := self._file.read(_PIECE):
            yield piece
        self._file.seek(0, 2)

    def close(self) -> None:
        """Let them go."""
        if self._file is not None:
            self._file.close()
