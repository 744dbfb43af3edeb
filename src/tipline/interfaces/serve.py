"""Run public door, desk and workers as separate processes and keep them running."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tipline.settings import Settings

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 20
ASK_SECONDS = 1
# The public door must shed half-open connections before they crowd out an honest report.
GRANIAN = ("--http1-header-read-timeout", "5000", "--backlog", "16384", "--no-access-log")


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent is gone (Linux; elsewhere no-op)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def share_cores(count: int) -> None:
    """Keep this thread, and those that it will start, on the last ``count`` of its cores; 0: on all.

    For a process whose threads take turns at running Python: handing the turn from core to core
    costs more than a second core brings (docs/adr/0021). Linux; elsewhere no-op.
    """
    if count and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-count:])


def list_children(pid: int) -> list[int]:
    """List the processes that a process has started (Linux; elsewhere none)."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _prepare_nothing() -> None:
    return


@dataclass
class Child:
    """One supervised process: what it is called, how it starts, when it last did.

    ``prepare`` runs once, before the first start and after the children before it have started.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    prepare: Callable[[], None] = _prepare_nothing
    process: subprocess.Popen[bytes] | None = None
    started: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start the process; it dies with this one."""
        self.started.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: S603 - our own commands only
            self.command,
            env={**os.environ, **self.environment},
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one prctl call, no threads yet
        )

    def ended(self) -> bool:
        """Whether the process has ended."""
        return self.process is not None and self.process.poll() is not None

    def pause(self) -> float:
        """Seconds to wait before the next start: longer when it keeps dying."""
        recent = [at for at in self.started if at > time.monotonic() - 60]
        return float(min(0.2 * 2 ** len(recent), 10.0))

    def stop(self) -> None:
        """Ask the process to finish; kill it when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        until, asked = time.monotonic() + STOP_SECONDS, [self.process.pid]
        while self.process.poll() is None and time.monotonic() < until:
            for pid in asked:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(ASK_SECONDS)
            # A server that was just starting its own process did not pass the signal on.
            asked = [self.process.pid, *list_children(self.process.pid)]
        self.process.kill()
        self.process.wait()


class PartUnknown(ValueError):
    """The setting ``parts`` names a part that there is not."""


def plan_parts(settings: Settings) -> list[Child]:
    """Plan the parts that the settings name, in the order in which they start.

    Raises:
        PartUnknown: a part is none of public, desk and worker.

    """
    wanted = [each.strip() for each in settings.parts.split(",") if each.strip()]
    plans = {"public": [plan_public], "desk": [plan_desk], "worker": []}
    unknown = [each for each in wanted if each not in plans]
    if unknown or not wanted:
        raise PartUnknown(f"setting parts: {settings.parts!r}; name any of {', '.join(plans)}")
    children = [plan(settings) for part in plans if part in wanted for plan in plans[part]]
    if "worker" in wanted:
        children += [plan_worker(settings, each) for each in range(1, settings.workers + 1)]
    return children


def plan_public(settings: Settings) -> Child:
    """Plan the public door: ASGI, one process, owner of the vault."""
    app = ("tipline.interfaces.gateway:app", "--interface", "asgi", "--backpressure", "16384")
    return _plan_granian("public", settings, (*app, "--port", str(settings.public_port)))


def plan_desk(settings: Settings) -> Child:
    """Plan the desk: Django under WSGI, many threads."""
    app = ("tipline.interfaces.desk.wsgi:app", "--interface", "wsgi", "--blocking-threads", "4")
    return _plan_granian("desk", settings, (*app, "--port", str(settings.desk_port)))


def plan_worker(settings: Settings, number: int) -> Child:
    """Plan one worker process."""
    command = [sys.executable, "-m", "tipline.interfaces.worker"]
    return Child(f"worker-{number}", command, _environment(settings, "desk"))


def _environment(settings: Settings, side: str) -> dict[str, str]:
    which = {"TIPLINE_SIDE": side, "DJANGO_SETTINGS_MODULE": "tipline.settings"}
    return {**settings.environment(), **which}


def _plan_granian(side: str, settings: Settings, app: tuple[str, ...]) -> Child:
    command = [sys.executable, "-m", "granian", *app, *GRANIAN, "--host", settings.bind]
    command += ["--workers", "1", "--loop", "uvloop", "--log-level", "warning"]
    command += ["--respawn-failed-workers"]
    return Child(side, command, _environment(settings, side))


@contextlib.contextmanager
def _stop_on_signal() -> Iterator[Callable[[], bool]]:
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: asked.append(got))
    yield lambda: bool(asked)


def supervise(children: list[Child], *, tell: Callable[[str], None]) -> None:
    """Start ``children`` in order and restart whichever ends, until asked to stop.

    Whatever ``prepare`` of a child raises stops them all and goes on to the caller.
    """
    with _stop_on_signal() as is_asked:
        try:
            for child in children:
                child.prepare()
                child.start()
            while not is_asked():
                time.sleep(0.1)
                _restart_ended(children, is_asked=is_asked, tell=tell)
        finally:
            for child in reversed(children):
                child.stop()


def _restart_ended(
    children: list[Child], *, is_asked: Callable[[], bool], tell: Callable[[str], None]
) -> None:
    for child in children:
        if child.ended() and not is_asked():
            tell(f"{child.name} ended; starting it again")
            time.sleep(child.pause())
            child.start()


def free_of_others(path: Path) -> bool:
    """Whether ``path`` is missing, empty or a Tipline data directory, so that we may use it."""
    if not path.exists() or not any(path.iterdir()):
        return True
    return any((path / name).exists() for name in ("vault", "desk", "run"))
