"""Run the yardstick under the server that serves it best, over a fresh database."""

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
ENGINES = {
    "sqlite": ("--workers", "1", "--blocking-threads", "8"),
    "postgres": ("--workers", "2", "--blocking-threads", "8"),
}


@contextlib.contextmanager
def serving_baseline(
    directory: Path, *, engine: str, environment: Mapping[str, str]
) -> Iterator[int]:
    """The yardstick as a running server; gives its port."""
    with contextlib.ExitStack() as stack:
        given = {
            **plain_environment(),
            **environment,
            "BASELINE_DATABASE": str(directory / "baseline.db"),
        }
        if engine == "postgres":
            given["BASELINE_DATABASE"] = stack.enter_context(fresh_url("baseline"))
        make = [sys.executable, "-m", "benchmarks.baseline.app"]
        subprocess.run(make, env=given, check=True)
        [port] = free_ports(1)
        command = [
            sys.executable,
            "-m",
            "granian",
            "benchmarks.baseline.app:app",
            "--interface",
            "wsgi",
        ]
        command += ["--port", str(port), "--backlog", "4096", "--no-ws", "--log-level", "error"]
        process = subprocess.Popen([*command, *ENGINES[engine]], env=given, start_new_session=True)
        stack.callback(end_group, process)
        wait_answer(port)
        yield port


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
