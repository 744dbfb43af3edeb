"""The queue page: which reports wait, in which order, how many and how old.

Nothing here counts a whole table or sorts one: pages are cut by the key of the last row shown,
counts stop at a limit.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Substr
from msgspec import Struct

from tipline.domain.disposal.state import OPEN_STATES, ReportState
from tipline.domain.duties import Action, Actor, Scope, find_grant
from tipline.domain.triage.opinion import NONE
from tipline.domain.triage.scan import scan
from tipline.store.models import Handling, Identifier, Mention, Skip
from tipline.store.places import LEAF_MASK
from tipline.store.queries.found import Found, FoundByState, find_few
from tipline.store.queries.scope import be_free, be_held_by, lie_in, limit_to

PAGE_SIZE = 50
COUNT_LIMIT = 1_000
FOUND_MAX = 1_000  # reports of one identifier that a search looks through, newest first
EXCERPT_CHARS = 200
UNSURE = "UNSURE"
NARROW = (Scope.OWN, Scope.CASE)
OPEN = tuple(each.value for each in OPEN_STATES)


class QueueFilter(Struct, frozen=True, kw_only=True):
    """What to show; an empty field shows all.

    ``region`` shows it and all within it. ``offence`` is a code, ``NONE`` (the machine sees none) or
    ``UNSURE``; ``template`` the key of a group of near copies. ``identifier`` is a value as triage writes it, or as a
    person types it. ``held``: "mine" (claimed by or assigned to the reader), "free" (claimed by
    nobody and not skipped by the reader) or nothing. ``lane`` is the report's, "slow" for one.
    """

    states: tuple[str, ...] = OPEN
    region: str = ""
    agency: str = ""
    offence: str = ""
    outcome: str = ""
    template: str = ""
    identifier: str = ""
    held: str = ""
    lane: str = ""


class QueueRow(Struct, frozen=True, kw_only=True):
    """One line of the queue. ``excerpt`` is the text's beginning, on one line, as plain text."""

    report: int
    place: int
    state: ReportState
    priority: int
    region: str
    agency: str
    offence: str
    second: str
    outcome: str
    lane: str
    language: str
    received_at: datetime
    excerpt: str
    claimed_by: int | None
    claimed_by_name: str
    claimed_until: datetime | None
    assigned_to: int | None
    assigned_to_name: str
    unread_replies: int
    is_skipped: bool  # by the reader


class QueuePage(Struct, frozen=True):
    """One page; ``next`` is the ``after`` of the following one, nothing at the end."""

    rows: tuple[QueueRow, ...]
    next: str


class AfterRefused(ValueError):
    """The key of a page is not one of ours."""


class Bounded(Struct, frozen=True):
    """A count that stops at a limit: show ``count`` and a plus sign where ``is_more``."""

    count: int
    is_more: bool


class Survey(Struct, frozen=True):
    """How many reports there are, and when the oldest was received."""

    count: Bounded
    oldest_at: datetime | None


def list_queue(
    *,
    actor: Actor,
    filters: QueueFilter,
    now: datetime,
    after: str = "",
    size: int = PAGE_SIZE,
) -> QueuePage:
    """Give one page of what ``actor`` may see: highest priority first, then oldest.

    A claim that ran out by ``now`` is shown as no claim.

    Raises:
        NotAllowed: the actor's role reads no queue.
        AfterRefused: ``after`` is not one of ours.

    """
    reached = _read_after(after)
    found = _look(actor, filters, now)
    places = found.list_places(after=reached, most=size + 1)
    rows = _load_rows(places[:size], actor, now)
    return QueuePage(rows, str(places[size - 1]) if len(places) > size else "")


def count_queue(
    *, actor: Actor, filters: QueueFilter, now: datetime, limit: int = COUNT_LIMIT
) -> Bounded:
    """Count what ``list_queue`` would show, up to ``limit``.

    Raises:
        NotAllowed: the actor's role reads no queue.

    """
    found = _look(actor, filters, now).count(most=limit + 1)
    return Bounded(min(found, limit), found > limit)


def survey_queue(*, actor: Actor, filters: QueueFilter, now: datetime) -> Survey:
    """Count and find the oldest of what ``list_queue`` would show, at the price of one.

    Raises:
        NotAllowed: the actor's role reads no queue.

    """
    found = _look(actor, filters, now)
    count = found.count(most=COUNT_LIMIT + 1)
    bounded = Bounded(min(count, COUNT_LIMIT), count > COUNT_LIMIT)
    return Survey(bounded, found.get_oldest())


def get_oldest(*, actor: Actor, filters: QueueFilter, now: datetime) -> datetime | None:
    """When the oldest report of what ``list_queue`` would show was received.

    Raises:
        NotAllowed: the actor's role reads no queue.

    """
    return _look(actor, filters, now).get_oldest()


