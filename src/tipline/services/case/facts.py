"""State what came of a case and where money went. A correction is a new row, never a change."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.case.facts import Figure, Metric, check_figure, read_figure
from tipline.domain.duties import Action, Actor
from tipline.domain.triage.amounts import write_plain
from tipline.services.case.opening import CaseRefused
from tipline.store.events import write_at
from tipline.store.models import CaseFact, CaseFlow
from tipline.store.queries.case_access import list_family, lock_case
from tipline.store.record import record


class NewFact(Struct, frozen=True, kw_only=True):
    """A figure as a person writes it: "2000余万元", "153", "1.7万".

    ``source`` is the document that says so. ``figure`` is given instead where a program knows the
    value; ``supersedes`` with a ``reason`` corrects an earlier entry.
    """

    metric: Metric
    written: str = ""
    source: str
    figure: Figure | None = None
    supersedes: int | None = None
    reason: str = ""


class NewFlow(Struct, frozen=True, kw_only=True):
    """Money that went from ``payer`` to ``payee``: accounts, or people as "victim 1"."""

    payer: str
    payee: str
    written: str
    moved_at: datetime | None = None
    source: str
    supersedes: int | None = None
    reason: str = ""


@transaction.atomic
def state_fact(*, case: int, fact: NewFact, by: Actor, now: datetime) -> int:
    """Keep a figure of what came of the case; returns its id.

    Raises:
        CaseUnknown, NotAllowed: there is none, or the duties of ``by`` do not reach it.
        FigureRefused: what is written is not one figure.
        CaseRefused: there is no source; or what it supersedes is not there, or has no reason.

    """
    lock_case(actor=by, action=Action.STATE_FACT, case=case)
    figure = check_figure(fact.metric, fact.figure or read_figure(fact.metric, fact.written))
    written = fact.written.strip() or write_plain(figure.value)
    _check_superseded(CaseFact, case, fact.supersedes, fact.reason, metric=fact.metric.value)
    body = {**_tell(figure, written, fact), "metric": fact.metric.value, "is_withdrawn": False}
    return record(kind="fact.stated", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def withdraw_fact(*, case: int, fact: int, reason: str, by: Actor, now: datetime) -> int:
    """Let a figure count for nothing from now on; it stays readable. Returns the new row's id.

    Raises:
        CaseUnknown, NotAllowed: as for ``state_fact``.
        CaseRefused: it is not there, or superseded already; or no reason is written.

    """
    lock_case(actor=by, action=Action.STATE_FACT, case=case)
    _check_superseded(CaseFact, case, fact, reason)
    metric = CaseFact.objects.values_list("metric", flat=True).get(event=fact)
    body = {**_WITHDRAWN, "metric": metric, "supersedes": fact, "reason": reason.strip()}
    return record(kind="fact.stated", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def state_flow(*, case: int, flow: NewFlow, by: Actor, now: datetime) -> int:
    """Keep where money went; returns its id.

    Raises:
        CaseUnknown, NotAllowed, FigureRefused, CaseRefused: as for ``state_fact``.

    """
    lock_case(actor=by, action=Action.STATE_FACT, case=case)
    ends = (flow.payer.strip(), flow.payee.strip())
    if not all(ends) or ends[0] == ends[1] or max(map(len, ends)) > 200:
        raise CaseRefused("ends")
    figure = read_figure(Metric.AMOUNT_INVOLVED, flow.written)
    _check_superseded(CaseFlow, case, flow.supersedes, flow.reason)
    body = {
        **_tell(figure, flow.written.strip(), flow),
        "payer": ends[0],
        "payee": ends[1],
        "moved_at": write_at(flow.moved_at) if flow.moved_at else None,
        "is_withdrawn": False,
    }
    return record(kind="flow.stated", subject=f"case:{case}", by=by.id, now=now, body=body).seq


@transaction.atomic
def withdraw_flow(*, case: int, flow: int, reason: str, by: Actor, now: datetime) -> int:
    """Let a flow count for nothing from now on; it stays readable. Returns the new row's id.

    Raises:
        CaseUnknown, NotAllowed, CaseRefused: as for ``withdraw_fact``.

    """
    lock_case(actor=by, action=Action.STATE_FACT, case=case)
    _check_superseded(CaseFlow, case, flow, reason)
    row = CaseFlow.objects.get(event=flow)
    body = {
        **_WITHDRAWN,
        "payer": row.payer,
        "payee": row.payee,
        "moved_at": None,
        "supersedes": flow,
        "reason": reason.strip(),
    }
    return record(kind="flow.stated", subject=f"case:{case}", by=by.id, now=now, body=body).seq


_WITHDRAWN = {
    "value": write_plain(Decimal(0)),
    "relation": "exact",
    "currency": "",
    "written": "",
    "source": "",
    "is_withdrawn": True,
}


def _tell(figure: Figure, written: str, told: NewFact | NewFlow) -> dict[str, Any]:
    source = told.source.strip()
    if not source or len(source) > 500:
        raise CaseRefused("source")
    return {
        "value": write_plain(figure.value),
        "relation": figure.relation.value,
        "currency": figure.currency,
        "written": written[:100],
        "source": source,
        "supersedes": told.supersedes,
        "reason": told.reason.strip(),
    }


def _check_superseded(  # noqa: PLR0917 - four callers, just above
    model: type[CaseFact] | type[CaseFlow], case: int, old: int | None, reason: str, **same: str
) -> None:
    if old is None:
        return
    if not reason.strip():
        raise CaseRefused("reason")
    rows = model.objects.filter(event=old, case__in=list_family(case), is_withdrawn=False, **same)
    if not rows.filter(superseded_by=None).exists():
        raise CaseRefused("superseded")
