"""Find the processes of a running server by what they run."""

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.load.server import Server


def find_pids(server: Server, word: str) -> set[int]:
    """Processes of the server whose command line has ``word``."""
    return {pid for pid in server.pids() if word in read_command(pid)}


def read_command(pid: int) -> str:
    """The command line of a process; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until something is so; tells whether it came to be."""
    until = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < until:
        time.sleep(0.05)
    return so
