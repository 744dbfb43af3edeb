"""Run the yardstick under one of two servers, over a fresh database."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.load.postgres import fresh_url
from benchmarks.load.server import ServerSilent, free_ports, is_answering, plain_environment

WAIT_SECONDS = 30
KINDS = ("tuned", "gunicorn", "default")
APP = "benchmarks.baseline.app:app"
GRANIAN = ("-m", "granian", APP, "--interface", "wsgi", "--backlog", "4096", "--no-ws")
GRANIAN += ("--log-level", "error", "--blocking-threads", "8")
WORKERS = {"sqlite": "1", "postgres": "2"}  # what serves it best: on SQLite two fight for the lock
# Two workers, one a core, of eight threads each: what its documentation tells for threads.
GUNICORN = ("-m", "gunicorn", APP, "--workers", "2", "--threads", "8", "--backlog", "4096")
GUNICORN += ("--log-level", "error", "--no-control-socket")


@contextlib.contextmanager
def serving_baseline(
    directory: Path, *, engine: str, kind: str, environment: Mapping[str, str]
) -> Iterator[int]:
    """The yardstick of a ``kind`` (tuned, gunicorn or default) as a running server; gives its port."""
    with contextlib.ExitStack() as stack:
        given = {
            **plain_environment(),
            **environment,
            "BASELINE_DATABASE": str(directory / f"baseline-{kind}.db"),
            "BASELINE_SETTINGS": kind,
        }
        if engine == "postgres":
            given["BASELINE_DATABASE"] = stack.enter_context(fresh_url("baseline"))
        make = [sys.executable, "-m", "benchmarks.baseline.app"]
        subprocess.run(make, env=given, check=True)
        [port] = free_ports(1)
        command = [sys.executable, *plan_server(kind, engine, port)]
        process = subprocess.Popen(command, env=given, start_new_session=True)
        stack.callback(end_group, process)
        wait_answer(port)
        yield port


def plan_server(kind: str, engine: str, port: int) -> tuple[str, ...]:
    """What follows the interpreter's name on the command line of a server of that ``kind``."""
    if kind == "gunicorn":
        return (*GUNICORN, "--bind", f"127.0.0.1:{port}")
    return (*GRANIAN, "--workers", WORKERS[engine], "--port", str(port))


def wait_answer(port: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not is_answering(port):
        if time.monotonic() > until:
            raise ServerSilent("the baseline did not answer")
        time.sleep(0.05)


def end_group(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(10)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()