def get_next(*, actor: Actor, now: datetime) -> int | None:
    """Report to take up next: the first that is free, not skipped by the actor, and to be read.

    Raises:
        NotAllowed: the actor's role reads no queue.

    """
    free = QueueFilter(states=(ReportState.ASSESSED.value,), held="free")
    page = list_queue(actor=actor, filters=free, now=now, size=1)
    return page.rows[0].report if page.rows else None


def _read_after(after: str) -> int:
    if not after:
        return -1
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise AfterRefused
    return int(after)


def _look(actor: Actor, filters: QueueFilter, now: datetime) -> Found:
    limit = limit_to(actor=actor, action=Action.READ_QUEUE, now=now)
    rows = Handling.objects.filter(limit & _wish(filters, actor, now))
    states = tuple(each for each in dict.fromkeys(filters.states) if _may_have(each, filters))
    ways = tuple(rows.filter(way) for way in _list_ways(filters.offence))
    grant = find_grant(actor, Action.READ_QUEUE)
    is_few = filters.held == "mine" or filters.identifier or (grant and grant.scope in NARROW)
    return find_few(ways, states) if is_few else FoundByState(ways, states)


def _may_have(state: str, filters: QueueFilter) -> bool:
    # What no machine has read yet is not what a machine is unsure of.
    return not (filters.offence == UNSURE and state == ReportState.RECEIVED.value)


def _list_ways(offence: str) -> tuple[Q, ...]:
    """Filters that find an offence, as the leading one or the second; none finds another's rows."""
    if not offence:
        return (Q(),)
    if offence in {UNSURE, NONE}:
        return (Q(offence="" if offence == UNSURE else NONE),)
    return Q(offence=offence), Q(second=offence)


def _wish(filters: QueueFilter, actor: Actor, now: datetime) -> Q:
    wish = Q()
    for name in ("agency", "outcome", "lane"):
        if getattr(filters, name):
            wish &= Q(**{name: getattr(filters, name)})
    if filters.template:
        wish &= Q(template_group=filters.template)
    if filters.region:
        wish &= lie_in(filters.region)
    if filters.identifier:
        wish &= Q(report_id__in=_find_reports(filters.identifier))
    if filters.held == "mine":
        wish &= be_held_by(actor.id, now)
    if filters.held == "free":
        skipped = Skip.objects.filter(officer=actor.id).values("report_id")
        wish &= be_free(now) & ~Q(report_id__in=skipped)
    return wish


def _find_reports(typed: str) -> list[int]:
    values = {typed.strip(), *(each.value for each in scan(typed))}
    found = Identifier.objects.filter(value__in=values).values_list("id", flat=True)
    mentions = Mention.objects.filter(identifier__in=list(found)).order_by("-report_id")
    return list(mentions.values_list("report_id", flat=True).distinct()[:FOUND_MAX])


def _load_rows(places: Sequence[int], actor: Actor, now: datetime) -> tuple[QueueRow, ...]:
    numbers = [place & LEAF_MASK for place in places]
    rows = (
        Handling.objects.filter(report_id__in=numbers)
        .select_related("claimed_by", "assigned_to")
        .annotate(excerpt=Substr("report__text", 1, EXCERPT_CHARS))
        .annotate(language=F("report__language"))
    )
    skipped = set(
        Skip.objects.filter(officer=actor.id, report__in=numbers).values_list(
            "report_id", flat=True
        )
    )
    by_number = {row.report_id: row for row in rows}
    return tuple(_make_row(by_number[each], now, each in skipped) for each in numbers)


def _make_row(row: Any, now: datetime, is_skipped: bool) -> QueueRow:  # noqa: FBT001 - an annotated Handling
    is_claimed = row.claimed_until is not None and row.claimed_until > now
    return QueueRow(
        report=row.report_id,
        place=row.place,
        state=ReportState(row.state),
        priority=row.priority,
        region=row.region,
        agency=row.agency_id or "",
        offence=row.offence,
        second=row.second or "",
        outcome=row.outcome,
        lane=row.lane,
        language=row.language,
        received_at=row.received_at,
        excerpt=" ".join(row.excerpt.split()),
        claimed_by=row.claimed_by_id if is_claimed else None,
        claimed_by_name=row.claimed_by.get_full_name() if is_claimed else "",
        claimed_until=row.claimed_until if is_claimed else None,
        assigned_to=row.assigned_to_id,
        assigned_to_name=row.assigned_to.get_full_name() if row.assigned_to else "",
        unread_replies=row.unread_replies,
        is_skipped=is_skipped,
    )
