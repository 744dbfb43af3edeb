"""The command links a file, tells why, and says what is wrong with a file."""

from pathlib import Path

import polars as pl
import pytest

from tipline.interfaces.cli import main


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    rows = [
        (report, kind, value)
        for report in (1, 2, 3)
        for kind, value in (("phone", "139"), ("wechat", "wx1"))
    ]
    path = tmp_path / "in.parquet"
    rows.append((9, "phone", "1"))
    pl.DataFrame(rows, schema=["report_id", "kind", "value"], orient="row").write_parquet(path)
    return path


def test_clusters_are_written(edges: Path, tmp_path: Path) -> None:
    assert main(["link", str(edges), "--output", str(tmp_path / "out.parquet")]) == 0

    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.rows() == [(1, 1), (2, 1), (3, 1), (9, 9)]


def test_a_chain_is_told(edges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", str(edges), "--explain", "1", "3"]) == 0

    assert "1 and 3 both name phone '139'" in " ".join(capsys.readouterr().out.split())
    assert main(["link", str(edges), "--explain", "1", "9"]) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["{edges}"], "say --output"),
        (["{edges}.no", "--output", "{edges}.out"], "no such file"),
        (["{edges}", "--output", "{edges}/no/out"], "no such folder"),
        (["{edges}", "--explain", "1", "77"], "no report 77"),
    ],
)
def test_what_is_wrong_is_said(
    edges: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["link", *(each.format(edges=edges) for each in arguments)]) != 0

    assert told in " ".join(capsys.readouterr().err.split())
