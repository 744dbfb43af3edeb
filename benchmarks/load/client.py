"""A light HTTP/1.1 client for load: its own sockets, epoll, one request in flight on each of them.

It shares the machine's cores with the server that it measures, so it does as little as it can: no
HTTP library, bodies joined from ready pieces, answers kept as bytes and looked at afterwards. It
runs as a process of its own and writes a line for every answer:

    serial TAB status TAB sent at TAB answered at TAB body LF        (seconds of the monotonic clock)

A plan that endures reconnects, and sends what was not answered again, with the same key.
"""

import json
import select
import signal
import socket
import sys
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from benchmarks.load.bodies import make_batch, make_body

WAIT_SECONDS = 0.05
TELL_SECONDS = 0.25
AGAIN = (429, 500, 502, 503, 504)


@dataclass(kw_only=True)
class Plan:
    """What one client does: whom it asks, how hard, until when, and where it writes the answers."""

    port: int
    out: str
    connections: int = 128
    seconds: float = 5.0
    first_serial: int = 0
    run: str = "run0"
    batch: int = 0
    endures: bool = False
    tells: bool = False
    drain_seconds: float = 60.0
    count_max: int = 0

    @property
    def path(self) -> str:
        return "/api/v1/reports:batch" if self.batch else "/api/v1/reports"


class Line:
    """One keep-alive connection and the request that is under way on it."""

    __slots__ = ("got", "left", "sent_at", "serial", "sock")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.serial = -1
        self.sent_at = 0.0
        self.got = b""
        self.left = b""


class Client:
    """Keep every connection busy until the plan's time is over, then wait for what is under way."""

    def __init__(self, plan: Plan, out: BinaryIO) -> None:
        self.plan = plan
        self.out = out
        self.poll = select.epoll()
        self.lines: dict[int, Line] = {}
        self.again: deque[int] = deque()
        self.next_serial = plan.first_serial
        self.counts: Counter[str] = Counter()
        self.issuing = True
        self.drain_until = 0.0
        self.head = (
            f"POST {plan.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Idempotency-Key: {plan.run}-%012d\r\nContent-Length: %d\r\n\r\n"
        ).encode()

    def run(self) -> None:
        """Send and read until all is answered or the time for the rest is over."""
        started = told = time.monotonic()
        self.open_lines()
        while self.is_busy(started):
            for handle, event in self.poll.poll(WAIT_SECONDS):
                self.handle(handle, event)
            now = time.monotonic()
            if self.plan.tells and now - told > TELL_SECONDS:
                told = now
                self.out.flush()
                sys.stdout.write(json.dumps(self.counts) + "\n")
                sys.stdout.flush()
            if len(self.lines) < self.plan.connections and self.plan.endures:
                self.open_lines()
        self.counts["unanswered"] = len(self.again) + self.waiting()
        for line in self.lines.values():
            line.sock.close()

    def is_busy(self, started: float) -> bool:
        now = time.monotonic()
        enough = self.plan.count_max and self.counts["201"] >= self.plan.count_max
        if self.issuing and (now - started >= self.plan.seconds or enough):
            self.issuing = False
            self.drain_until = now + self.plan.drain_seconds
        if self.issuing:
            return True
        if now > self.drain_until:
            return False
        if self.again and not self.waiting():
            self.fill_idle()
        return bool(self.waiting() or (self.again and self.plan.endures))

    def waiting(self) -> int:
        return sum(line.serial >= 0 for line in self.lines.values())

    def fill_idle(self) -> None:
        for line in list(self.lines.values()):
            if line.serial < 0:
                self.send_next(line)

    def open_lines(self) -> None:
        while len(self.lines) < self.plan.connections:
            try:
                sock = socket.create_connection(("127.0.0.1", self.plan.port), timeout=5)
            except OSError:
                self.counts["refused"] += 1
                if not self.plan.endures:
                    raise
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(0)
            line = self.lines[sock.fileno()] = Line(sock)
            self.poll.register(sock.fileno(), select.EPOLLIN)
            self.send_next(line)

    def take_serial(self) -> int:
        if self.again:
            return self.again.popleft()
        if not self.issuing:
            return -1
        serial, self.next_serial = self.next_serial, self.next_serial + 1
        return serial

    def send_next(self, line: Line) -> None:
        line.serial = serial = self.take_serial()
        line.got = b""
        if serial < 0:
            return
        batch = self.plan.batch
        body = make_batch(serial * batch, batch) if batch else make_body(serial)
        line.left = self.head % (serial, len(body)) + body
        line.sent_at = time.monotonic()
        self.push(line)

    def push(self, line: Line) -> None:
        try:
            sent = line.sock.send(line.left)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.drop(line)
            return
        was_partial, line.left = sent < len(line.left), line.left[sent:]
        if was_partial:
            self.poll.modify(line.sock.fileno(), select.EPOLLIN | select.EPOLLOUT)

    def handle(self, handle: int, event: int) -> None:
        line = self.lines.get(handle)
        if line is None:
            return
        if event & select.EPOLLOUT:
            self.poll.modify(handle, select.EPOLLIN)
            self.push(line)
        if event & ~select.EPOLLOUT and handle in self.lines:
            self.read(line)

    def read(self, line: Line) -> None:
        try:
            data = line.sock.recv(262_144)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.drop(line)
            return
        line.got = line.got + data if line.got else data
        ended = line.got.find(b"\r\n\r\n")
        if ended >= 0 and len(line.got) >= ended + 4 + read_length(line.got[:ended]):
            self.keep(line, line.got[ended + 4 :])

    def keep(self, line: Line, body: bytes) -> None:
        status = int(line.got[9:12])
        self.counts[str(status)] += 1
        now = time.monotonic()
        if status in AGAIN and self.plan.endures:
            self.again.append(line.serial)
            line.serial = -1
            self.drop(line)  # come back on a new connection, a little later
            return
        self.out.write(b"%d\t%d\t%.6f\t%.6f\t" % (line.serial, status, line.sent_at, now))
        self.out.write(body.replace(b"\n", b" ") + b"\n")
        self.send_next(line)

    def drop(self, line: Line) -> None:
        self.poll.unregister(line.sock.fileno())
        del self.lines[line.sock.fileno()]
        line.sock.close()
        self.counts["dropped"] += 1
        if line.serial >= 0:
            self.again.append(line.serial)


def read_length(head: bytes) -> int:
    """Read the Content-Length that an answer's ``head`` names; answers here always have one."""
    low = head.lower()
    at = low.index(b"content-length:") + 15
    end = low.find(b"\r\n", at)
    return int(low[at:] if end < 0 else low[at:end])


def start_client(plan: Plan) -> list[str]:
    """The command line that runs ``plan`` in a process of its own, from the repository's root."""
    return [sys.executable, "-m", "benchmarks.load.client", json.dumps(asdict(plan))]


def main() -> None:
    """Run the plan given as JSON; the last line printed holds the counts."""
    plan = Plan(**json.loads(sys.argv[1]))
    with Path(plan.out).open("ab") as out:
        client = Client(plan, out)
        signal.signal(signal.SIGTERM, lambda *_: setattr(plan, "seconds", 0.0))
        client.run()
    sys.stdout.write(json.dumps(client.counts) + "\n")


if __name__ == "__main__":
    main()
