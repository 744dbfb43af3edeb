"""Read reports by machine, and let a lead route them elsewhere."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from tipline.domain.disposal.state import AFTER_RELEASE, ReportState
from tipline.domain.duties import Action, Actor
from tipline.domain.triage.assess import Assessment, assess
from tipline.domain.values import EVERYWHERE, Identifier, region_contains
from tipline.store import queue
from tipline.store.events import read_number
from tipline.store.models import Agency, Handling, Report
from tipline.store.queries.access import lock_access
from tipline.store.record import NewEvent, record, record_many

VALUE_MAX, SURFACE_MAX, FIELD_MAX = 512, 2_048, 60
Agencies = Sequence[tuple[str, str]]


class RegionUnknown(ValueError):
    """No agency here is responsible for this region."""


def assess_reports(
    *,
    taken: queue.Lease,
    jobs: Sequence[queue.LeasedJob],
    now: datetime,
    default_region: str = EVERYWHERE,
) -> None:
    """Read reports by machine and put them in the queue: the ASSESS step.

    ``default_region`` is whose a report is when nothing tells. The reading happens before the
    transaction, so that several workers read at the same time.

    Raises:
        LeaseLost: another worker has the steps; nothing was done.

    """
    numbers = [read_number(job.subject) for job in jobs]
    rows = Report.objects.filter(leaf_index__in=numbers).values_list(
        "leaf_index", "text", "details"
    )
    agencies = _list_agencies()
    bodies = {
        number: _describe(assess(text, details, now, default_region=default_region), agencies)
        for number, text, details in rows
    }
    with transaction.atomic():
        fresh = _list_fresh(numbers)
        events = [_make_event(number, bodies[number], is_new=number in fresh) for number in numbers]
        queue.finish(taken=taken, jobs=jobs)
        record_many(events=events, now=now)


@transaction.atomic
def route_report(*, report: int, region: str, by: Actor, now: datetime, reason: str = "") -> None:
    """Give a report to another region; whoever had it has it no more.

    Raises:
        ReportUnknown: there is no such report.
        NotAllowed: the duties of ``by`` do not reach it.
        RegionUnknown: that is no region.

    """
    access = lock_access(actor=by, action=Action.ROUTE_REPORT, report=report, now=now)
    if not region_contains(region, region):
        raise RegionUnknown(region)
    body = {
        "region": region,
        "agency": _find_agency(region, _list_agencies()),
        "state": AFTER_RELEASE[access.state].value,
        "reason": reason.strip(),
    }
    record(kind="report.routed", subject=f"report:{report}", by=by.id, now=now, body=body)


def _list_fresh(numbers: Sequence[int]) -> set[int]:
    rows = Handling.objects.select_for_update().filter(
        report__in=numbers, state=ReportState.RECEIVED.value
    )
    return set(rows.order_by("report_id").values_list("report_id", flat=True))


def _make_event(number: int, body: dict[str, Any], *, is_new: bool) -> NewEvent:
    state = ReportState.ASSESSED.value if is_new else ""
    told = {**body, "state": state, "tell": is_new}
    return NewEvent(kind="report.assessed", subject=f"report:{number}", body=told)


def _describe(found: Assessment, agencies: Agencies) -> dict[str, Any]:
    return {
        "priority": found.priority.score,
        "parts": [[p.name, p.points, p.reason_key, p.params] for p in found.priority.parts],
        "region": found.region,
        "agency": _find_agency(found.region, agencies),
        "reasons": [[each.key, each.params] for each in found.reasons],
        "offence": found.offence,
        "rules": found.rules,
        "mentions": list(_list_mentions(found)),
    }


def _list_mentions(found: Assessment) -> Iterator[list[str | int]]:
    for each in found.identifiers:
        yield _describe_mention(each, "")
    for named in found.named:
        yield _describe_mention(named.identifier, named.field[:FIELD_MAX])


def _describe_mention(found: Identifier, field: str) -> list[str | int]:
    surface = found.surface[:SURFACE_MAX]
    return [found.kind, _fit(found.value), field, found.start, found.end, surface]


def _fit(value: str) -> str:
    """Cut a very long value, keeping different ones different."""
    if len(value) <= VALUE_MAX:
        return value
    digest = sha256(value.encode()).hexdigest()
    return f"{value[: VALUE_MAX - len(digest) - 1]}#{digest}"


def _list_agencies() -> Agencies:
    return list(Agency.objects.order_by("code").values_list("code", "region"))


def _find_agency(region: str, agencies: Agencies) -> str | None:
    # The nearest one: the region that lies inside all others that hold the report's.
    nearest: tuple[str, str] | None = None
    for code, held in agencies:
        if region_contains(held, region) and (nearest is None or _is_inside(held, nearest[1])):
            nearest = (code, held)
    return nearest[0] if nearest else None


def _is_inside(inner: str, outer: str) -> bool:
    return inner != outer and region_contains(outer, inner)
