"""All that the report page shows."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from tipline.domain.disposal.state import ReportState
from tipline.domain.duties import Action, Actor
from tipline.store.models import (
    Assessment,
    Attachment,
    Decision,
    Event,
    Handling,
    Letter,
    Mention,
    Note,
    Officer,
    Skip,
)
from tipline.store.queries.access import check_access

OTHERS_MAX = 1_000


class MentionRow(Struct, frozen=True):
    """An identifier at ``start``..``end`` (in characters) of the text.

    Where ``field`` is given, as "subjects[0].value", it stands in that field instead. ``reports``
    is in how many reports it occurs, at most 1,000.
    """

    kind: str
    value: str
    field: str
    start: int
    end: int
    surface: str
    reports: int


class PartRow(Struct, frozen=True):
    """One part of the priority: its name, its points, and why (a reason key and its fill)."""

    name: str
    points: int
    reason: str
    params: Mapping[str, Any]


class AssessmentRow(Struct, frozen=True, kw_only=True):
    """The machine's newest opinion; ``reasons`` are (reason key, fill) for the region."""

    priority: int
    parts: tuple[PartRow, ...]
    region: str
    reasons: tuple[tuple[str, Mapping[str, Any]], ...]
    offence: str
    rules: str
    made_at: datetime


class DecisionRow(Struct, frozen=True, kw_only=True):
    """One decision; ``overrides`` is the id of the earlier one that it replaces."""

    id: int
    at: datetime
    by: int
    by_name: str
    outcome: str
    reason: str
    params: Mapping[str, Any]
    text: str
    note: str
    other_report: int | None
    overrides: int | None


class LetterRow(Struct, frozen=True, kw_only=True):
    """One message to or from the reporter; ``leaf_index`` is None while it waits to be sent."""

    id: int
    direction: str
    type: str
    at: datetime
    by: int | None
    by_name: str
    state: str
    outcome: str
    reason: str
    params: Mapping[str, Any]
    text: str
    question_id: str
    leaf_index: int | None


class NoteRow(Struct, frozen=True):
    """A note for colleagues."""

    at: datetime
    by_name: str
    text: str


class FileRow(Struct, frozen=True, kw_only=True):
    """A file that came with the report, or with the reply at leaf ``record``."""

    id: int
    record: int
    number: int
    name: str
    type: str
    size: int
    sha256: str


class HistoryRow(Struct, frozen=True, kw_only=True):
    """One event; ``leaf_index`` is None until the ledger has it."""

    seq: int
    at: datetime
    by: int | None
    by_name: str
    kind: str
    subject: str
    body: Mapping[str, Any]
    hash: bytes
    leaf_index: int | None


class ReportPage(Struct, frozen=True, kw_only=True):
    """A report as the desk shows it."""

    report: int
    text: str
    details: Mapping[str, Any]
    language: str
    sender: str
    lane: str
    received_at: datetime
    leaf_hash: bytes
    has_contact: bool
    state: ReportState
    priority: int
    region: str
    agency: str
    offence: str
    outcome: str
    claimed_by: int | None
    claimed_by_name: str
    claimed_until: datetime | None
    assigned_to: int | None
    assigned_to_name: str
    decided_at: datetime | None
    is_decided: bool
    holders: frozenset[int]  # claimed by and assigned to, for duties.may(assigned_to=...)
    is_skipped: bool
    mentions: tuple[MentionRow, ...]
    assessment: AssessmentRow | None
    decisions: tuple[DecisionRow, ...]  # oldest first; the last one holds
    letters: tuple[LetterRow, ...]
    notes: tuple[NoteRow, ...]
    files: tuple[FileRow, ...]
    history: tuple[HistoryRow, ...]


