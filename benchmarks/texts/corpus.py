"""A mixed corpus of reports: real messages with made-up identifiers, told by victims, or English.

From the labelled sets where they are at hand (messages of fake base stations, whose slots are
filled anew; 40 % of them inside a victim's story; 15 % English), else from the texts of the
demonstration that ships with Tipline, whose identifiers are replaced likewise.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from benchmarks.texts.values import Maker

CHINESE, ENGLISH = "text_zh_fbs_sms.csv.gz", "text_en_sms.csv.gz"
_ENGLISH_SHARE, _STORY_SHARE = 0.15, 0.4
_SLOTS = {
    "URL": "url",
    "CELLPHONE": "phone",
    "PHONE": "phone",
    "HOTLINE": "phone",
    "QQ": "qq",
    "WECHAT": "wechat",
    "BANK": "card",
    "DIGIT": "digits",
    "<NUM>": "digits",
    "<URL>": "url",
    "<PHONE>": "phone",
    "{url}": "url",
    "{phone}": "phone",
    "{qq}": "qq",
    "{wechat}": "wechat",
    "{card}": "card",
    "{amount}": "amount",
}
# Slots that stood for the word as well.
_WORDS = {"QQ": "QQ：", "WECHAT": "微信"}
_SLOT = re.compile("|".join(map(re.escape, sorted(_SLOTS, key=len, reverse=True))))
_STORIES = (
    "昨天收到这条短信：“{}”，点进去被骗了{amount}，客服电话{phone}。",
    "我爸在群里看到“{}”，加了微信{wechat}，先后转了{amount}到{card}。",
    "有人给我发“{}”，说是银行的，请你们查一查。",
    "举报：{} 对方QQ{qq}，现在不回消息了",
    "{}（就是这个，骗走{amount}，网址{url}）",
)
_ENGLISH_TAILS = (
    "",
    " Call {phone}",
    " see {url}",
    " visit {url} or call {phone}",
    " They took {amount}.",
)
# What the demonstration's texts hold, roughly: enough to put other values in their place.
_HELD = re.compile(
    r"(?P<url>(?:h(?:tt|xx)ps?://|[a-z0-9-]+(?:\.|\[\.\])example\b)[\w./?=&\[\]-]*)|(?P<card>\b[46]\d{3}[ \d]{11,18}\b)"
    r"|(?P<phone>\+?\d[\d -]{9,15}\d)|(?P<digits>\d+)",
    re.ASCII,
)


def make_corpus(count: int, *, data: Path, seed: int = 7) -> tuple[list[str], str]:
    """Make ``count`` texts; tells also in words what they are made from."""
    maker = Maker(seed)
    chinese, english, origin = _read_templates(data)
    return list(_mix(count, maker, (chinese, english))), origin


def _mix(count: int, maker: Maker, templates: tuple[list[str], list[str]]) -> Iterator[str]:
    chinese, english = templates
    for _ in range(count):
        if maker.random.random() < _ENGLISH_SHARE:
            template = maker.random.choice(english) + maker.random.choice(_ENGLISH_TAILS)
        else:
            template = maker.random.choice(chinese)
            if maker.random.random() < _STORY_SHARE:
                template = maker.random.choice(_STORIES).replace("{}", template)
        yield _SLOT.sub(lambda slot: _fill(slot[0], maker), template)


def _fill(slot: str, maker: Maker) -> str:
    return _WORDS.get(slot, "") + maker.make(_SLOTS[slot])


def _read_templates(data: Path) -> tuple[list[str], list[str], str]:
    if (data / CHINESE).is_file() and (data / ENGLISH).is_file():
        chinese, english = (_read_column(data / name) for name in (CHINESE, ENGLISH))
        return chinese, english, f"{CHINESE} and {ENGLISH}"
    shipped = resources.files("tipline.interfaces.cli") / "demo" / "reports.jsonl"
    rows = [json.loads(line) for line in shipped.read_text("utf-8").splitlines()]
    slotted = [(row["language"], _HELD.sub(_name_slot, row["text"])) for row in rows]
    chinese = [text for language, text in slotted if language != "en"]
    english = [text for language, text in slotted if language == "en"]
    return chinese, english, "the texts of the demonstration, for the labelled sets are not here"


def _read_column(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


def _name_slot(match: re.Match[str]) -> str:
    return f"{{{match.lastgroup}}}" if match.lastgroup != "digits" else "<NUM>"
