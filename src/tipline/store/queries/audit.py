"""The audit: what happened, newest first."""

from datetime import datetime

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from msgspec import Struct

from tipline.domain.duties import Action, Actor, Scope, check_may, find_grant
from tipline.store.models import Event, Handling
from tipline.store.queries.page import HistoryRow
from tipline.store.queries.report import read_event
from tipline.store.queries.scope import limit_to

PAGE_SIZE = 100
COUNT_LIMIT = 1_000
SYSTEM = ("staff.", "agency.", "step.", "record.", "desk.")  # events about the house itself


class AuditFilter(Struct, frozen=True, kw_only=True):
    """What to show; an empty field shows all. ``kind`` may be a prefix such as "report."."""

    kind: str = ""
    by: int | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class AuditPage(Struct, frozen=True):
    """One page; ``next`` is the ``before`` of the following one, 0 at the end."""

    rows: tuple[HistoryRow, ...]
    next: int


class ChainState(Struct, frozen=True):
    """How the chain of events stands: rows, rows not in the ledger yet, newest hash."""

    events: int
    waiting: int
    newest: bytes


def list_events(
    *, actor: Actor, filters: AuditFilter, now: datetime, before: int = 0, size: int = PAGE_SIZE
) -> AuditPage:
    """Give one page of the events that ``actor`` may read.

    Raises:
        NotAllowed: the actor's role reads no audit.

    """
    rows = Event.objects.filter(_limit(actor, now), _wish(filters)).select_related("by")
    if before:
        rows = rows.filter(seq__lt=before)
    found = list(rows.order_by("-seq")[: size + 1])
    following = found[size - 1].seq if len(found) > size else 0
    return AuditPage(tuple(map(read_event, found[:size])), following)


def get_chain() -> ChainState:
    """Tell how the chain stands."""
    newest = Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, b"")
    waiting = Event.objects.filter(leaf_index=None).values("seq")[:COUNT_LIMIT].count()
    return ChainState(newest[0], waiting, bytes(newest[1]))


def _wish(filters: AuditFilter) -> Q:
    given = {
        "by": filters.by,
        "subject": filters.subject,
        "at__gte": filters.since,
        "at__lt": filters.until,
        ("kind__startswith" if filters.kind.endswith(".") else "kind"): filters.kind,
    }
    return Q(**{name: value for name, value in given.items() if value})


def _limit(actor: Actor, now: datetime) -> Q:
    grant = find_grant(actor, Action.READ_AUDIT)
    if grant is None:
        check_may(actor, Action.READ_SYSTEM_AUDIT)
        return _OF_SYSTEM
    if grant.scope is Scope.ALL:
        return Q()
    if grant.scope is Scope.OWN:
        return Q(by=actor.id)
    held = Handling.objects.filter(limit_to(actor=actor, action=Action.READ_AUDIT, now=now))
    subjects = held.values(subject=Concat(Value("report:"), Cast("report_id", CharField())))
    return Q(subject__in=subjects)


_OF_SYSTEM = Q()
for _prefix in SYSTEM:
    _OF_SYSTEM |= Q(kind__startswith=_prefix)
