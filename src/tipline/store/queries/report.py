"""All that the report page shows."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from tipline.domain.duties import Action, Actor
from tipline.store.models import (
    Attachment,
    Decision,
    Event,
    Handling,
    Letter,
    Note,
    Officer,
    Skip,
)
from tipline.store.queries.access import check_access
from tipline.store.queries.opinion import (
    get_assessment,
    list_corrections,
    list_held,
    list_mentions,
)
from tipline.store.queries.page import (
    DecisionRow,
    FileRow,
    HistoryRow,
    LetterRow,
    NoteRow,
    ReportPage,
)


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
    assessment, corrections = get_assessment(report), tuple(list_corrections(report))
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
        held=list_held(assessment, corrections),
        template_group=row.template_group or "",
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
        mentions=tuple(list_mentions(report)),
        assessment=assessment,
        corrections=corrections,
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
