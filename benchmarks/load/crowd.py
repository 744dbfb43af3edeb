"""Hold thousands of half-open connections: headers that never end, and bodies that hardly move.

Runs as a process of its own, so that its descriptors and its work are not the measurer's. Each
connection that the server sheds is opened again, from one of many loopback addresses. Prints a
line of JSON a second: how many are held now, how many were shed and how many were refused so far.
"""

import contextlib
import errno
import json
import resource
import select
import signal
import socket
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass

TICK_SECONDS = 0.05
DRIP_SECONDS = 1.0
OPENED_A_TICK = 400
SPARE_DESCRIPTORS = 64
SLOW_HEAD = b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
SLOW_BODY = (
    b"POST /api/v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b'Content-Length: 4000\r\n\r\n{"text":"'
)


@dataclass(kw_only=True)
class Siege:
    """How many connections to hold on which port; every ``body_every``-th has a slow body."""

    port: int
    count: int = 10_000
    body_every: int = 10
    seconds: float = 20.0
    sources: int = 40


class Crowd:
    """The held connections."""

    def __init__(self, siege: Siege) -> None:
        self.siege = siege
        self.poll = select.epoll()
        self.held: dict[int, socket.socket] = {}
        self.counts: Counter[str] = Counter()
        self.opened = 0
        self.drip_at = 0

    def run(self) -> None:
        """Hold, drip and open again until the time is over."""
        began = told = dripped = time.monotonic()
        while time.monotonic() - began < self.siege.seconds:
            self.open_missing()
            for handle, event in self.poll.poll(TICK_SECONDS):
                self.handle(handle, event)
            now = time.monotonic()
            if now - dripped >= DRIP_SECONDS / 10:
                dripped = now
                self.drip_tenth()
            if now - told >= 1:
                told = now
                self.tell()
        for sock in self.held.values():
            sock.close()

    def tell(self) -> None:
        sys.stdout.write(json.dumps({"held": len(self.held), **self.counts}) + "\n")
        sys.stdout.flush()

    def open_missing(self) -> None:
        for _ in range(min(OPENED_A_TICK, self.siege.count - len(self.held))):
            self.opened += 1
            sock = socket.socket()
            sock.settimeout(0)
            sock.bind((f"127.0.1.{1 + self.opened % self.siege.sources}", 0))
            began = sock.connect_ex(("127.0.0.1", self.siege.port))
            if began not in {0, errno.EINPROGRESS}:
                self.counts["refused"] += 1
                sock.close()
                continue
            self.held[sock.fileno()] = sock
            self.poll.register(sock.fileno(), select.EPOLLIN | select.EPOLLOUT)

    def handle(self, handle: int, event: int) -> None:
        sock = self.held[handle]
        if event & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
            self.shed(handle, sock)
            return
        self.poll.modify(handle, select.EPOLLIN)
        is_body = handle % self.siege.body_every == 0
        self.send(handle, sock, SLOW_BODY if is_body else SLOW_HEAD)

    def send(self, handle: int, sock: socket.socket, data: bytes) -> None:
        try:
            sock.send(data)
        except BlockingIOError:
            pass
        except OSError:
            self.shed(handle, sock)

    def shed(self, handle: int, sock: socket.socket) -> None:
        self.counts["shed"] += 1
        del self.held[handle]
        with contextlib.suppress(OSError):
            self.poll.unregister(handle)
        sock.close()

    def drip_tenth(self) -> None:
        self.drip_at = (self.drip_at + 1) % 10
        for handle, sock in list(self.held.items()):
            if handle % 10 == self.drip_at:
                self.send(handle, sock, b"x")


def raise_descriptors(count: int) -> int:
    """Raise this process's limit of descriptors within the hard limit; gives what may be opened."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(count + SPARE_DESCRIPTORS, hard) if hard != resource.RLIM_INFINITY else count
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted - SPARE_DESCRIPTORS


def start_crowd(siege: Siege) -> list[str]:
    """The command line that runs ``siege`` in a process of its own, from the repository's root."""
    return [sys.executable, "-m", "benchmarks.load.crowd", json.dumps(asdict(siege))]


def main() -> None:
    """Run the siege given as JSON."""
    siege = Siege(**json.loads(sys.argv[1]))
    siege.count = min(siege.count, raise_descriptors(siege.count))
    signal.signal(signal.SIGTERM, lambda *_: setattr(siege, "seconds", 0.0))
    Crowd(siege).run()


if __name__ == "__main__":
    main()
