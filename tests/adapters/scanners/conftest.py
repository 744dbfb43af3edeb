import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tipline.adapters.scanners.line import Line, Options
from tipline.domain.evidence.files.opening import Limits
from tipline.domain.evidence.files.verdict import FileReport

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
Scan = Callable[..., FileReport]


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """All scanners, started once; ClamAV has no database here."""
    empty = tmp_path_factory.mktemp("clamav")
    limits = Limits(bytes_max=64 << 20, member_bytes_max=32 << 20, members_max=300, seconds_max=10)
    with Line(Options(clamav=empty, seconds=15, limits=limits)) as opened:
        yield opened


@pytest.fixture
def scan(line: Line, tmp_path: Path) -> Scan:
    """Scan bytes as a file of a name."""

    def scan(data: bytes, name: str = "file.bin") -> FileReport:
        path = tmp_path / "held"
        path.write_bytes(data)
        (report,) = line.scan([path], names={path: name}, now=NOW)
        return report

    return scan
