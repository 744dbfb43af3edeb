"""Check a package from the command line."""

import json
from pathlib import Path

import pytest

from tests.adapters.package.sample import NOW, make_folder
from tipline import wiring
from tipline.interfaces.cli import main
from tipline.settings import Settings


@pytest.fixture
def package(tmp_path: Path) -> Path:
    settings, out = Settings(data=tmp_path / "data"), tmp_path / "look.zip"
    wiring.seal_evidence(settings, make_folder(tmp_path / "work"), out=out, by="t", now=NOW)
    return out


def test_a_good_package_is_good_and_its_limits_are_said(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["verify", str(package), "--data", str(package.parent / "data")])

    shown = capsys.readouterr().out
    assert status == 0
    assert "GOOD look" in shown
    assert "trust in oneself" in shown


def test_what_is_wrong_is_named(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = package.read_bytes()
    package.write_bytes(data.replace(b"text of the page", b"text of the pagE", 1))

    status = main(["verify", str(package), "--json", "--data", str(package.parent / "data")])

    told = json.loads(capsys.readouterr().out)
    assert status == 1
    assert told["good"] is False
    assert [each["where"] for each in told["faults"]] == ["pages/0001/text.txt"]


def test_a_root_that_is_not_there_is_refused(package: Path) -> None:
    assert main(["verify", str(package), "--ca", str(package.parent / "none.pem")]) == 2


def test_without_openssl_nothing_is_said_of_the_package(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(package.parent))

    status = main(["verify", str(package), "--data", str(package.parent / "data")])

    said = capsys.readouterr()
    assert status == 2
    assert "not installed" in " ".join(said.err.split())
    assert "GOOD" not in said.out
