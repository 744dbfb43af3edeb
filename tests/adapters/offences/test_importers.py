"""Sets of others are read by their own formats, and what is not what it says is refused."""

import gzip
import json
from pathlib import Path

import pytest

from tipline.adapters.offences.importers import SetRefused, read_ccl, read_chifraud
from tipline.adapters.offences.sets import SetMissing, fill_masks, read_set


def test_chifraud_is_read_and_its_mixed_class_teaches_nothing(tmp_path: Path) -> None:
    rows = "Label_id\tText\n6\t帮人套现的示例\n8\t卖卡的示例\n0\t平常的话\n10\t别的\n"
    (tmp_path / "mine.csv").write_text(rows, "utf-8")

    found = list(read_chifraud(tmp_path))

    assert [each.codes[0] for each in found] == ["DT-CASH", "DT-SIM", "NONE"]
    assert found[0].text == "帮人套现的示例"


def test_a_file_under_an_originals_name_must_be_the_original(tmp_path: Path) -> None:
    (tmp_path / "ChiFraud_train.csv").write_text("Label_id,Text\n1,示例\n", "utf-8")

    with pytest.raises(SetRefused, match="not the original"):
        list(read_chifraud(tmp_path))
    assert len(list(read_chifraud(tmp_path, allow_changed=True))) == 1


@pytest.mark.parametrize("rows", ["Label_id,Text\n77,示例\n", "a,b\n1,2\n"])
def test_other_formats_are_refused(tmp_path: Path, rows: str) -> None:
    (tmp_path / "x.csv").write_text(rows, "utf-8")

    with pytest.raises(SetRefused):
        list(read_chifraud(tmp_path))


def test_ccl_is_read_as_a_list_and_as_lines(tmp_path: Path) -> None:
    rows = [
        {"案情描述": "示例甲", "案件类别": "虚假征信类"},
        {"案情描述": "示例乙", "案件类别": "网黑案件"},
    ]
    (tmp_path / "a.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "b.jsonl").write_text(lines, "utf-8")

    assert [each.codes[0] for each in read_ccl(tmp_path)] == ["FR-LOAN", "MW-HACK"] * 2


@pytest.mark.parametrize("words", ["{", '[{"案情描述": "x", "案件类别": "别的"}]'])
def test_broken_json_and_unknown_kinds_are_refused(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.json").write_text(words, "utf-8")

    with pytest.raises(SetRefused):
        list(read_ccl(tmp_path))
    with pytest.raises(SetRefused):
        list(read_ccl(tmp_path / "nowhere"))


def test_a_labelled_set_is_read_with_its_masks_filled(tmp_path: Path) -> None:
    rows = "text,label,label_src,group\n加 WECHAT 打 CELLPHONE,FR-PHISH,x,g1\n平常,N-AD,y,g2\n未标,,z,g3\n"
    name = "text_zh_fbs_sms.csv.gz"
    (tmp_path / name).write_bytes(gzip.compress(rows.encode()))

    first, second = read_set(tmp_path, name)

    assert (first.codes, first.group) == (("FR-PHISH",), "FBS SMS:g1")
    assert "CELLPHONE" not in first.text
    assert second.codes == ("NONE",)
    with pytest.raises(SetMissing):
        list(read_set(tmp_path / "nowhere", name))


def test_masks_become_numbers_and_links_of_nobody() -> None:
    assert fill_masks("NAME 打 <NUM> 看 URL") == " 打 900000000 看 http://a.example/"
