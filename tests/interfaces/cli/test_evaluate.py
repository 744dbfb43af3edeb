"""tipline evaluate: prints figures, and refuses what it cannot measure."""

import json
from pathlib import Path

import pytest

from tipline.interfaces.cli import main

LINE = {
    "text": "转账到6222021000001234011，共300元",
    "part": "dev",
    "expect": [
        {"kind": "bank_card", "value": "6222021000001234011"},
        {"kind": "amount_cny", "value": "300"},
        {"kind": "email", "value": "nobody@nowhere.example"},
    ],
}
MESSAGE = {
    "text": "加微信abcd1234",
    "spans": [{"start": 3, "end": 11, "type": "wechat", "value": "abcd1234"}],
}


def write(path: Path, *rows: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return str(path)


def test_figures_for_both_kinds_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = write(tmp_path / "lines.jsonl", LINE)
    messages = write(tmp_path / "messages.jsonl", MESSAGE)

    assert main(["evaluate", "extract", lines, messages, "--show-wrong"]) == 0

    said = capsys.readouterr().out
    assert "0.667" in said  # two of three
    assert "1.000" in said
    assert "nobody@nowhere.example" in said
    assert "of 0 other numbers 0 were taken" in said


@pytest.mark.parametrize("row", [{"text": "x"}, {}])
def test_texts_without_answers_are_refused(row: dict[str, object], tmp_path: Path) -> None:
    assert main(["evaluate", "extract", write(tmp_path / "x.jsonl", row)]) == 2


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert main(["evaluate", "extract", str(tmp_path / "none.jsonl")]) == 2
