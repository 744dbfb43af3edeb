"""The system's ClamAV with a database of one line; without it nothing is called clean."""

import datetime as dt
import hashlib
import os
import shutil
from pathlib import Path

import pytest

from tests.adapters.scanners.test_line import EICAR
from tipline.adapters.scanners.clamav import ClamAV, read_database
from tipline.interfaces.sites.files import pack_tar, pack_zip

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
needs_clamav = pytest.mark.skipif(not shutil.which("clamscan"), reason="ClamAV is not installed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database that knows one file, made five days ago."""
    made = tmp_path / "database"
    made.mkdir()
    digest = hashlib.sha256(EICAR).hexdigest()
    (made / "own.hsb").write_text(f"{digest}:{len(EICAR)}:Tipline.Test.File:73\n")
    at = (NOW - dt.timedelta(days=5)).timestamp()
    os.utime(made / "own.hsb", (at, at))
    return made


def write(folder: Path, **files: bytes) -> list[Path]:
    paths = []
    for name, data in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    return paths


@needs_clamav
def test_it_names_what_the_database_knows_and_tells_its_age(folder: Path, tmp_path: Path) -> None:
    found, inside, plain = write(
        tmp_path, found=EICAR, inside=pack_zip({"a": EICAR}), plain=b"text"
    )

    said = ClamAV(folder).scan([found, inside, plain], now=NOW)

    assert [said[each].word for each in (found, inside, plain)] == [
        "malicious",
        "malicious",
        "clean",
    ]
    assert said[found].detail.startswith("Tipline.Test.File")
    assert said[plain].detail == "database 5 days old, 1 signatures"


@needs_clamav
def test_an_old_database_clears_nobody(folder: Path, tmp_path: Path) -> None:
    found, plain = write(tmp_path, found=pack_tar({"a": EICAR}), plain=b"text")

    said = ClamAV(folder).scan([found, plain], now=NOW + dt.timedelta(days=60))

    assert [said[each].word for each in (found, plain)] == ["malicious", "not_scanned"]


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    (plain,) = write(tmp_path, plain=b"text")

    said = ClamAV(tmp_path / "none").scan([plain], now=NOW)

    assert said[plain].word == "not_scanned"


@needs_clamav
def test_a_broken_database_fails_every_file_and_raises_nothing(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "own.hsb").write_text("no signature at all\n")
    first, second = write(tmp_path, first=EICAR, second=b"text")

    said = ClamAV(folder).scan([first, second], now=NOW)

    assert {each.word for each in said.values()} == {"failed"}


def test_the_head_of_an_official_database_is_read(tmp_path: Path) -> None:
    head = b"ClamAV-VDB:07 Nov 2026 08-27 +0000:27815:2071234:90:x:x:raynman:1:".ljust(512)
    (tmp_path / "daily.cvd").write_bytes(head + b"\0" * 100)
    (tmp_path / "notes.txt").write_text("not a database")

    database = read_database(tmp_path)

    assert database is not None
    assert database.built_at == dt.datetime(2026, 11, 7, 8, 27, tzinfo=dt.UTC)
    assert (database.signatures, database.files) == (2_071_234, 1)
