"""What the page of lists shows: the lists, one subject looked up in them, and the exceptions."""

from datetime import date, datetime

from msgspec import Struct

from tipline.domain.duties import Action, Actor, check_may
from tipline.domain.triage.known import Hit, Shelf, Standing, list_entries, make_entry, weigh
from tipline.store.keys import make_key
from tipline.store.models import KnownEntry, KnownException, KnownList
from tipline.store.queries.known import find_known, find_listing

EXCEPTIONS_SHOWN = 200


class ListRow(Struct, frozen=True, kw_only=True):
    """A list that has not ended. ``id`` names it; ``is_here`` tells that its file is on this machine."""

    id: int
    name: str
    kind: str
    is_bad: bool
    source: str
    licence: str
    published_on: date
    expires_on: date | None
    entries: int
    refused: int
    imported_at: datetime
    is_expired: bool
    is_here: bool


class ExceptionRow(Struct, frozen=True, kw_only=True):
    """A subject that no list may accuse: since when, by whom (empty: the operator) and why."""

    entry: str
    reason: str
    by_name: str
    at: datetime


class Looked(Struct, frozen=True, kw_only=True):
    """One subject in all lists: every hit, those that count, and what they amount to."""

    entry: str
    every: tuple[Hit, ...]
    counting: tuple[Hit, ...]
    standing: Standing
    is_excepted: bool
    unread: tuple[str, ...]


def list_lists(*, actor: Actor | None, shelf: Shelf, today: date) -> tuple[ListRow, ...]:
    """Give the lists that have not ended, by name; ``actor`` is None for the command line.

    Raises:
        NotAllowed: the actor's role does not read lists.

    """
    _check_may(actor)
    rows = KnownList.objects.filter(ended_at=None).order_by("name")
    return tuple(_read_list(row, shelf, today) for row in rows)


def count_own(*, actor: Actor) -> int:
    """Count the subjects that our own decisions list.

    Raises:
        NotAllowed: as for ``list_lists``.

    """
    _check_may(actor)
    return KnownEntry.objects.count()


def list_exceptions(*, actor: Actor | None) -> tuple[ExceptionRow, ...]:
    """Give what is excepted, newest first.

    Raises:
        NotAllowed: as for ``list_lists``.

    """
    _check_may(actor)
    rows = KnownException.objects.select_related("by")[:EXCEPTIONS_SHOWN]
    return tuple(
        ExceptionRow(
            entry=row.entry,
            reason=row.reason,
            by_name=row.by.get_full_name() if row.by else "",
            at=row.at,
        )
        for row in rows
    )


def look_up(*, actor: Actor | None, kind: str, value: str, shelf: Shelf, today: date) -> Looked:
    """Look one subject up in all lists, telling also what is excepted.

    Raises:
        NotAllowed: as for ``list_lists``.
        EntryRefused: no list can hold such a subject.

    """
    _check_may(actor)
    entry = make_entry(kind, value)
    found = find_known(subjects=[(kind, value)], shelf=shelf, today=today)
    return Looked(
        entry=entry,
        every=find_listing(entries=list_entries(kind, value), shelf=shelf, today=today),
        counting=found.hits[0],
        standing=weigh(found.hits[0]),
        is_excepted=KnownException.objects.filter(key=make_key(entry), entry=entry).exists(),
        unread=found.unread,
    )


def _check_may(actor: Actor | None) -> None:
    if actor is not None:
        check_may(actor, Action.READ_LISTS)


def _read_list(row: KnownList, shelf: Shelf, today: date) -> ListRow:
    return ListRow(
        id=row.event,
        name=row.name,
        kind=row.kind,
        is_bad=row.is_bad,
        source=row.source,
        licence=row.licence,
        published_on=row.published_on,
        expires_on=row.expires_on,
        entries=row.entries,
        refused=row.refused,
        imported_at=row.imported_at,
        is_expired=row.expires_on is not None and row.expires_on < today,
        is_here=shelf.has(row.file),
    )
