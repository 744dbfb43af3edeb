"""A case as its page shows it: everything that it holds, and its timeline."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q
from django.db.models.functions import Substr

from tipline.domain.case.facts import Figure, Relation
from tipline.domain.case.state import CaseState
from tipline.domain.disposal.state import ReportState
from tipline.domain.duties import Action, Actor, may
from tipline.store.models import (
    Case,
    CaseFlow,
    CaseHandover,
    CaseNote,
    CasePerson,
    CaseReport,
    CaseSubject,
    CaseTask,
    Event,
    Inspection,
)
from tipline.store.queries.case import list_all_facts, sum_facts
from tipline.store.queries.case_access import check_case, list_family
from tipline.store.queries.case_rows import (
    CasePage,
    FlowRow,
    HandoverRow,
    Kin,
    LookRow,
    PersonRow,
    PlaceRow,
    TaskRow,
)
from tipline.store.queries.page import HistoryRow, NoteRow
from tipline.store.queries.report import read_event

REPORTS_SHOWN = 200
EVENTS_SHOWN = 300
_OF_REPORTS = ("decision.made", "report.received")


def get_case(*, actor: Actor, case: int) -> CasePage:
    """Give all that a case and those merged into it hold.

    Raises:
        CaseUnknown: there is none, or ``actor`` may not read it.

    """
    access = check_case(actor=actor, action=Action.READ_CASE, case=case)
    row = Case.objects.select_related("gang", "lead", "parent", "merged_into").get(event=case)
    family = list_family(case)
    places = CaseReport.objects.filter(case=case)
    open_places = places.exclude(report__handling__state=ReportState.DECIDED.value)
    return CasePage(
        access=access,
        title=row.title,
        method=row.method,
        gang=row.gang.name if row.gang else "",
        lead_name=row.lead.get_full_name() if row.lead else "",
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        parent=_see(actor, row.parent),
        children=_see_all(actor, Case.objects.filter(parent=case).order_by("event")),
        merged=_see_all(actor, Case.objects.filter(event__in=family).exclude(event=case)),
        merged_into=_see(actor, row.merged_into),
        reports=_list_places(actor, case),
        report_count=places.count(),
        open_reports=open_places.count(),
        subjects=_list_subjects(case),
        looks=_list_looks(case, family),
        people=_list_people(family),
        tasks=_list_tasks(family),
        notes=_list_notes(family),
        facts=list_all_facts([case]),
        sums=sum_facts([case]),
        flows=_list_flows(family),
        handovers=_list_handovers(Q(case__in=family)),
        timeline=_list_timeline(case, family),
    )


def list_offers(*, actor: Actor) -> tuple[HandoverRow, ...]:
    """Cases that are offered to agencies for which ``actor`` may answer."""
    rows = _list_handovers(Q(state="offered", agency__isnull=False))
    regions = dict(
        CaseHandover.objects.filter(event__in=[row.id for row in rows]).values_list(
            "event", "agency__region"
        )
    )
    return tuple(row for row in rows if may(actor, Action.TRANSFER_CASE, region=regions[row.id]))


def _see(actor: Actor, row: Case | None) -> Kin | None:
    if row is None:
        return None
    is_over = row.state in {CaseState.CLOSED, CaseState.MERGED}
    if not may(actor, Action.READ_CASE, region=row.region, is_decided=is_over):
        return Kin(row.region)
    return Kin(row.region, row.number, row.title, row.state)


def _see_all(actor: Actor, rows: Iterable[Case]) -> tuple[Kin, ...]:
    seen = (_see(actor, row) for row in rows)
    return tuple(each for each in seen if each)


def _list_places(actor: Actor, case: int) -> tuple[PlaceRow, ...]:
    rows = CaseReport.objects.filter(case=case).select_related("report__handling")
    rows = rows.defer("report__text", "report__details", "report__contact_box")
    rows = rows.annotate(excerpt=Substr("report__text", 1, 160)).order_by("-report")
    return tuple(_read_place(actor, row) for row in rows[:REPORTS_SHOWN])


def _read_place(actor: Actor, row: CaseReport) -> PlaceRow:
    held = row.report.handling
    holders = frozenset({held.claimed_by_id, held.assigned_to_id} - {None})
    grant = may(
        actor,
        Action.READ_REPORT,
        region=held.region,
        assigned_to=holders,  # type: ignore[arg-type]  # None is taken out
        is_decided=held.state == ReportState.DECIDED.value,
    )
    is_readable = grant and may(actor, Action.READ_QUEUE, region=held.region, assigned_to=actor.id)
    return PlaceRow(
        report=row.report_id,
        state=held.state,
        outcome=held.outcome,
        offence=held.offence,
        region=held.region,
        language=row.report.language,
        excerpt=row.excerpt if is_readable else "",  # type: ignore[attr-defined]  # annotated
        is_readable=is_readable,
    )


def _list_subjects(case: int) -> tuple[tuple[str, str], ...]:
    rows = CaseSubject.objects.filter(case=case).order_by("subject__kind", "subject__value")
    return tuple(rows.values_list("subject__kind", "subject__value"))


def _list_looks(case: int, family: tuple[int, ...]) -> tuple[LookRow, ...]:
    here = Q(case__in=family) | Q(subject__cases__case=case)
    rows = Inspection.objects.filter(here).distinct().order_by("-event")[:REPORTS_SHOWN]
    return tuple(LookRow(row.event, row.url, row.state, row.result, row.asked_at) for row in rows)


def _list_people(family: tuple[int, ...]) -> tuple[PersonRow, ...]:
    rows = CasePerson.objects.filter(case__in=family).select_related("by").defer("box")
    return tuple(
        PersonRow(
            id=row.event,
            role=row.role,
            ordinal=row.ordinal,
            at=row.at,
            by_name=row.by.get_full_name(),
        )
        for row in rows.order_by("role", "event")
    )


def _list_tasks(family: tuple[int, ...]) -> tuple[TaskRow, ...]:
    rows = CaseTask.objects.filter(case__in=family).select_related("to", "done_by")
    return tuple(
        TaskRow(
            id=row.event,
            text=row.text,
            due_on=row.due_on,
            to_name=row.to.get_full_name() if row.to else "",
            done_at=row.done_at,
            done_by_name=row.done_by.get_full_name() if row.done_by else "",
            result=row.result,
        )
        for row in sorted(rows, key=lambda each: (each.done_at is not None, each.event))
    )


def _list_notes(family: tuple[int, ...]) -> tuple[NoteRow, ...]:
    rows = CaseNote.objects.filter(case__in=family).select_related("by").order_by("event")
    return tuple(NoteRow(row.at, row.by.get_full_name(), row.text) for row in rows)


def _list_flows(family: tuple[int, ...]) -> tuple[FlowRow, ...]:
    rows = CaseFlow.objects.filter(case__in=family).select_related("by", "superseded_by")
    return tuple(_read_flow(row) for row in rows.order_by("event"))


def _read_flow(row: CaseFlow) -> FlowRow:
    superseding = getattr(row, "superseded_by", None)
    return FlowRow(
        id=row.event,
        payer=row.payer,
        payee=row.payee,
        figure=Figure(Decimal(row.value), Relation(row.relation), row.currency),
        written=row.written,
        moved_at=row.moved_at,
        source=row.source,
        by_name=row.by.get_full_name(),
        reason=row.reason,
        supersedes=row.supersedes_id,
        is_withdrawn=row.is_withdrawn,
        superseded_by=superseding.event if superseding else None,
    )


def _list_handovers(which: Q) -> tuple[HandoverRow, ...]:
    rows = CaseHandover.objects.filter(which).select_related("by", "case").order_by("event")
    return tuple(
        HandoverRow(
            id=row.event,
            number=row.case.number,
            title=row.case.title,
            agency=row.agency_id or "",
            name=row.name,
            state=row.state,
            reason=row.reason,
            by_name=row.by.get_full_name(),
            at=row.at,
            answer=row.answer,
            answered_at=row.answered_at,
        )
        for row in rows
    )


def _list_timeline(case: int, family: tuple[int, ...]) -> tuple[HistoryRow, ...]:
    own = [f"case:{each}" for each in family]
    looks = Inspection.objects.filter(case__in=family).values_list("event", flat=True)
    own += [f"inspection:{each}" for each in looks[:REPORTS_SHOWN]]
    placed = CaseReport.objects.filter(case=case).order_by("-report")
    reports = [f"report:{each}" for each in placed.values_list("report_id", flat=True)[:500]]
    wanted = Q(subject__in=own) | Q(subject__in=reports, kind__in=_OF_REPORTS)
    rows = Event.objects.filter(wanted).select_related("by").order_by("-seq")
    return tuple(map(read_event, rows[:EVENTS_SHOWN]))
