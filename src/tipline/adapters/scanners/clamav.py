"""ClamAV, where the system has it, with the operator's signature databases.

A running daemon is asked first, since loading a full database takes many seconds; else one run of
``clamscan`` looks at all files of a batch. Output is one line a file: ``PATH: NAME FOUND`` or ``OK``.
"""

import contextlib
import datetime as dt
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tipline.domain.evidence.files.signatures import judge
from tipline.domain.evidence.files.verdict import Verdict

ENDINGS = frozenset(
    [
        ".cvd",
        ".cld",
        ".cud",
        ".hdb",
        ".hsb",
        ".hdu",
        ".hsu",
        ".mdb",
        ".msb",
        ".mdu",
        ".msu",
        ".ndb",
        ".ndu",
        ".ldb",
        ".ldu",
        ".cdb",
        ".yar",
        ".yara",
    ]
)
SECONDS_FILE, SECONDS_LOAD, SECONDS_CPU = 20, 120, 600
MEMORY = 6 << 30  # a full database takes about 1.3 GiB, archives come on top
# What ClamAV names when it stopped at a limit of its own instead of finding something.
STOPPED = re.compile(r"^Heuristics\.Limits\.Exceeded")
LOCKED = re.compile(r"^Heuristics\.Encrypted")
VERSION = re.compile(r"ClamAV-VDB:([^:]+):(\d+):(\d+):")


@dataclass(frozen=True, kw_only=True)
class Database:
    """The signature databases of a folder: when the newest was made, and how many signatures."""

    folder: Path
    built_at: dt.datetime
    signatures: int
    files: int


def read_database(folder: Path) -> Database | None:
    """Read age and size of the databases in ``folder``; None when there are none."""
    try:
        found = sorted(each for each in folder.iterdir() if each.suffix in ENDINGS)
    except OSError:
        return None
    told = [_read_head(each) for each in found]
    if not told:
        return None
    return Database(
        folder=folder,
        built_at=max(each[0] for each in told),
        signatures=sum(each[1] for each in told),
        files=len(told),
    )


def _read_head(path: Path) -> tuple[dt.datetime, int]:
    with path.open("rb") as held:
        head = held.read(512)
        version = VERSION.match(head.decode("latin-1"))
        if version:
            text = version[1].replace("-", ":")
            with contextlib.suppress(ValueError):
                return dt.datetime.strptime(text, "%d %b %Y %H:%M %z"), int(version[3])
        count = head.count(b"\n") + sum(
            block.count(b"\n") for block in iter(lambda: held.read(1 << 20), b"")
        )
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC), count


class ClamAV:
    """ClamAV over batches of files. ``folder`` holds the databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scanner = shutil.which("clamscan")
        self.client = shutil.which("clamdscan")
        self.database = read_database(folder)

    def scan(self, paths: Sequence[Path], *, now: dt.datetime) -> dict[Path, Verdict]:
        """Look at ``paths``; one verdict for each, whatever happens."""
        reason = self._find_obstacle()
        if reason or self.database is None:
            return {path: Verdict("clamav", "not_scanned", reason) for path in paths}
        said = self._ask(paths, seconds=SECONDS_LOAD + SECONDS_FILE * len(paths))
        for path in paths:  # one file that ends the scanner must not hide the others
            if path not in said and len(paths) > 1:
                said |= self._ask([path], seconds=SECONDS_LOAD + SECONDS_FILE)
        return {path: self._judge(said.get(path), now=now) for path in paths}

    def _find_obstacle(self) -> str:
        if self.scanner is None and self.client is None:
            return "ClamAV is not installed"
        return "" if self.database else f"no signature database in {self.folder}"

    def _judge(self, said: str | None, *, now: dt.datetime) -> Verdict:
        if said is None or self.database is None:
            return Verdict("clamav", "failed", "it ended without a word on this file")
        if LOCKED.match(said):
            return Verdict("clamav", "not_scanned", "locked with a password")
        if STOPPED.match(said):
            return Verdict("clamav", "suspicious", "it unfolds beyond the scanner's limits")
        return judge(
            scanner="clamav",
            found=said,
            built_at=self.database.built_at,
            now=now,
            count=self.database.signatures,
        )

    def _ask(self, paths: Sequence[Path], *, seconds: int) -> dict[Path, str]:
        with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as listed:
            listed.write("".join(f"{path.absolute()}\n" for path in paths))
            listed.flush()
            lines = _run(self._command(listed.name), seconds=seconds)
        by_name = {str(path.absolute()): path for path in paths}
        return dict(_read_lines(lines, by_name))

    def _command(self, listed: str) -> list[str]:
        common = ["--no-summary", "--stdout", f"--file-list={listed}"]
        if self.client and _is_daemon_up(self.client):
            return [self.client, "--fdpass", *common]
        return [
            self.scanner or "clamscan",
            f"--database={self.folder}",
            f"--max-scantime={SECONDS_FILE * 1000}",
            "--alert-exceeds-max=yes",
            "--max-filesize=200M",
            "--max-scansize=400M",
            *common,
        ]


def _is_daemon_up(client: str) -> bool:
    with contextlib.suppress(subprocess.SubprocessError, OSError):
        asked = subprocess.run(  # noqa: S603 - the system's own program
            [client, "--ping", "1"], capture_output=True, timeout=5, check=False
        )
        return asked.returncode == 0
    return False


def _run(command: list[str], *, seconds: int) -> str:
    process = subprocess.Popen(  # noqa: S603 - the system's own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    )
    with contextlib.suppress(ProcessLookupError):
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (SECONDS_CPU, SECONDS_CPU))
        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        out, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        out, _ = process.communicate()
    return out.decode("utf-8", "replace")


def _read_lines(lines: str, by_name: dict[str, Path]) -> Iterator[tuple[Path, str]]:
    for line in lines.splitlines():
        name, _, said = line.rpartition(": ")
        if name in by_name and said == "OK":
            yield by_name[name], ""
        elif name in by_name and said.endswith(" FOUND"):
            yield by_name[name], said.removesuffix(" FOUND")
