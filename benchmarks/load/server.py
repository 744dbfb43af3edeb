"""Start, stop and kill the real thing: `tipline serve` in a session of its own, on loopback."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

READY_SECONDS = 60
STOP_SECONDS = 40
ROOT = Path(__file__).resolve().parents[2]


class ServerSilent(Exception):
    """The server did not answer in time; the message ends with the last lines that it wrote."""


def free_ports(count: int) -> list[int]:
    """Find ports of 127.0.0.1 that nothing listens on now."""
    with contextlib.ExitStack() as stack:
        socks = [stack.enter_context(socket.socket()) for _ in range(count)]
        for sock in socks:
            sock.bind(("127.0.0.1", 0))
        return [sock.getsockname()[1] for sock in socks]


def plain_environment() -> dict[str, str]:
    """The environment without any setting of Tipline's or Django's in it."""
    kept = ("TIPLINE_", "DJANGO_", "GRANIAN_")
    return {key: value for key, value in os.environ.items() if not key.startswith(kept)}


@dataclass(kw_only=True)
class Server:
    """One `tipline serve` over a data directory; may be started again after a stop or a kill."""

    data: Path
    workers: int = 1
    vault: str = ""
    database: str = ""
    flags: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path = Path()
    public_port: int = 0
    desk_port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.public_port, self.desk_port = free_ports(2)
        self.log = self.data.parent / f"{self.data.name}.log"

    def command(self) -> list[str]:
        words = ["serve", "--data", self.data, "--public-port", self.public_port]
        words += [
            "--desk-port",
            self.desk_port,
            "--workers",
            self.workers,
            "--second-factor",
            "optional",
        ]
        words += ["--vault", self.vault] if self.vault else []
        words += ["--database", self.database] if self.database else []
        return [
            *self.prefix,
            sys.executable,
            "-m",
            "tipline.interfaces.cli",
            *map(str, words),
            *self.flags,
        ]

    def start(self) -> "Server":
        """Start it and wait until the public door answers.

        Raises:
            ServerSilent: it ended or did not answer within ``READY_SECONDS``.

        """
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdout=log,
                stderr=log,
                env={**plain_environment(), **self.environment},
                start_new_session=True,
            )
        self.wait_ready(self.public_port)
        return self

    def wait_ready(self, port: int) -> None:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and self.process and self.process.poll() is None:
            if is_answering(port):
                return
            time.sleep(0.02)
        raise ServerSilent(self.log.read_text(errors="replace")[-4000:])

    def kill(self) -> None:
        """Kill -9 the whole process group at once, and reap it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """All of it stopped in its tracks, so that something else has the machine to itself."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def send(self, number: int) -> None:
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def stop(self) -> None:
        """Ask it to stop as an operator would; kill what is left."""
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        self.kill()

    def pids(self) -> list[int]:
        """Every process of the session that `serve` started, the supervisor among them."""
        return [] if self.process is None else session_pids(self.process.pid)


def is_answering(port: int) -> bool:
    """Whether a page is answered on ``port`` without a server's fault."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def session_pids(session: int) -> list[int]:
    """The living processes of a ``session`` (zombies are not), from /proc."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


@contextlib.contextmanager
def serving(data: Path, **options: object) -> Iterator[Server]:
    """A started server over ``data``; nothing of it is left behind."""
    server = Server(data=data, **options)  # type: ignore[arg-type]
    try:
        yield server.start()
    finally:
        server.stop()
