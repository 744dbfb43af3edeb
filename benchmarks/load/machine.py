"""What else the machine was doing: figures taken on a busy machine say little."""

import os
import resource
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def measure_disk(directory: Path, *, seconds: float = 1.0) -> int:
    """How many times a second 4 KiB can be appended and made durable here, one after the other."""
    path = directory / "disk.probe"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    began, count = time.monotonic(), 0
    while time.monotonic() - began < seconds:
        os.write(handle, bytes(4096))
        os.fdatasync(handle)
        count += 1
    os.close(handle)
    path.unlink()
    return round(count / (time.monotonic() - began))


class Bystanders:
    """Measures the share of all cores that processes other than ours took since it was made.

    Ours are this process, its finished children and ``pids``, the processes that are measured.
    """

    def __init__(self, pids: Iterable[int]) -> None:
        self._pids = list(pids)
        self._began = self._read()

    def share(self) -> float:
        """Share of the machine's cores, 0 to 1."""
        now = self._read()
        spent, all_busy, ours = (late - early for late, early in zip(now, self._began, strict=True))
        return round(max(0.0, all_busy - ours) / (spent * (os.cpu_count() or 1)), 3)

    def _read(self) -> tuple[float, float, float]:
        fields = [
            int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
        ]
        busy = (sum(fields[:8]) - fields[3] - fields[4]) / TICKS
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        ours = sum(each.ru_utime + each.ru_stime for each in used) + sum(map(read_cpu, self._pids))
        return time.monotonic(), busy, ours


def read_cpu(pid: int) -> float:
    """Seconds of processor that a process has used; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS
