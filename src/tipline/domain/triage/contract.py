"""The line that triage writes for a text: one shape for files, in a stable order of keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from tipline.domain.triage.amounts import Amount, write_plain
from tipline.domain.triage.chain import Columns
from tipline.domain.triage.opinion import Opinion
from tipline.domain.triage.scan import ASIDE
from tipline.domain.triage.templates import write_key
from tipline.domain.values import Identifier
from tipline.domain.words import Param

CNY: Final = "CNY"


class Found(Struct, frozen=True):
    """An identifier: its canonical value, its characters in the text, how it was hidden."""

    kind: str
    value: str
    start: int
    end: int
    hidden_by: Sequence[str]
    innocent: str


class Sum(Struct, frozen=True):
    """An amount: ``amount_cny`` in plain yuan, or ``amount`` in another currency, as a decimal string."""

    kind: str
    value: str
    currency: str
    start: int
    end: int
    at_least: bool
    about: bool
    upper: str


class Why(Struct, frozen=True):
    """A reason's key and fill, and the characters that it points at (-1: none)."""

    key: str
    params: Mapping[str, Param]
    start: int
    end: int


class Offence(Struct, frozen=True):
    """An offence that the text tells of."""

    code: str
    confidence: float
    reasons: Sequence[Why]


class Line(Struct, frozen=True):
    """What triage says of the text of ``row``, counted from 0."""

    row: int
    identifiers: Sequence[Found] = ()
    offences: Sequence[Offence] = ()
    unsure: bool = True
    amounts: Sequence[Sum] = ()
    template: str = ""
    priority: int = 0
    priority_parts: Mapping[str, int] = {}


def describe(columns: Columns, rows: Sequence[int]) -> Iterator[Line]:
    """Write a line for each text of ``columns``; ``rows`` are their numbers."""
    keys = columns.wordings.keys.tolist()
    for place, row in enumerate(rows):
        opinion, priority = columns.readings[place].opinion, columns.priorities[place]
        yield Line(
            row,
            [_show(each) for each in columns.identifiers[place] if each.kind not in ASIDE],
            [_name(opinion, each) for each in range(len(opinion.offences))],
            opinion.unsure,
            [_count(each) for each in columns.amounts[place]],
            write_key(keys[place]),
            priority.score,
            priority.points,
        )


def _show(each: Identifier) -> Found:
    return Found(each.kind, each.value, each.start, each.end, each.hidden_by, each.innocent)


def _name(opinion: Opinion, place: int) -> Offence:
    guess = opinion.offences[place]
    reasons = [Why(each.key, each.params, each.start, each.end) for each in guess.reasons]
    return Offence(guess.code, round(guess.confidence, 4), reasons)


def _count(each: Amount) -> Sum:
    return Sum(
        "amount_cny" if each.currency == CNY else "amount",
        write_plain(each.value),
        each.currency,
        each.start,
        each.end,
        each.is_at_least,
        each.is_about,
        write_plain(each.upper) if each.upper is not None else "",
    )


def list_keys() -> tuple[str, ...]:
    """Give the keys of a line, in order."""
    return Line.__struct_fields__


def make_row(line: Line) -> dict[str, Any]:
    """Give a line as columns of a table."""
    return {name: getattr(line, name) for name in Line.__struct_fields__}
