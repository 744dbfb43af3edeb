"""Real messages into whose slots made-up identifiers were put: exact places are known.

A row is ``{"text", "spans": [{"start", "end", "type", "value", "obf"}], "group"}`` with the types
url, phone, qq, wechat and bankcard. Between double spaces stand numbers that are none of these:
order numbers, dates, amounts and the like.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tipline.domain.triage.accuracy.lines import Line, read_line
from tipline.domain.triage.accuracy.tally import Tally
from tipline.domain.values import Identifier

_TYPES = {
    "url": "url",
    "domain": "url",
    "phone": "phone",
    "qq": "qq",
    "wechat": "wechat",
    "bank_card": "bankcard",
}
KINDS = frozenset({"url", "domain", "phone", "qq", "wechat", "bank_card"})
_SERVICE_DIGITS = 10  # 400 and 800 numbers, which the set calls phones
_ELSE = re.compile(r"(?<=  )(?:订单号|流水号|验证码|尾号|SF)?\d[\d.,-]*(?=  )")


class Span(Struct, frozen=True):
    """What stands where: one of the set's types at ``start``..``end``."""

    type: str
    start: int
    end: int


class Message(Struct, frozen=True):
    """A text, the spans of its identifiers, and those of numbers that are none."""

    text: str
    spans: frozenset[Span]
    others: tuple[tuple[int, int], ...]


def read_message(row: Mapping[str, Any]) -> Message:
    """Read a row.

    Raises:
        KeyError: a part is missing.

    """
    spans = frozenset(Span(each["type"], each["start"], each["end"]) for each in row["spans"])
    others = tuple(match.span() for match in _ELSE.finditer(row["text"]))
    return Message(row["text"], spans, tuple(each for each in others if not _touches(each, spans)))


def read_values(row: Mapping[str, Any]) -> Line:
    """Read a row for readers that tell no places: values only.

    Raises:
        KeyError: a part is missing.

    """
    wanted = [_name_claims(each["type"], each["value"]) for each in row["spans"]]
    return read_line(
        {"text": row["text"], "expect": [{**first, "or": rest} for first, *rest in wanted]}
    )


def _name_claims(kind: str, value: str) -> list[dict[str, str]]:
    if kind == "url":
        return [{"kind": each, "value": value} for each in ("url", "domain")]
    if kind == "phone":
        return [
            {"kind": "phone", "value": "+86" + value.removeprefix("0")},
            {"kind": "shortcode", "value": value},
        ]
    return [{"kind": "bank_card" if kind == "bankcard" else kind, "value": value}]


def list_spans(found: Sequence[Identifier]) -> Iterator[Span]:
    """Spans of what was found, where it is of a type that the set knows."""
    for each in found:
        kind = "phone" if _is_service(each) else _TYPES.get(each.kind)
        if kind:
            yield Span(kind, each.start, each.end)


def _is_service(found: Identifier) -> bool:
    return found.kind == "shortcode" and len(found.value) == _SERVICE_DIGITS


def add_message(tally: Tally, message: Message, spans: frozenset[Span]) -> None:
    """Count the spans that were found: right only where type, start and end are."""
    for each in message.spans | spans:
        tally.add(
            each.type,
            hit=each in message.spans and each in spans,
            missed=each not in spans,
            spurious=each not in message.spans,
        )


def count_taken(message: Message, spans: frozenset[Span]) -> int:
    """How many of the numbers that are none were taken for an identifier."""
    return sum(_touches(each, spans) for each in message.others)


def _touches(place: tuple[int, int], spans: frozenset[Span]) -> bool:
    return any(each.start < place[1] and place[0] < each.end for each in spans)
