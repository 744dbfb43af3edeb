"""How much memory a browser and all that it started take, read often and at little cost."""

import os
from collections.abc import Iterable
from pathlib import Path

import psutil

_PAGE = os.sysconf("SC_PAGE_SIZE")


def list_processes(pid: int) -> list[int]:
    """List a process and all its descendants; reads all processes, so now and then is enough."""
    try:
        return [pid, *(each.pid for each in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return [pid]


def measure(pids: Iterable[int]) -> int:
    """Sum the bytes that belong to these processes alone, without what they share."""
    return sum(map(_measure, pids))


def _measure(pid: int) -> int:
    try:
        _size, resident, shared, *_rest = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * _PAGE
