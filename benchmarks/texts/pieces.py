"""Pieces of wording that generated messages are put together from.

From the labelled messages of real fake base stations where ``directory`` holds them, else made up
of common characters and words; nothing of either is stored or printed.
"""

import csv
import gzip
import random
import re
from pathlib import Path

FILES = {"zh": "text_zh_fbs_sms.csv.gz", "en": "text_en_sms.csv.gz"}
_PLACEHOLDER = re.compile(r"\s*(?:CELLPHONE|PHONE|DIGIT|URL|QQ|WECHAT|BANK|NAME|PLACE|<[A-Z]+>)\s*")
_CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因"
    "由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解"
    "问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少"
)
_WORDS = (
    "account your has been limited please confirm the payment within hours parcel could not delivered "
    "click link below update details win prize claim now free offer loan approved fast cash invest "
    "return daily bonus customer service contact bank card security code final notice refund order"
)


def load_pieces(directory: Path | None, language: str, *, seed: int) -> list[str]:
    """Distinct pieces of 5 to 14 Chinese letters or 2 to 5 English words, in the seed's order."""
    draw = random.Random(seed)
    path = directory / FILES[language] if directory else None
    is_there = path is not None and path.is_file()
    texts = _read(path) if path and is_there else [_make_up(language, draw) for _ in range(12_000)]
    pieces = {piece for text in texts for piece in _cut(text, language, draw)}
    return sorted(pieces, key=lambda each: (draw.random(), each))


def _read(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


def _make_up(language: str, draw: random.Random) -> str:
    if language == "en":
        return " ".join(draw.choices(_WORDS.split(), k=draw.randint(8, 30)))
    return "".join(draw.choices(_CHARACTERS, k=draw.randint(30, 90)))


def _cut(text: str, language: str, draw: random.Random) -> list[str]:
    unit, shortest, longest, joint = (" ", 2, 5, " ") if language == "en" else ("", 5, 14, "")
    pieces = []
    for part in _PLACEHOLDER.split(text):
        units = part.split(unit) if unit else list(part)
        while len(units) >= shortest:
            length = draw.randint(shortest, longest)
            pieces.append(joint.join(units[:length]) + joint)
            units = units[length:]
    return [each for each in pieces if len(each.strip()) >= 5]
