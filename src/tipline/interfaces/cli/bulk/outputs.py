"""Where lines go: JSONL that grows, or Parquet in parts; either can be cut back to what is certain."""

import contextlib
import os
import shutil
from pathlib import Path
from typing import Protocol

import polars as pl


class Output(Protocol):
    """A file that is written beside its final place until it is whole."""

    def cut_back(self, done: int) -> None:
        """Forget all but the first ``done`` (as ``write`` counts them)."""

    def write(self, lines: bytes) -> None:
        """Add lines, encoded as ``encode`` of this kind makes them."""

    def make_sure(self) -> int:
        """Bring what was written onto the disk; gives how much that is."""

    def finish(self) -> None:
        """Put the whole into its final place."""

    def close(self) -> None:
        """Let go of the file; what was written of it stays beside its final place."""


class JsonLinesOutput:
    """Lines of JSON; counted in bytes."""

    def __init__(self, path: Path) -> None:
        self._path, self._draft = path, path.with_name(f"{path.name}.partial")
        self._file = self._draft.open("ab")

    def cut_back(self, done: int) -> None:
        """Forget all but the first ``done`` bytes."""
        self._file.truncate(done)

    def write(self, lines: bytes) -> None:
        """Add encoded lines."""
        self._file.write(lines)

    def make_sure(self) -> int:
        """Bring what was written onto the disk; gives its bytes."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.seek(0, os.SEEK_END)

    def finish(self) -> None:
        """Put the whole into its final place."""
        self.make_sure()
        self._file.close()
        self._draft.replace(self._path)

    def close(self) -> None:
        """Let go of the file; one with nothing in it is removed."""
        self._file.close()
        if self._draft.is_file() and not self._draft.stat().st_size:
            self._draft.unlink()


class ParquetOutput:
    """One Parquet file, put together from a file a batch; counted in these."""

    def __init__(self, path: Path) -> None:
        self._path, self._parts = path, path.with_name(f"{path.name}.parts")
        self._parts.mkdir(exist_ok=True)
        self._done = 0

    def cut_back(self, done: int) -> None:
        """Forget all but the first ``done`` parts."""
        for part in sorted(self._parts.glob("*.parquet"))[done:]:
            part.unlink()
        self._done = done

    def write(self, lines: bytes) -> None:
        """Add a part, a whole Parquet file of its own."""
        with (self._parts / f"{self._done:09d}.parquet").open("wb") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
        self._done += 1

    def make_sure(self) -> int:
        """Give the number of parts: each is on the disk already."""
        return self._done

    def finish(self) -> None:
        """Put the parts together, a few at a time, into the final place."""
        draft = self._path.with_name(f"{self._path.name}.partial")
        pl.scan_parquet(sorted(self._parts.glob("*.parquet"))).sink_parquet(draft)
        draft.replace(self._path)
        shutil.rmtree(self._parts)

    def close(self) -> None:
        """Let go of the parts; a folder with nothing in it is removed."""
        with contextlib.suppress(OSError):  # it holds parts, or is gone
            self._parts.rmdir()


OUTPUTS: dict[str, type[JsonLinesOutput | ParquetOutput]] = {
    ".jsonl": JsonLinesOutput,
    ".ndjson": JsonLinesOutput,
    ".parquet": ParquetOutput,
}
