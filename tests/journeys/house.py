"""A running Tipline of one's own: the command that operators type, in a new directory."""

import contextlib
import http.client
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

STARTED_WITHIN = 60
STOPPED_WITHIN = 40
TIPLINE = (sys.executable, "-m", "tipline.interfaces.cli")
ROOT = Path(__file__).parents[2]


class HouseFell(Exception):
    """A door did not open, or a command failed; what was said is in the message."""


@dataclass(frozen=True, kw_only=True)
class House:
    """One ``tipline serve`` with its data, its log and the addresses of its doors."""

    data: Path
    log: Path
    public_port: int
    desk_port: int

    @property
    def public(self) -> str:
        return f"http://127.0.0.1:{self.public_port}"

    @property
    def desk(self) -> str:
        return f"http://127.0.0.1:{self.desk_port}"

    @property
    def log_key(self) -> str:
        return (self.data / "vault" / "log.vkey").read_text().strip()

    def told(self) -> str:
        """Everything that the processes wrote."""
        return self.log.read_text(errors="replace")

    def run(self, *words: str, answers: str = "") -> str:
        """Run a command of the house and give back what it printed."""
        command = [*TIPLINE, *words, "--data", str(self.data)]
        done = subprocess.run(
            command, input=answers, capture_output=True, text=True, check=False, cwd=ROOT
        )
        if done.returncode:
            raise HouseFell(f"tipline {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def verify(self, proof: Path, text: Path) -> str:
        """Check a proof with the published verifier, as its holder would."""
        command = [sys.executable, ROOT / "docs" / "verify.py", proof, text, "--key", self.log_key]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
        return done.stdout + done.stderr

    def wait_for(self, address: str) -> None:
        """Wait until a door answers."""
        until = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < until:
            if _answers(address):
                return
            time.sleep(0.1)
        raise HouseFell(f"{address} did not answer: {self.told()[-3000:]}")


@contextlib.contextmanager
def open_house(folder: Path, *settings: str) -> Iterator[House]:
    """Start ``tipline serve`` with one worker, and stop it as an operator would."""
    ports = find_ports()
    house = House(
        data=folder / "data", log=folder / "log.txt", public_port=ports[0], desk_port=ports[1]
    )
    command = [*TIPLINE, "serve", "--data", str(house.data), "--workers", "1", *settings]
    command += ["--public-port", str(ports[0]), "--desk-port", str(ports[1])]
    with house.log.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT)
    try:
        house.wait_for(f"{house.public}/en/")
        yield house
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOPPED_WITHIN)


def find_ports() -> list[int]:
    """Find two ports that nobody uses."""
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _door in range(2)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in found]


def make_password() -> str:
    """Make a password that the desk takes."""
    return secrets.token_urlsafe(16)


def _answers(address: str) -> bool:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=5)
    try:
        connection.request("GET", place.path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
