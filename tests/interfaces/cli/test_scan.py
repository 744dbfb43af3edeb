"""Scan files from the command line, and the downloads of an inspection from the wiring."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from tipline import wiring
from tipline.interfaces.cli import main
from tipline.interfaces.sites.files import list_samples
from tipline.settings import Settings

SAMPLES = {sample.name: sample.data for sample in list_samples()}
NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)


def test_a_trap_is_shown_with_its_signs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "setup.exe").write_bytes(SAMPLES["setup.exe"])

    status = main(["scan", str(tmp_path / "setup.exe"), "--data", str(tmp_path / "data")])

    shown = capsys.readouterr().out
    assert status == 1
    assert "suspicious" in shown
    assert "plant code" in shown


def test_machines_read_one_line_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("editor.exe", "page.zip"):
        (tmp_path / name).write_bytes(SAMPLES[name])
    paths = [str(tmp_path / name) for name in ("editor.exe", "page.zip")]

    status = main(
        ["scan", *paths, "--json", "--data", str(tmp_path / "data"), "--clamav-dir", str(tmp_path)]
    )

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [line["path"] for line in lines] == paths
    assert lines[0]["verdicts"][-1] == ["clamav", "not_scanned", lines[0]["verdicts"][-1][2]]
    assert {line["word"] for line in lines} == {"not_scanned"}


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert main(["scan", str(tmp_path / "none"), "--data", str(tmp_path / "data")]) == 2


def test_what_is_learnt_of_a_download_lies_beside_it(tmp_path: Path) -> None:
    data = SAMPLES["plain.exe"]
    digest = hashlib.sha256(data).hexdigest()
    kept = tmp_path / "downloads" / f"{digest}.bin"
    kept.parent.mkdir()
    kept.write_bytes(data)
    row = {"url": "http://a.example/", "name": "发票.pdf.exe", "sha256": digest}
    (tmp_path / "downloads.jsonl").write_text(json.dumps(row) + "\n")

    (report,) = wiring.scan_files(Settings(data=tmp_path / "data"), [kept], now=NOW)

    told = json.loads(kept.with_suffix(".scan.json").read_text("utf-8"))
    assert set(told) == {"sha256", "type", "verdicts", "indicators", "facts"}
    assert told["sha256"] == report.sha256 == digest
    assert ["name.double", {"ending": ".pdf.exe"}] in told["indicators"]