def get_report(*, actor: Actor, report: int, now: datetime, reason: str = "") -> ReportPage:
    """Give all of one report to ``actor``; ``reason`` where the table of duties asks for one.

    Raises:
        ReportUnknown: there is none, or the duties of ``actor`` do not reach it.
        NotAllowed: a reason is needed.

    """
    access = check_access(
        actor=actor, action=Action.READ_REPORT, report=report, now=now, reason=reason
    )
    row = Handling.objects.select_related("report", "claimed_by", "assigned_to").get(pk=report)
    kept = row.report
    return ReportPage(
        report=report,
        text=kept.text,
        details=kept.details,
        language=kept.language,
        sender=kept.sender,
        lane=kept.lane,
        received_at=kept.received_at,
        leaf_hash=bytes(kept.leaf_hash),
        has_contact=bool(kept.contact_box),
        state=access.state,
        priority=row.priority,
        region=row.region,
        agency=access.agency,
        offence=row.offence,
        outcome=row.outcome,
        claimed_by=access.claimed_by,
        claimed_by_name=_name(row.claimed_by) if access.claimed_by else "",
        claimed_until=access.claimed_until,
        assigned_to=access.assigned_to,
        assigned_to_name=_name(row.assigned_to),
        decided_at=row.decided_at,
        is_decided=access.is_decided,
        holders=access.holders,
        is_skipped=Skip.objects.filter(report=report, officer=actor.id).exists(),
        mentions=tuple(_list_mentions(report)),
        assessment=_get_assessment(report),
        decisions=tuple(_list_decisions(report)),
        letters=tuple(_list_letters(report)),
        notes=tuple(_list_notes(report)),
        files=tuple(_list_files(report)),
        history=tuple(list_history(f"report:{report}")),
    )


def list_history(subject: str) -> Iterator[HistoryRow]:
    """Give all events about a subject, oldest first."""
    return map(read_event, Event.objects.filter(subject=subject).select_related("by"))


def read_event(row: Event) -> HistoryRow:
    """Read an audit row as pages show it."""
    return HistoryRow(
        seq=row.seq,
        at=row.at,
        by=row.by_id,
        by_name=_name(row.by),
        kind=row.kind,
        subject=row.subject,
        body=msgspec.json.decode(row.body),
        hash=bytes(row.hash),
        leaf_index=row.leaf_index,
    )


def _name(officer: Officer | None) -> str:
    return officer.get_full_name() if officer else ""


def _list_mentions(report: int) -> Iterator[MentionRow]:
    rows = Mention.objects.filter(report=report).select_related("identifier")
    for row in rows.order_by("field", "start", "id"):
        others = Mention.objects.filter(identifier=row.identifier_id).values("report_id").distinct()
        yield MentionRow(
            kind=row.identifier.kind,
            value=row.identifier.value,
            field=row.field,
            start=row.start,
            end=row.end,
            surface=row.surface,
            reports=others[:OTHERS_MAX].count(),
        )


def _get_assessment(report: int) -> AssessmentRow | None:
    row = Assessment.objects.filter(report=report).order_by("-event").first()
    if row is None:
        return None
    return AssessmentRow(
        priority=row.priority,
        parts=tuple(PartRow(*part) for part in row.parts),
        region=row.region,
        reasons=tuple((key, params) for key, params in row.reasons),
        offence=row.offence,
        rules=row.rules,
        made_at=row.made_at,
    )


def _list_decisions(report: int) -> Iterator[DecisionRow]:
    for row in Decision.objects.filter(report=report).select_related("by"):
        yield DecisionRow(
            id=row.event,
            at=row.at,
            by=row.by_id,
            by_name=_name(row.by),
            outcome=row.outcome,
            reason=row.reason,
            params=row.params,
            text=row.text,
            note=row.note,
            other_report=row.other_report_id,
            overrides=row.overrides_id,
        )


def _list_letters(report: int) -> Iterator[LetterRow]:
    for row in Letter.objects.filter(report=report).select_related("by"):
        yield LetterRow(
            id=row.event,
            direction=row.direction,
            type=row.type,
            at=row.at,
            by=row.by_id,
            by_name=_name(row.by),
            state=row.state,
            outcome=row.outcome,
            reason=row.reason,
            params=row.params,
            text=row.text,
            question_id=row.question_id,
            leaf_index=row.leaf_index,
        )


def _list_notes(report: int) -> Iterator[NoteRow]:
    rows = Note.objects.filter(report=report).select_related("by")
    return (NoteRow(row.at, _name(row.by), row.text) for row in rows)


def _list_files(report: int) -> Iterator[FileRow]:
    for row in Attachment.objects.filter(report=report):
        yield FileRow(
            id=row.pk,
            record=row.record,
            number=row.number,
            name=row.name,
            type=row.type,
            size=row.size,
            sha256=row.sha256,
        )
