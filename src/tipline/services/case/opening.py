"""Open a case, split one, merge two. Each call is one transaction with its audit row."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from msgspec import Struct, to_builtins
from msgspec.structs import replace

from tipline.domain.case.number import read_serial, write_number, write_prefix
from tipline.domain.case.state import CaseState, check_at_work, check_case_may_become
from tipline.domain.case.subjects import SUBJECTS
from tipline.domain.duties import Action, Actor, check_may
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.values import region_contains
from tipline.store.events import Recorded
from tipline.store.models import Agency, Case, CaseReport, CaseSubject, Gang, Officer
from tipline.store.queries.case_access import (
    CaseAccess,
    CaseUnknown,
    ReportsUnfit,
    check_case,
    check_reports,
    lock_case,
)
from tipline.store.record import NewEvent, lock_chain, record_many


class CaseRefused(ValueError):
    """What was told of a case does not hold; ``why`` names the part: title, agency, offence …"""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NewCase(Struct, frozen=True, kw_only=True):
    """A case to be opened.

    ``reports`` are leaf indexes, ``subjects`` pairs of kind (item, account, site, app, download) and
    canonical value. ``agency`` handles it in ``region``; both may be left empty for the opener's own.
    """

    title: str
    region: str = ""
    agency: str = ""
    offences: tuple[str, ...] = ()
    method: str = ""
    reports: tuple[int, ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()
    gang: int | None = None
    parent: int | None = None
    lead: int | None = None


@transaction.atomic
def open_case(*, case: NewCase, by: Actor, now: datetime) -> int:
    """Open a case; returns its id.

    Raises:
        NotAllowed: the duties of ``by`` do not reach the region.
        CaseRefused: a part of it does not hold.
        CaseUnknown: there is no such parent case.
        ReportsUnfit: names reports that it cannot take.

    """
    new = _check_new(case, by)
    check_may(by, Action.OPEN_CASE, region=new.region)
    check_reports(actor=by, reports=new.reports)
    return _record_opened("case.opened", new, by, now)


@transaction.atomic
def split_case(*, case: int, new: NewCase, by: Actor, now: datetime) -> int:
    """Open a case with a part of the reports and subjects of another; returns its id.

    Notes, people and figures stay where they were written.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach it.
        CaseStateRefused: the old one is over.
        CaseRefused: a part of the new one does not hold, or nothing would move.
        ReportsUnfit: names reports that the old case does not hold.

    """
    access = lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    check_at_work(access.state)
    here = {"agency": new.agency or access.agency, "region": new.region or access.region}
    checked = _check_new(replace(new, **here), by)
    check_may(by, Action.OPEN_CASE, region=checked.region)
    _check_held(access, checked)
    told = _tell_parts(checked.reports, checked.subjects)
    reduced = NewEvent(kind="case.reduced", subject=f"case:{case}", by=by.id, body=told)
    return _record_opened("case.split", checked, by, now, before=(reduced,), source=case)


@transaction.atomic
def merge_case(*, case: int, into: int, reason: str, by: Actor, now: datetime) -> None:
    """Let ``case`` go on in ``into``, which from then on shows all that both hold.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach both.
        CaseStateRefused: one of them is over.
        CaseRefused: it is the same case, or no reason is written.

    """
    access = lock_case(actor=by, action=Action.LEAD_CASE, case=case)
    other = lock_case(actor=by, action=Action.LEAD_CASE, case=into)
    if case == into:
        raise CaseRefused("same")
    if not reason.strip():
        raise CaseRefused("reason")
    check_case_may_become(access.state, CaseState.MERGED)
    check_at_work(other.state)
    reports = list(CaseReport.objects.filter(case=case).values_list("report_id", flat=True))
    body = {
        "into": into,
        "reason": reason.strip(),
        "reports": reports,
        "state": CaseState.MERGED.value,
    }
    event = NewEvent(kind="case.merged", subject=f"case:{case}", by=by.id, body=body)
    record_many(events=[event], now=now)


def check_subjects(subjects: Sequence[tuple[str, str]]) -> None:
    """Refuse what is no kind of subject or has no value.

    Raises:
        CaseRefused: with ``why`` subject.

    """
    for kind, value in subjects:
        if kind not in SUBJECTS or not value.strip() or len(value) > 512:
            raise CaseRefused("subject")


def _record_opened(  # noqa: PLR0917 - two callers, just above
    kind: str,
    new: NewCase,
    by: Actor,
    now: datetime,
    *,
    before: tuple[NewEvent, ...] = (),
    source: int | None = None,
) -> int:
    newest, _hash = lock_chain()  # the number below is nobody else's until the commit
    case = newest + len(before) + 1
    body = {
        **to_builtins(new),
        "number": _find_number(new.region, now.year),
        "state": CaseState.OPEN.value,
        "from": source,
    }
    opened = NewEvent(kind=kind, subject=f"case:{case}", by=by.id, body=body)
    events: list[Recorded] = record_many(events=[*before, opened], now=now)
    return events[-1].seq


def _find_number(region: str, year: int) -> str:
    prefix = write_prefix(region=region, year=year)
    # Numbers of more than six digits sort before shorter ones: the longest come first.
    held = Case.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    newest = max(held, key=lambda each: (len(each), each), default="")
    return write_number(region=region, year=year, serial=read_serial(newest) + 1 if newest else 1)


def _check_new(case: NewCase, by: Actor) -> NewCase:
    title = case.title.strip()
    if not title or len(title) > 200:
        raise CaseRefused("title")
    if not set(case.offences) <= set(OFFENCES):
        raise CaseRefused("offence")
    check_subjects(case.subjects)
    agency = Agency.objects.filter(code=case.agency or by.agency).first()
    region = case.region or (agency.region if agency else "")
    if agency is None or not region_contains(agency.region, region):
        raise CaseRefused("agency")
    _check_links(case, by, region)
    return NewCase(
        title=title,
        region=region,
        agency=agency.code,
        offences=case.offences,
        method=case.method.strip(),
        reports=tuple(sorted(set(case.reports))),
        subjects=tuple(sorted(set(case.subjects))),
        gang=case.gang,
        parent=case.parent,
        lead=case.lead,
    )


def _check_links(case: NewCase, by: Actor, region: str) -> None:
    if case.gang is not None and not Gang.objects.filter(event=case.gang).exists():
        raise CaseRefused("gang")
    if case.parent is not None:
        check_case(actor=by, action=Action.READ_CASE, case=case.parent)
    check_lead(case.lead, region)


def check_lead(lead: int | None, region: str) -> None:
    """Refuse an officer who cannot lead a case in ``region``.

    Raises:
        CaseRefused: with ``why`` lead.

    """
    if lead is None:
        return
    found = Officer.objects.filter(id=lead, is_active=True).first()
    if found is None or not region_contains(found.region, region):
        raise CaseRefused("lead")


def _check_held(access: CaseAccess, new: NewCase) -> None:
    if not new.reports and not new.subjects:
        raise CaseRefused("empty")
    held = CaseReport.objects.filter(case=access.case, report__in=new.reports)
    strange = set(new.reports) - set(held.values_list("report_id", flat=True))
    if strange:
        raise ReportsUnfit(strange)
    rows = CaseSubject.objects.filter(case=access.case)
    subjects = set(rows.values_list("subject__kind", "subject__value"))
    if not set(new.subjects) <= subjects:
        raise CaseRefused("subject")


def _tell_parts(
    reports: Sequence[int], subjects: Sequence[tuple[str, str]]
) -> dict[str, Sequence[object]]:
    return {"reports": list(reports), "subjects": [list(each) for each in subjects]}


__all__ = [
    "CaseRefused",
    "CaseUnknown",
    "NewCase",
    "ReportsUnfit",
    "check_lead",
    "check_subjects",
    "merge_case",
    "open_case",
    "split_case",
]
