"""A scanner in a process of its own: asked with an open file, killed when it takes too long."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tipline.adapters.scanners import wire
from tipline.adapters.scanners.wire import Cut, Frame

SIGNALS = {signal.SIGXCPU: "used up its processor time", signal.SIGKILL: "was killed"}


class ScannerFailed(Exception):
    """The scanner gave no answer on this file; says why, without the file's words."""


class Hand:
    """One scanner's process; started when first asked, and again after it died."""

    def __init__(
        self, engine: str, *, options: Mapping[str, Any], seconds: float, memory: int
    ) -> None:
        self._engine, self._options = engine, dict(options)
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """Number of the running process, if one runs."""
        return self._process.pid if self._process else None

    def ask(self, fd: int, **request: Any) -> Iterator[Frame]:
        """Ask about the open file ``fd``; gives all frames, ``done`` last.

        Whoever stops reading before ``done`` ends the process: it is in the middle of something.

        Raises:
            ScannerFailed: it died, took too long, or refused the file.

        """
        link = self._link or self._start()
        until, is_done = time.monotonic() + self._seconds, False
        try:
            wire.send(link, Frame("ask", request), fd=fd)
            while not is_done:
                frame = wire.receive(link, until=until)
                is_done = frame.kind in {"done", "failed"}
                if frame.kind == "failed":
                    raise ScannerFailed(str(frame.body.get("why", "")))
                yield frame
        except TimeoutError:
            raise ScannerFailed(f"took more than {self._seconds:g} s") from None
        except (Cut, OSError):
            raise ScannerFailed(self._tell_end()) from None
        finally:
            if not is_done:
                self.close()

    def call(self, fd: int, **request: Any) -> Mapping[str, Any]:
        """Ask for one answer; see ``ask``."""
        return [frame.body for frame in self.ask(fd, **request)][-1]

    def close(self) -> None:
        """End the process and whatever it started."""
        if self._link:
            self._link.close()
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = self._link = None

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tipline.adapters.scanners.worker", self._engine]
            told = {"link": theirs.fileno(), "memory": self._memory, "seconds": self._seconds}
            # A new environment: what parses hostile files must not hold the house's settings.
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [*command, msgspec.json.encode(told | {"options": self._options}).decode()],
                pass_fds=[theirs.fileno()],
                env={"PYTHONPATH": os.pathsep.join(_list_paths()), "PYTHONDONTWRITEBYTECODE": "1"},
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._link = ours
        return ours

    def _tell_end(self) -> str:
        if self._process is None:
            return "is not running"
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "answered nonsense"
        if code >= 0:
            return f"ended with status {code}"
        return SIGNALS.get(signal.Signals(-code), f"crashed ({signal.Signals(-code).name})")


def _list_paths() -> Iterator[str]:
    return (each for each in dict.fromkeys(sys.path) if each and Path(each).exists())
