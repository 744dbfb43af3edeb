"""Whole files: every row once and in order, bad rows by name, and on from where it was stopped."""

import gzip
import json

import polars as pl
import pytest

from tipline.interfaces.cli import main
from tipline.interfaces.cli.bulk import run as running, texts as reading
from tipline.interfaces.cli.bulk.checkpoint import Checkpoint

TEXTS = [f"第{number}条，加微信 tuodan_{number}，电话 139{number:08d}" for number in range(57)]


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    monkeypatch.setattr(reading, "BATCH", 10)
    monkeypatch.setattr(reading, "AT_ONCE", 20)
    monkeypatch.setattr(running, "EVERY_SECONDS", 0)
    monkeypatch.setattr("tipline.settings.set_up_django", lambda _side: None)  # it is set up here


def write_csv(path, rows=TEXTS):
    is_packed = path.suffix == ".gz"
    with gzip.open(path, "wt", encoding="utf-8") if is_packed else path.open("w") as file:
        file.write("id,text\n")
        file.writelines(f'{number},"{text}"\n' for number, text in enumerate(rows))


def write_jsonl(path):
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS))


def write_parquet(path):
    pl.DataFrame({"text": TEXTS, "n": range(57)}).write_parquet(path, row_group_size=13)


WRITERS = {
    "in.csv": write_csv,
    "in.csv.gz": write_csv,
    "in.jsonl": write_jsonl,
    "in.parquet": write_parquet,
}


def triage(tmp_path, name="in.csv", output="out.jsonl", **flags):
    options = [part for key, value in flags.items() for part in (f"--{key}", str(value))]
    given = ["triage", str(tmp_path / name), "--output", str(tmp_path / output), "--processes", "1"]
    return main([*given, "--data", str(tmp_path / "data"), *options])


def load(path):
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("output", ["out.jsonl", "out.parquet"])
@pytest.mark.parametrize("name", list(WRITERS))
def test_every_row_has_its_line_in_order(tmp_path, name, output):
    WRITERS[name](tmp_path / name)

    assert triage(tmp_path, name, output) == 0

    lines = load(tmp_path / output)
    assert [line["row"] for line in lines] == list(range(57))
    assert [line["identifiers"][-1]["value"] for line in lines] == [
        f"+86139{number:08d}" for number in range(57)
    ]
    assert len({line["template"] for line in lines}) == 1
    left = {each.name for each in tmp_path.iterdir()} - {"data"}
    assert left == {name, output}


def test_parquet_and_jsonl_tell_the_same(tmp_path):
    write_csv(tmp_path / "in.csv", [*TEXTS, "刚刚转账38000元，老人全部积蓄"])
    for output in ("out.jsonl", "out.parquet"):
        triage(tmp_path, output=output)

    plain, table = load(tmp_path / "out.jsonl"), load(tmp_path / "out.parquet")

    for row in table:
        parts = row["priority_parts"].items()
        row["priority_parts"] = {name: points for name, points in parts if points is not None}
    assert plain == table


