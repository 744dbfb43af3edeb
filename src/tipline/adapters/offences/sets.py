"""Reads the labelled sets that the shipped model learns from, each with its own masks undone.

A set's authors put words such as CELLPHONE where a number stood. They become numbers and links
that belong to nobody, so that a model sees them as it will see real ones: through our own mask.
"""

import csv
import gzip
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.opinion import NONE

_FILLS = {
    "CELLPHONE": "13900000000", "DIGIT": "5", "URL": "http://a.example/", "WECHAT": "abc12345",
    "QQ": "900000000", "BANK": "6200000000000000", "PLACE": "", "NAME": "",
    "<PHONE>": "13900000000", "<CARD>": "6200000000000000", "<ID>": "1000000000000000",
    "<EMAIL>": "a@a.example", "<NUM>": "900000000", "<URL>": "http://a.example/", "<NAME>": "",
    "<VENDOR>": "",
}  # fmt: skip
_FILLED = re.compile("|".join(re.escape(each) for each in sorted(_FILLS, key=len, reverse=True)))
_INNOCENT = {"N-AD", "N-HAM", "N-JOB"}

# file -> language, source, column that binds what must stay together
SETS: Mapping[str, tuple[str, str, str]] = {
    "text_zh_fbs_sms.csv.gz": ("zh", "FBS SMS", "group"),
    "text_en_sms.csv.gz": ("en", "English SMS", "group"),
    "text_en_fakejobs.csv.gz": ("en", "EMSCAD", "group"),
    "text_en_darkweb_listings.csv.gz": ("en", "DWData", "actor"),
}


class SetMissing(FileNotFoundError):
    """A labelled set is not in the folder."""


def fill_masks(text: str) -> str:
    """Put numbers and links of nobody where the set's authors put words."""
    return _FILLED.sub(lambda found: _FILLS[found[0]], text)


def read_sets(folder: Path) -> Iterator[Labelled]:
    """Read all sets that the shipped model learns from.

    Raises:
        SetMissing: one is not there.

    """
    for name in SETS:
        yield from read_set(folder, name)


def read_set(folder: Path, name: str, *, column: str = "label") -> Iterator[Labelled]:
    """Read one set; ``column`` names the label: "label" (our codes) or "label_src" (its own).

    Raises:
        SetMissing: it is not there.

    """
    language, source, bound = SETS[name]
    for row in read_rows(folder / name):
        if row["label"]:
            code = row[column] if column != "label" else merge_innocent(row["label"])
            yield Labelled(
                text=fill_masks(row["text"]),
                codes=(code,),
                language=language,
                group=f"{source}:{row[bound]}",
                source=source,
            )


def merge_innocent(label: str) -> str:
    """Our code; advertising, small talk and honest jobs are one: no offence."""
    return NONE if label in _INNOCENT else label


def read_rows(path: Path) -> Iterator[Mapping[str, str]]:
    """Read the rows of a CSV as text; what is not given is "".

    Raises:
        SetMissing: the file is not there.

    """
    if not path.is_file():
        raise SetMissing(f"{path}: no such file")
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
