"""A full disk: 503 with Retry-After, nothing acknowledged is lost, and it recovers by itself."""

import contextlib
import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.intake import run_fsck
from benchmarks.load.bodies import make_body
from benchmarks.load.reopen import Acknowledged, compare, open_records
from benchmarks.load.server import Server
from benchmarks.load.status import post_json
from tests.faults.visitor import Visitor

pytestmark = [pytest.mark.long, pytest.mark.timeout(180)]
REPORTS = "/api/v1/reports"
DISK_BYTES = 24 << 20
RECOVER_SECONDS = 20
ENOUGH = 200


@contextlib.contextmanager
def small_disk(at: Path) -> Iterator[None]:
    """A small file system in memory at ``at``; needs the right to mount."""
    at.mkdir(parents=True)
    options = f"size={DISK_BYTES},mode=0700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", at], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting needs root; the same without it is tested by a limit of file sizes")
    try:
        yield
    finally:
        subprocess.run(["umount", at], check=True)


def fill_disk(at: Path) -> Path:
    """Leave no room at ``at``."""
    filler = at / "filler"
    with filler.open("wb", buffering=0) as out:
        for size in (1 << 20, 1 << 12):
            with contextlib.suppress(OSError):
                while True:
                    out.write(bytes(size))
    return filler


class Sender:
    """Sends reports one after the other and remembers what was answered."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.serial = 0
        self.kept: list[Acknowledged] = []

    def send(self, serial: int = -1) -> tuple[int, dict[str, str]]:
        """Send the next report, or that of ``serial`` again under its key."""
        if serial < 0:
            serial, self.serial = self.serial, self.serial + 1
        key = {"Idempotency-Key": f"disk-{serial:012d}"}
        status, headers, body = post_json(
            self.server.public_port, REPORTS, make_body(serial), headers=key
        )
        if status == 201:
            self.kept.append(
                Acknowledged(
                    serial=serial, code=body["receipt_code"], leaf_index=body["leaf_index"]
                )
            )
        return status, headers

    def send_until(self, wanted: int, *, tries: int) -> dict[str, str]:
        """Send until the status is ``wanted``; gives that answer's headers."""
        for _ in range(tries):
            status, headers = self.send()
            assert status in {201, 503}
            if status == wanted:
                return headers
        raise AssertionError(f"no {wanted} in {tries} reports")


def check_full_and_back(server: Server, fill: Callable[[], None], free: Callable[[], None]) -> None:
    sender = Sender(server)
    for _ in range(ENOUGH):
        assert sender.send()[0] == 201
    fill()
    headers = sender.send_until(503, tries=20_000)
    assert int(headers["retry-after"]) >= 1
    refused = sender.serial - 1
    for _ in range(20):  # it goes on to answer, and to refuse
        assert sender.send(refused)[0] == 503
    pids = server.pids()
    free()
    until = time.monotonic() + RECOVER_SECONDS
    while (status := sender.send(refused)[0]) != 201 and time.monotonic() < until:
        time.sleep(0.2)
    assert status == 201
    for _ in range(ENOUGH):
        assert sender.send()[0] == 201
    assert set(pids) <= set(server.pids())  # by itself: nothing was started again
    server.stop()
    verdict = compare(sender.kept, open_records(server.data))
    assert verdict.is_clean, verdict
    assert verdict.unasked == 0
    assert not run_fsck(server.data, "").startswith("FAILED")


def test_a_full_disk_refuses_and_recovers(make_server):
    server = make_server()
    vault = server.data / "vault"
    with small_disk(vault):
        try:
            server.start()
            filler: list[Path] = []
            check_full_and_back(
                server,
                fill=lambda: filler.append(fill_disk(vault)),
                free=lambda: filler.pop().unlink(),
            )
        finally:
            server.stop()


def test_files_that_may_not_grow_refuse_and_recover(make_server):
    # The same without the right to mount: no file of the public process may grow any further.
    server = make_server().start()
    vault = server.data / "vault"

    def limit(size: int) -> None:
        for pid in server.pids():
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    check_full_and_back(
        server,
        fill=lambda: limit(max(each.stat().st_size for each in vault.glob("vault.db*"))),
        free=lambda: limit(resource.RLIM_INFINITY),
    )


def test_a_file_that_finds_no_room_leaves_nothing_behind(make_server):
    server = make_server()
    vault = server.data / "vault"
    picture = ("files", "a.png", os.urandom(2 << 20))
    visitor = Visitor(port=server.public_port)
    with small_disk(vault):
        try:
            server.start()
            filler = fill_disk(vault)
            refused = visitor.post_parts("/en/report/", {"text": "no room"}, [picture])
            assert refused.status == 503
            assert int(refused.headers["retry-after"]) >= 1
            assert not [each.name for each in (vault / "files").iterdir()]
            filler.unlink()
            kept = visitor.post_parts("/en/report/", {"text": "room again"}, [picture])
            assert kept.status == 201
        finally:
            server.stop()