def test_a_row_that_cannot_be_read_is_named_and_keeps_its_place(tmp_path):
    lines = [
        '{"text": "电话 13900001234"}',
        '{"text": ',
        '{"other": 1}',
        '{"text": 5}',
        '{"text": ""}',
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n")

    assert triage(tmp_path, "in.jsonl") == 1

    written = load(tmp_path / "out.jsonl")
    assert [line["row"] for line in written] == [0, 1, 2, 3, 4]
    assert [bool(line["template"]) for line in written] == [True, False, False, False, True]
    bad = load(tmp_path / "out.jsonl.rejects.jsonl")
    assert [(each["row"], each["line"]) for each in bad] == [(1, 2), (2, 3), (3, 4)]
    assert bad[1]["reason"] == "no text in text"
    assert "13900001234" not in (tmp_path / "out.jsonl.rejects.jsonl").read_text()


@pytest.mark.parametrize("output", ["out.jsonl", "out.parquet"])
@pytest.mark.parametrize("stop", [1, 2, 5])
def test_a_run_that_was_cut_off_goes_on_and_ends_the_same(tmp_path, monkeypatch, output, stop):
    write_csv(tmp_path / "in.csv", [*TEXTS[:15], 'bad"', *TEXTS[15:]])
    triage(tmp_path, output=f"whole-{output}")
    whole = load(tmp_path / f"whole-{output}")
    keep, kept = Checkpoint.keep, []

    def die(self, progress):
        if len(kept) == stop:
            raise KeyboardInterrupt
        kept.append(progress)
        keep(self, progress)

    with monkeypatch.context() as patch:
        patch.setattr(Checkpoint, "keep", die)  # lines are written that no checkpoint knows of
        assert triage(tmp_path, output=output) == 130
    assert not (tmp_path / output).exists()

    assert triage(tmp_path, output=output) == 1

    assert load(tmp_path / output) == whole
    rejects = f"{output}.rejects.jsonl"
    assert load(tmp_path / rejects) == load(tmp_path / f"whole-{rejects}")
    assert len(load(tmp_path / rejects)) == 1


def test_the_rest_of_another_run_is_not_taken_for_this_one(tmp_path, monkeypatch, capsys):
    write_csv(tmp_path / "in.csv")
    with monkeypatch.context() as patch:
        patch.setattr("tipline.interfaces.cli.bulk.outputs.JsonLinesOutput.finish", _interrupt)
        assert triage(tmp_path) == 130
    write_csv(tmp_path / "in.csv", TEXTS[::-1])

    assert triage(tmp_path) == 2

    assert "of something else lies beside it" in " ".join(capsys.readouterr().err.split())


def _interrupt(_self):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("name", "flags", "words"),
    [
        ("in.csv", {"text-column": "body"}, "no column body"),
        ("in.parquet", {"text-column": "n"}, "not a column of texts"),
        ("none.csv", {}, "no such file"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason(tmp_path, capsys, name, flags, words):
    if name in WRITERS:
        WRITERS[name](tmp_path / name)

    assert triage(tmp_path, name, **flags) == 2

    assert words in " ".join(capsys.readouterr().err.split())


def test_an_output_of_another_kind_is_refused(tmp_path, capsys):
    write_csv(tmp_path / "in.csv")

    assert triage(tmp_path, output="out.txt") == 2

    assert ".jsonl" in capsys.readouterr().err


def test_a_file_is_grouped_by_what_its_texts_tell(tmp_path):
    told = "尊敬的客户您的贷款额度已经审批通过请尽快添加专员办理放款手续过期作废"
    changed = told.replace("尽快添加专员", "立即联系经理")
    rows = [f"{told}1390000{number:04d}" for number in range(25)]
    write_csv(
        tmp_path / "in.csv",
        [*rows, changed, "短", "恭喜您的手机号码被节目组抽中二等奖请登录官网", changed],
    )
    output = tmp_path / "groups.parquet"
    given = [str(tmp_path / "in.csv"), "--output", str(output), "--data", str(tmp_path / "data")]

    assert main(["templates", *given]) == 0

    lines = load(output)
    assert [line["row"] for line in lines] == list(range(29))
    first = lines[0]["template"]
    assert {line["group"] for line in (*lines[:26], lines[28])} == {first}
    assert [line["is_same"] for line in lines] == [False] + [True] * 24 + [False] * 3 + [True]
    assert 0.3 <= lines[25]["likeness"] < 1
    assert (lines[26]["group"], lines[27]["group"]) == ("", lines[27]["template"])


def test_an_empty_file_has_nothing_to_group(tmp_path):
    write_csv(tmp_path / "in.csv", [])
    given = [str(tmp_path / "in.csv"), "--output", str(tmp_path / "groups.parquet")]

    assert main(["templates", *given, "--data", str(tmp_path / "data")]) == 2
    assert not list(tmp_path.glob("groups.parquet*"))
