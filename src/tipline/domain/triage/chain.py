"""All of triage for many texts at once, column by column: ``STAGES`` is the one list of its stages.

Each stage reads columns that stages before it wrote, and writes its own. A text gets what it would
get alone. What follows from records is asked through ``Tools``; nothing else is needed but texts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from msgspec import Struct

from tipline.domain.triage import recency, vulnerability
from tipline.domain.triage.amounts import Amount, find_amounts_many
from tipline.domain.triage.assess import Findings, Place, Reading, Seen, judge_urgency, read
from tipline.domain.triage.opinion import OffenceReader, Opinion
from tipline.domain.triage.priority import KNOWN, Priority
from tipline.domain.triage.scan import Sieve, scan_many
from tipline.domain.triage.templates import Wordings, read_wordings
from tipline.domain.values import Identifier

Subject: TypeAlias = tuple[str, str]  # kind and value of an identifier
LookUp: TypeAlias = Callable[[Sequence[Subject]], Mapping[Subject, str]]

_HINTS: Final = (recency.GATE, vulnerability.GATE)
_TIME, _NEED = 1, 2  # bits of the hints


def know_nothing(_subjects: Sequence[Subject]) -> Mapping[Subject, str]:
    """Know nothing of anybody: what goes for a run without records."""
    return {}


class Tools(Struct, frozen=True, kw_only=True):
    """What the stages read with.

    ``look_up`` names those of many subjects that are known to be bad, by a key of ``KNOWN``.
    """

    sieve: Sieve
    reader: OffenceReader
    place: Place
    look_up: LookUp = know_nothing


@dataclass(kw_only=True)
class Columns:
    """Texts, and a value for each of them in every column that a stage has written."""

    texts: Sequence[str]
    identifiers: Sequence[tuple[Identifier, ...]] = ()
    amounts: Sequence[tuple[Amount, ...]] = ()
    opinions: Sequence[Opinion] = ()
    wordings: Wordings = field(default_factory=lambda: read_wordings([], []))
    readings: Sequence[Reading] = ()
    known: Sequence[str] = ()
    priorities: Sequence[Priority] = ()


def run_stages(texts: Sequence[str], tools: Tools, tell: Callable[[str], None] = len) -> Columns:
    """Run all stages over ``texts``; ``tell`` is called with the name of each that is done."""
    columns = Columns(texts=texts)
    for name, work in STAGES.items():
        work(columns, tools)
        tell(name)
    return columns


def _find_identifiers(columns: Columns, tools: Tools) -> None:
    columns.identifiers = scan_many(columns.texts, sieve=tools.sieve)


def _find_amounts(columns: Columns, tools: Tools) -> None:
    columns.amounts = find_amounts_many(columns.texts, sift=tools.sieve.sift)


def _read_offences(columns: Columns, tools: Tools) -> None:
    columns.opinions = tools.reader.read_many(columns.texts)


def _read_wordings(columns: Columns, _tools: Tools) -> None:
    columns.wordings = read_wordings(columns.texts, columns.identifiers)


def _put_together(columns: Columns, tools: Tools) -> None:
    hints = tools.sieve.sift(columns.texts, _HINTS)
    columns.readings = [
        read(
            text=text,
            details={},
            opinion=opinion,
            seen=Seen(
                identifiers=identifiers,
                amounts=amounts,
                tells_time=bool(hint & _TIME),
                tells_need=bool(hint & _NEED),
            ),
        )
        for text, opinion, identifiers, amounts, hint in zip(
            columns.texts,
            columns.opinions,
            columns.identifiers,
            columns.amounts,
            hints,
            strict=True,
        )
    ]


def _look_up(columns: Columns, tools: Tools) -> None:
    asked = [each.accusing for each in columns.readings]
    known = tools.look_up(sorted({subject for each in asked for subject in each}))
    columns.known = [_choose(known, each) for each in asked] if known else [""] * len(asked)


def _choose(known: Mapping[Subject, str], asked: frozenset[Subject]) -> str:
    found = {known[subject] for subject in asked if subject in known}
    return max(found, default="", key=lambda each: KNOWN[each])


def _judge(columns: Columns, tools: Tools) -> None:
    columns.priorities = [
        judge_urgency(
            reading,
            Findings(known=known) if known else _UNKNOWN,
            tools.place,
            leading=reading.opinion.offences[0].code if reading.opinion.offences else "",
        )
        for reading, known in zip(columns.readings, columns.known, strict=True)
    ]


_UNKNOWN: Final = Findings()

STAGES: Final[Mapping[str, Callable[[Columns, Tools], None]]] = {
    "identifiers": _find_identifiers,
    "amounts": _find_amounts,
    "offences": _read_offences,
    "template": _read_wordings,
    "reading": _put_together,
    "known": _look_up,
    "priority": _judge,
}
