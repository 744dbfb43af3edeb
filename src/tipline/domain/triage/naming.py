"""Reads identifiers out of a report's fields, where the reporter said what they are."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.triage.identifiers import bank_card, qq, wechat
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.scan import scan
from tipline.domain.values import Identifier


class Named(Struct, frozen=True):
    """An identifier and the field that names it, as ``subjects[0].value``; places count there."""

    field: str
    identifier: Identifier


def find_named(details: Mapping[str, Any]) -> Iterator[Named]:
    """Find identifiers in the subjects and losses of a report's ``details``."""
    for number, subject in enumerate(list_objects(details.get("subjects"))):
        kind, value = read_text(subject.get("kind")), read_text(subject.get("value"))
        for found in read_value(kind, value):
            yield Named(f"subjects[{number}].value", found)
    for number, loss in enumerate(list_objects(details.get("losses"))):
        for end in ("from", "to"):
            for found in read_value("payment", read_text(loss.get(end))):
                yield Named(f"losses[{number}].{end}", found)


def read_value(kind: str, value: str) -> tuple[Identifier, ...]:
    """Find identifiers in a field's ``value``, read as the ``kind`` that the reporter gave it."""
    cue, find = _CUES.get(kind.strip().lower(), ("", None))
    found = [_shift(each, len(cue)) for each in find(Folded(cue + value))] if find else []
    return tuple(each for each in found if each.start >= 0) or scan(value)


def find_canonical(kind: str, value: str) -> str | None:
    """Write ``value`` as identifiers of this ``kind`` are compared; None where it is none."""
    found = (each.value for each in read_value(kind, value) if each.kind == kind)
    return next(found, None)


_CUES = {
    "qq": ("QQ:", qq.find_in),
    "wechat": ("微信:", wechat.find_in),
    "payment": ("卡号:", bank_card.find_in),
    "bank_card": ("卡号:", bank_card.find_in),
    "bank_account": ("卡号:", bank_card.find_in),
}


def _shift(found: Identifier, by: int) -> Identifier:
    return replace(found, start=found.start - by, end=found.end - by)


def list_objects(value: object) -> Iterator[Mapping[str, Any]]:
    """Objects of a list that came as JSON; whatever else stands there counts as not given."""
    return (each for each in (value if isinstance(value, list) else ()) if isinstance(each, dict))


def read_text(value: object) -> str:
    """Text that came as JSON; whatever else stands there counts as not given."""
    return value if isinstance(value, str) else ""
