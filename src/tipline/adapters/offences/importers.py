"""Readers for the formats of ChiFraud and of CCL2023-FCC, for those who hold the data.

Neither set comes with Tipline: ChiFraud is under CC BY-NC 4.0, CCL2023-FCC is given for research on
application. Whoever may use them teaches their own model with them.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.opinion import NONE

# Label -> our code; 10 ("new") mixes several offences and teaches none.
# ChiFraud: Tang et al., COLING 2025, pp. 5962-5974; github.com/xuemingxxx/ChiFraud.
CHIFRAUD: Mapping[str, str] = {
    "0": NONE, "1": "IL-GAMBLE", "2": "IL-PORN", "3": "IL-DOC", "4": "DT-CARD", "5": "IL-DRUG",
    "6": "DT-CASH", "7": "IL-DOC", "8": "DT-SIM", "9": "FR-LOAN",
}  # fmt: skip
# How the SHA-256 of the original files begin, as the authors' metadata gives them.
CHIFRAUD_SUMS: Mapping[str, str] = {
    "ChiFraud_train.csv": "25469871",
    "ChiFraud_t2022.csv": "9775352b",
    "ChiFraud_t2023.csv": "fc7cacab",
}
# CCL2023-FCC: github.com/GJSeason/CCL2023-FCC; case texts of twelve kinds.
CCL: Mapping[str, str] = {
    "刷单返利类": "FR-BRUSH", "冒充电商物流客服类": "FR-IMP-CS", "虚假网络投资理财类": "FR-INVEST",
    "贷款、代办信用卡类": "FR-LOAN", "虚假征信类": "FR-LOAN", "虚假购物、服务类": "FR-SHOP",
    "冒充公检法及政府机关类": "FR-IMP-GOV", "网络游戏产品虚假交易类": "FR-GAME",
    "网络婚恋、交友类（非虚假网络投资理财类）": "FR-ROMANCE", "网络婚恋、交友类(非虚假网络投资理财类)": "FR-ROMANCE",
    "冒充领导、熟人类": "FR-IMP-ACQ", "冒充军警购物类诈骗": "FR-IMP-ACQ", "网黑案件": "MW-HACK",
}  # fmt: skip
_TEXTS, _LABELS = ("案情描述", "text", "content", "案件描述"), ("案件类别", "label", "类别")


class SetRefused(ValueError):
    """The file is not of the format, or not the original that its name says."""


def read_chifraud(folder: Path, *, allow_changed: bool = False) -> Iterator[Labelled]:
    """Read the CSV files of ChiFraud in ``folder``: columns "Label_id" and "Text", tab or comma.

    A file under an original's name must be that original, by its checksum; ``allow_changed`` lets
    others through.

    Raises:
        SetRefused: no file is there, one is not the original, or a label is unknown.

    """
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise SetRefused(f"{folder}: no CSV file of ChiFraud is there")
    for path in paths:
        if not allow_changed:
            _check_original(path)
        yield from _read_chifraud(path)


def _check_original(path: Path) -> None:
    begun = CHIFRAUD_SUMS.get(path.name)
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if begun and not digest.startswith(begun):
        raise SetRefused(f"{path}: not the original file, by its SHA-256 {digest}")


def _read_chifraud(path: Path) -> Iterator[Labelled]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as opened:
        head = opened.readline()
        opened.seek(0)
        rows = csv.DictReader(opened, delimiter="\t" if "\t" in head else ",")
        names = {name.strip().lower(): name for name in rows.fieldnames or ()}
        label, text = names.get("label_id"), names.get("text")
        if label is None or text is None:
            raise SetRefused(f"{path}: the columns Label_id and Text are not there")
        for row in rows:
            yield from _label(path, (row[label] or "").strip(), row[text] or "")


def _label(path: Path, label: str, text: str) -> Iterator[Labelled]:
    if label == "10":
        return
    if label not in CHIFRAUD:
        raise SetRefused(f"{path}: the label {label!r} is none of ChiFraud's")
    if text.strip():
        yield Labelled(text=text, codes=(CHIFRAUD[label],), language="zh", source="ChiFraud")


def read_ccl(folder: Path) -> Iterator[Labelled]:
    """Read the JSON or JSON-lines files of CCL2023-FCC in ``folder``.

    Raises:
        SetRefused: no file is there, one cannot be read, or a kind is unknown.

    """
    paths = sorted([*folder.glob("*.json"), *folder.glob("*.jsonl")])
    if not paths:
        raise SetRefused(f"{folder}: no JSON file of CCL2023-FCC is there")
    for path in paths:
        for row in _read_json(path):
            text, label = _pick(row, _TEXTS), _pick(row, _LABELS)
            if label not in CCL:
                raise SetRefused(f"{path}: the kind {label!r} is none of CCL2023-FCC's")
            if text:
                yield Labelled(text=text, codes=(CCL[label],), language="zh", source="CCL2023-FCC")


def _pick(row: Mapping[str, object], names: tuple[str, ...]) -> str:
    return next((str(row[name]).strip() for name in names if row.get(name)), "")


def _read_json(path: Path) -> Iterator[Mapping[str, object]]:
    words = path.read_text("utf-8-sig").strip()
    try:
        if words.startswith("["):
            yield from json.loads(words)
        else:
            yield from (json.loads(line) for line in words.splitlines() if line.strip())
    except (json.JSONDecodeError, UnicodeDecodeError) as wrong:
        raise SetRefused(f"{path}: not JSON: {wrong}") from wrong
