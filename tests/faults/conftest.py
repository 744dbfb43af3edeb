"""The real server over a data directory of its own; nothing of it is left running."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.load.server import Server


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory on a disk, not in memory."""
    made = Path(tempfile.mkdtemp(prefix="tipline-fault-", dir="/var/tmp"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def make_server(place: Path) -> Iterator[Callable[..., Server]]:
    """Make servers that are stopped afterwards, with all that they started."""
    with contextlib.ExitStack() as stack:

        def make(**options: object) -> Server:
            server = Server(data=place / "data", **options)  # type: ignore[arg-type]
            stack.callback(server.stop)
            return server

        yield make
