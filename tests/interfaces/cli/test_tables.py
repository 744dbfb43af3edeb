import gzip
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, strategies as st

from tipline.interfaces.cli.tables import RejectFile, Row, TableRefused, read_table


def test_reads_csv_rows_with_their_line_numbers(tmp_path: Path) -> None:
    table = tmp_path / "reports.csv"
    table.write_bytes('\ufefftext,region\n第一条,110000\n"two\nlines",\nthird,120000\n'.encode())

    rows = list(read_table(table))

    assert [(row.number, row.line) for row in rows] == [(1, 2), (2, 3), (3, 5)]
    assert [row.values for row in rows] == [
        {"text": "第一条", "region": "110000"},
        {"text": "two\nlines"},
        {"text": "third", "region": "120000"},
    ]


def test_names_each_bad_row_and_reads_the_others(tmp_path: Path) -> None:
    table = tmp_path / "reports.csv"
    table.write_bytes(b'text,region\ngood,1\ntoo,many,cells\nbad \xff byte,2\n"a"b,3\nlast,4\n')

    rows = list(read_table(table))

    refused = {row.line: row.refused for row in rows if row.refused}
    assert set(refused) == {3, 4, 5}
    assert "3 cells" in refused[3]
    assert "UTF-8" in refused[4]
    assert "not CSV" in refused[5]
    assert [row.values["text"] for row in rows if not row.refused] == ["good", "last"]


def test_a_quote_never_closed_loses_nothing(tmp_path: Path) -> None:
    table = tmp_path / "reports.csv"
    table.write_text('text,region\ngood,1\n"open,2\nswallowed,3\n')

    *_, bad = read_table(table)

    assert bad.refused
    assert "swallowed,3" in bad.values[""]


def test_reads_jsonl_gz_and_names_bad_lines(tmp_path: Path) -> None:
    table = tmp_path / "reports.jsonl.gz"
    lines = ['{"text": "one"}', "", "[1]", '{"text": "broken', '{"text": "two"}']
    table.write_bytes(gzip.compress("\n".join(lines).encode()))

    rows = list(read_table(table))

    assert [(row.line, bool(row.refused)) for row in rows] == [
        (1, False),
        (3, True),
        (4, True),
        (5, False),
    ]


def test_reads_parquet(tmp_path: Path) -> None:
    table = tmp_path / "reports.parquet"
    pl.DataFrame({"text": ["one", "two"], "region": [None, "110000"]}).write_parquet(table)

    rows = list(read_table(table))

    assert [row.values for row in rows] == [{"text": "one"}, {"text": "two", "region": "110000"}]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("reports.xlsx", b"PK", "must end in"),
        ("broken.parquet", b"PAR1", "not Parquet"),
    ],
)
def test_refuses_what_is_no_table(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(TableRefused, match=words):
        list(read_table(tmp_path / name))


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match="no such file"):
        list(read_table(tmp_path / "gone.csv"))


@given(content=st.binary(max_size=300))
def test_never_raises_on_any_bytes(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    table = tmp_path_factory.mktemp("bytes") / "any.csv"
    table.write_bytes(b"text,region\n" + content)

    rows = list(read_table(table))

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert all(
        2 <= row.line <= table.read_bytes().count(b"\n") + 2 + content.count(b"\r") for row in rows
    )


def test_the_reject_file_keeps_row_and_reasons(tmp_path: Path) -> None:
    rejects = RejectFile(tmp_path / "rejects.jsonl")
    row = Row(number=7, line=9, values={"text": "\udcff bad"})

    rejects.add(row, reasons=[{"field": "text", "reason": "not UTF-8"}])
    rejects.close()

    kept = json.loads((tmp_path / "rejects.jsonl").read_text())
    assert (kept["line"], kept["row"]) == (9, 7)
    assert kept["reasons"] == [{"field": "text", "reason": "not UTF-8"}]
    assert "bad" in kept["values"]["text"]
