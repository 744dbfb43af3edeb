"""What the machine thinks of a report and what persons made of it, as frozen rows."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from tipline.domain.triage.correction import Correction as Word, Part, Verb, settle_offences
from tipline.store.models import Assessment, Correction, Mention

OTHERS_MAX = 1_000


class MentionRow(Struct, frozen=True):
    """An identifier at ``start``..``end`` (in characters) of the text.

    Where ``field`` is given, as "subjects[0].value", it stands in that field instead. ``reports``
    is in how many reports it occurs, at most 1,000. ``verdict`` is a person's.
    """

    kind: str
    value: str
    field: str
    start: int
    end: int
    surface: str
    reports: int
    hidden_by: tuple[str, ...] = ()
    innocent: str = ""
    ascii: str = ""
    verdict: str = ""


class PartRow(Struct, frozen=True):
    """One part of the priority: name, points, why (a reason key and its fill), and where (-1: no)."""

    name: str
    points: int
    reason: str
    params: Mapping[str, Any]
    start: int = -1
    end: int = -1


class GroundRow(Struct, frozen=True):
    """Why something is thought: a reason key, its fill, and where the text says so (-1: nowhere)."""

    key: str
    params: Mapping[str, Any]
    start: int = -1
    end: int = -1


class GuessRow(Struct, frozen=True):
    """One offence that the machine guesses, how surely (0 to 1), and why."""

    code: str
    confidence: float
    grounds: tuple[GroundRow, ...]


class SumRow(Struct, frozen=True):
    """A sum of money in the text."""

    amount: str
    currency: str
    start: int
    end: int
    at_least: bool


class KnownRow(Struct, frozen=True):
    """A list, or a decision of our own (``is_own``), that knows an identifier of the report."""

    kind: str
    value: str
    standing: str
    entry: str
    is_bad: bool
    is_own: bool
    list_name: str
    source: str
    since: str
    report: int | None
    reason: str
    params: Mapping[str, Any]


class LinkRow(Struct, frozen=True):
    """Why a link looks like something that it is not; it never decides anything."""

    kind: str
    value: str
    reason: str
    params: Mapping[str, Any]


class AssessmentRow(Struct, frozen=True, kw_only=True):
    """The machine's newest opinion; ``reasons`` are (reason key, fill) for region, agency, offence."""

    priority: int
    parts: tuple[PartRow, ...]
    region: str
    reasons: tuple[tuple[str, Mapping[str, Any]], ...]
    offence: str
    offences: tuple[GuessRow, ...] = ()
    unsure: bool = True
    language: str = ""
    sums: tuple[SumRow, ...] = ()
    known: tuple[KnownRow, ...] = ()
    links: tuple[LinkRow, ...] = ()
    rules: str
    model: str = ""
    made_at: datetime


class CorrectionRow(Struct, frozen=True, kw_only=True):
    """An officer's word on one part of the opinion."""

    part: str
    verb: str
    name: str
    new: str
    by_name: str
    at: datetime


def list_mentions(report: int) -> Iterator[MentionRow]:
    """Give what stands in a report, in the order of its places."""
    rows = Mention.objects.filter(report=report).select_related("identifier")
    others: dict[int, int] = {}
    for row in rows.order_by("field", "start", "id"):
        if row.identifier_id not in others:
            others[row.identifier_id] = _count_reports(row.identifier_id)
        yield MentionRow(
            kind=row.identifier.kind,
            value=row.identifier.value,
            field=row.field,
            start=row.start,
            end=row.end,
            surface=row.surface,
            reports=others[row.identifier_id],
            hidden_by=tuple(filter(None, row.hidden_by.split(","))),
            innocent=row.innocent,
            ascii=row.ascii,
            verdict=row.verdict,
        )


def _count_reports(identifier: int) -> int:
    mentions = Mention.objects.filter(identifier=identifier).values("report_id").distinct()
    return mentions[:OTHERS_MAX].count()


def get_assessment(report: int) -> AssessmentRow | None:
    """Give the machine's newest opinion; None before there is one."""
    row = Assessment.objects.filter(report=report).order_by("-event").first()
    if row is None:
        return None
    return AssessmentRow(
        priority=row.priority,
        parts=tuple(PartRow(*part) for part in row.parts),
        region=row.region,
        reasons=tuple((key, params) for key, params in row.reasons),
        offence=row.offence,
        offences=tuple(_read_guess(*guess) for guess in row.offences),
        unsure=row.unsure,
        language=row.language,
        sums=tuple(SumRow(*each) for each in row.sums),
        known=tuple(KnownRow(*each) for each in row.known),
        links=tuple(LinkRow(*each) for each in row.links),
        rules=row.rules,
        model=row.model,
        made_at=row.made_at,
    )


def _read_guess(code: str, confidence: float, grounds: list[Any]) -> GuessRow:
    return GuessRow(code, confidence, tuple(GroundRow(*each) for each in grounds))


def list_corrections(report: int) -> Iterator[CorrectionRow]:
    """Give what persons said of the opinion, oldest first."""
    for row in Correction.objects.filter(report=report).select_related("by"):
        yield CorrectionRow(
            part=row.part,
            verb=row.verb,
            name=row.name,
            new=row.new,
            by_name=row.by.get_full_name(),
            at=row.at,
        )


def list_held(
    assessment: AssessmentRow | None, corrections: tuple[CorrectionRow, ...]
) -> tuple[str, ...]:
    """Give the offences that hold: what persons named, then what the machine guessed."""
    guessed = [guess.code for guess in assessment.offences] if assessment else []
    words = [
        Word(part=Part(each.part), verb=Verb(each.verb), name=each.name, new=each.new)
        for each in corrections
    ]
    return settle_offences(guessed, words)
