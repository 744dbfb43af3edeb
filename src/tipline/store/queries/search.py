"""Look through everything an officer may read, and tell whom to ask about the rest."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet
from msgspec import Struct

from tipline.domain.duties import Action, Actor, Scope, find_grant
from tipline.domain.triage.search import Query
from tipline.store.grams import write_condition
from tipline.store.models import Handling, Mention, SavedSearch, SearchEntry, SearchHit
from tipline.store.queries.scope import limit_to

PAGE = 25
_LOOKED_AT, _AROUND, _AGENCIES = 400, 70, 5
Reach = Callable[[Actor, datetime], Q]


class Row(Struct, frozen=True, kw_only=True):
    """A record that was found, with the words around its first match."""

    id: int
    kind: str
    number: int
    region: str
    title: str
    before: str
    match: str
    after: str
    at: datetime


class Saved(Struct, frozen=True, kw_only=True):
    """A search that an officer keeps, and how many new records it has found."""

    id: int
    query: str
    at: datetime
    fresh: int


def find_records(
    *, actor: Actor, query: Query, now: datetime, kind: str = "", before: int | None = None
) -> list[Row]:
    """Find what ``actor`` may read and ``query`` matches, newest first, up to ``PAGE`` and one.

    ``kind`` narrows it to records of one kind; ``before`` goes on behind the row of that id.
    """
    rows = SearchEntry.objects.filter(_reach(actor, now, kind))
    rows = rows.filter(id__lt=before) if before is not None else rows
    found = (each for each in _read_candidates(rows, query) if query.is_in(each.text))
    return [_shape(each, query) for each, _ in zip(found, range(PAGE + 1), strict=False)]


def find_elsewhere(*, actor: Actor, query: Query, now: datetime) -> tuple[tuple[str, str], ...]:
    """English and Chinese names of agencies whose reports hold an identifier of the query and are closed to ``actor``.

    Only for identifiers, which one must have to ask: words of another's reports cannot be guessed.
    """
    wanted = Q()
    for kind, value in query.identifiers:
        wanted |= Q(identifier__kind=kind, identifier__value=value)
    if not wanted:
        return ()
    reports = Mention.objects.filter(wanted).exclude(verdict="dismissed").values("report")
    closed = Handling.objects.filter(report__in=reports, agency__isnull=False)
    mine = _reach_reports(actor, now)
    rows = closed.exclude(report__in=SearchEntry.objects.filter(mine).values("number"))
    names = rows.values_list("agency__name_en", "agency__name_zh")
    return tuple(sorted(set(names[:200])))[:_AGENCIES]


def may_find(*, actor: Actor, kind: str, number: int, now: datetime) -> bool:
    """Tell whether ``actor`` may read the record."""
    return SearchEntry.objects.filter(_reach(actor, now, kind), number=number).exists()


def list_saved(*, actor: Actor) -> list[Saved]:
    """Give the searches that ``actor`` keeps, newest first."""
    fresh: dict[int, int] = {}
    for search in _list_fresh(actor).values_list("search", flat=True):
        fresh[search] = fresh.get(search, 0) + 1
    rows = SavedSearch.objects.filter(by=actor.id, ended_at=None)
    return [
        Saved(id=row.event, query=row.query, at=row.at, fresh=fresh.get(row.event, 0))
        for row in rows
    ]


def list_fresh_hits(*, actor: Actor, search: int, now: datetime) -> list[tuple[str, int]]:
    """Give (kind, number) of the new records of a search that ``actor`` may read."""
    hits = _list_fresh(actor).filter(search=search).values_list("kind", "number")
    return [each for each in hits if may_find(actor=actor, kind=each[0], number=each[1], now=now)]


def count_fresh(*, actor: Actor) -> int:
    """Count the new records of all searches that ``actor`` keeps."""
    return _list_fresh(actor).count()


def _list_fresh(actor: Actor) -> QuerySet[SearchHit]:
    return SearchHit.objects.filter(
        search__by=actor.id, search__ended_at=None, seen_at__isnull=True
    )


def _read_candidates(rows: QuerySet[SearchEntry], query: Query) -> Iterator[SearchEntry]:
    # What the index gives holds all pieces, yet perhaps not in a row; the texts decide.
    pieces = [[each for each in term.pieces if each] for term in query.terms]
    condition, values = write_condition([each for each in pieces if each])
    yield from rows.extra(where=[condition], params=values).order_by("-id")[:_LOOKED_AT]  # noqa: S610 - pieces are parameters


def _shape(row: SearchEntry, query: Query) -> Row:
    start, end = query.find_place(row.text)
    before = row.text[max(0, start - _AROUND) : start]
    after = row.text[end : end + _AROUND]
    return Row(
        id=row.pk,
        kind=row.kind,
        number=row.number,
        region=row.region,
        title=row.title,
        before=("…" if start > _AROUND else "") + before,
        match=row.text[start:end],
        after=after + ("…" if end + _AROUND < len(row.text) else ""),
        at=row.at,
    )


def _reach(actor: Actor, now: datetime, kind: str) -> Q:
    reach = Q(pk__in=[])
    for name, limit in REACHES.items():
        if kind in {"", name}:
            reach |= limit(actor, now)
    return reach


def _reach_reports(actor: Actor, now: datetime) -> Q:
    grant = find_grant(actor, Action.READ_REPORT)
    if grant is None or grant.needs_reason:
        return Q(pk__in=[])
    limit = limit_to(actor=actor, action=Action.READ_REPORT, now=now)
    if grant.scope is Scope.CASE:
        return Q(kind="report", number__in=Handling.objects.filter(limit).values("report"))
    return Q(kind="report") & limit


REACHES: Mapping[str, Reach] = {"report": _reach_reports}
