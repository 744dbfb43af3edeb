"""Make records findable, keep searches, and tell of new hits."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from django.db import transaction

from tipline.domain.duties import Action, Actor, check_may_anywhere
from tipline.domain.triage.search import Query, read_query
from tipline.store import queue
from tipline.store.events import read_number
from tipline.store.findable import keep_all_findable, keep_findable
from tipline.store.models import SavedSearch
from tipline.store.queries.documents import Document, read_documents
from tipline.store.queries.search import may_find
from tipline.store.record import NewEvent, record, record_many

SAVED_MAX = 50


class SearchUnknown(LookupError):
    """The officer keeps no such search."""


class SearchesFull(Exception):
    """The officer keeps as many searches as one may."""


@transaction.atomic
def index_records(*, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime) -> None:
    """Make the subjects of the jobs findable and tell of them who looks for such: the INDEX step.

    Raises:
        LeaseLost: another worker has the steps.

    """
    subjects = sorted({each.subject for each in jobs})
    for kind, group in groupby(subjects, lambda each: each.partition(":")[0]):
        numbers = [read_number(each) for each in group]
        _tell_hits(keep_findable(list(read_documents(kind, numbers)), numbers), now)
    queue.finish(taken=taken, jobs=jobs)


@transaction.atomic
def index_all(*, tell: Callable[[int, int], None] = lambda _done, _of: None) -> int:
    """Make every record findable anew; gives how many. Nobody is told of hits."""
    return keep_all_findable(tell)


@transaction.atomic
def save_search(*, query: str, by: Actor, now: datetime) -> int:
    """Keep a search; ``by`` is told of what it finds from now on. Gives its id.

    Raises:
        NotAllowed: the role does not search.
        QueryRefused: it cannot be looked for.
        SearchesFull: ``by`` keeps as many as one may.

    """
    check_may_anywhere(by, Action.SEARCH)
    read_query(query)
    mine = SavedSearch.objects.filter(by=by.id, ended_at=None)
    same = mine.filter(query=query.strip()).first()
    if same is not None:
        return same.event
    if mine.count() >= SAVED_MAX:
        raise SearchesFull
    body = {"query": query.strip()}
    subject = f"officer:{by.id}"
    return record(kind="search.saved", subject=subject, by=by.id, now=now, body=body).seq


@transaction.atomic
def end_search(*, search: int, by: Actor, now: datetime) -> None:
    """Keep a search no longer.

    Raises:
        SearchUnknown: ``by`` keeps no such search.

    """
    _check_mine(search, by)
    record(kind="search.ended", subject=f"search:{search}", by=by.id, now=now)


@transaction.atomic
def see_hits(*, search: int, by: Actor, now: datetime) -> None:
    """Note that ``by`` has seen what the search found.

    Raises:
        SearchUnknown: ``by`` keeps no such search.

    """
    _check_mine(search, by)
    record(kind="search.seen", subject=f"search:{search}", by=by.id, now=now)


def _check_mine(search: int, by: Actor) -> None:
    if not SavedSearch.objects.filter(event=search, by=by.id, ended_at=None).exists():
        raise SearchUnknown


def _tell_hits(kept: Sequence[tuple[Document, str]], now: datetime) -> None:
    searches = list(SavedSearch.objects.filter(ended_at=None).select_related("by"))
    if searches and kept:
        record_many(events=list(_find_hits(searches, kept, now)), now=now)


def _find_hits(
    searches: Sequence[SavedSearch], kept: Sequence[tuple[Document, str]], now: datetime
) -> Iterator[NewEvent]:
    for search in searches:
        query = _read(search.query)
        for document, before in kept:
            if query.is_in(document.text) and not (before and query.is_in(before)):
                key: Mapping[str, object] = {"kind": document.kind, "number": document.number}
                if may_find(
                    actor=search.by.actor, kind=document.kind, number=document.number, now=now
                ):
                    yield NewEvent(kind="search.hit", subject=f"search:{search.event}", body=key)


@lru_cache(1_000)
def _read(query: str) -> Query:
    return read_query(query)
