import argparse
import csv
import json
from pathlib import Path

import pytest

from tipline import wiring
from tipline.interfaces.cli import load
from tipline.interfaces.cli.command import CommandRefused
from tipline.interfaces.cli.filing import Mapped
from tipline.interfaces.cli.tables import Row
from tipline.settings import Settings
from tipline.vault import open_record


def run_import(settings: Settings, file: Path, **changed: object) -> int:
    given = {"map": "", "sender": "import", "rejects": file.parent / "bad.jsonl", "receipts": None}
    return load._import(settings, argparse.Namespace(file=file, **{**given, **changed}))


def read_texts(settings: Settings) -> list[str]:
    key = wiring.load_desk_key(settings)
    with wiring.open_vault(settings) as vault:
        return [open_record(each, key).text.decode() for each in vault.read(after=-1, limit=5_000)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def test_files_every_good_row_once_and_names_the_bad_ones(
    settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "sms.csv"
    table.write_text("content,area\n刷单被骗,500000\n   ,110000\nPhishing link,999999\n只是举报,\n")

    status = run_import(settings, table, map="text=content,region=area")

    assert status == 1
    assert read_texts(settings) == ["刷单被骗", "只是举报"]
    bad = [json.loads(line) for line in (tmp_path / "bad.jsonl").read_text().splitlines()]
    assert [(each["line"], each["reasons"][0]["field"]) for each in bad] == [
        (3, "text"),
        (4, "region"),
    ]
    assert bad[1]["values"]["content"] == "Phishing link"


def test_a_second_run_adds_nothing_and_gives_the_same_codes(
    settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "many.jsonl"
    table.write_text(
        "".join(json.dumps({"text": f"report {each}"}) + "\n" for each in range(2_300))
    )

    run_import(settings, table, receipts=tmp_path / "first.csv")
    run_import(settings, table, receipts=tmp_path / "second.csv")

    assert read_texts(settings) == [f"report {each}" for each in range(2_300)]
    assert (tmp_path / "first.csv").read_text() == (tmp_path / "second.csv").read_text()
    with (tmp_path / "first.csv").open() as file:
        assert [int(row["leaf_index"]) for row in csv.DictReader(file)] == list(range(2_300))


def test_the_demonstration_is_filed_whole(settings: Settings) -> None:
    assert load.load_demo(settings).refused == 0
    assert len(read_texts(settings)) == 45


def test_a_table_without_the_text_column_is_refused_with_its_columns(
    settings: Settings, tmp_path: Path
) -> None:
    table = tmp_path / "other.csv"
    table.write_text("content,area\nx,1\n")

    with pytest.raises(CommandRefused, match="content, area"):
        run_import(settings, table)


@pytest.mark.parametrize("text", ["text", "words=content", "text="])
def test_a_mapping_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(CommandRefused, match="FIELD=COLUMN"):
        Mapped(text)


def test_columns_become_subjects_and_losses() -> None:
    mapped = Mapped("subject.link=url,loss.amount=lost,loss.to=card")
    row = Row(
        number=1, line=2, values={"text": "x", "url": "http://a.example", "lost": 5, "card": "1"}
    )

    assert json.loads(mapped.build(row.values)) == {
        "text": "x",
        "subjects": [{"kind": "link", "value": "http://a.example"}],
        "losses": [{"amount": "5", "to": "1"}],
    }
