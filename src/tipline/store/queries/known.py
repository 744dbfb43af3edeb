"""What is known of subjects: our own decisions, imported lists, and what is excepted from both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from msgspec import Struct

from tipline.domain.triage.known import Hit, Shelf, list_entries, settle
from tipline.domain.triage.known.hits import OWN
from tipline.store.keys import make_key
from tipline.store.models import KnownEntry, KnownException, KnownList

_KEYS_AT_ONCE = 500
Subject = tuple[str, str]  # kind and value


class Known(Struct, frozen=True):
    """What was found of subjects, in their order; ``unread`` names lists that are not on this machine."""

    hits: tuple[tuple[Hit, ...], ...]
    unread: tuple[str, ...] = ()


def find_known(*, subjects: Sequence[Subject], shelf: Shelf, today: date) -> Known:
    """Look up any number of subjects at once: a handful of statements and one search of each list.

    Exceptions are applied as they stand in the database now, in whichever process this runs. Lists
    that have expired before ``today`` tell nothing.
    """
    entries = [list_entries(kind, value) for kind, value in subjects]
    every = list(dict.fromkeys(entry for each in entries for entry in each))
    if not every:
        return Known(((),) * len(subjects))
    listed, unread = _find_listed(every, shelf, today)
    held = _gather([*_find_own(every), *listed])
    removed = _find_removed(held, every)
    hits = (
        settle(each, [hit for entry in each for hit in held.get(entry, ())], removed)
        for each in entries
    )
    return Known(tuple(hits), unread)


def has_known(today: date) -> bool:
    """Tell whether anything is known of anybody: an entry of our own, or a list in force."""
    return KnownEntry.objects.exists() or list_in_force(today).exists()


def find_listing(*, entries: Sequence[str], shelf: Shelf, today: date) -> tuple[Hit, ...]:
    """Find every hit of one subject's entries, whatever is excepted from them."""
    listed, _unread = _find_listed(entries, shelf, today)
    return settle(entries, [*_find_own(entries), *listed], ())


def list_in_force(today: date) -> QuerySet[KnownList]:
    """Lists that are neither ended nor expired, by name."""
    in_force = KnownList.objects.filter(ended_at=None).order_by("name")
    return in_force.exclude(expires_on__lt=today)


def _find_own(entries: Sequence[str]) -> Iterator[Hit]:
    for row in _find_rows(KnownEntry.objects.all(), entries):
        yield Hit(
            entry=row.entry,
            is_bad=True,
            source=OWN,
            since=row.since,
            report=row.report_id,
            is_payee=row.is_payee,
        )


def _find_listed(
    entries: Sequence[str], shelf: Shelf, today: date
) -> tuple[list[Hit], tuple[str, ...]]:
    rows = list(list_in_force(today))
    found = shelf.find(names=[row.file for row in rows], entries=entries)
    hits = [_read_hit(row, entries[place]) for row in rows for place in found.get(row.file, ())]
    return hits, tuple(row.name for row in rows if row.file not in found)


def _read_hit(row: KnownList, entry: str) -> Hit:
    return Hit(
        entry=entry,
        is_bad=row.is_bad,
        source=row.source,
        since=row.published_on,
        list_name=row.name,
    )


def _find_removed(held: Mapping[str, object], entries: Sequence[str]) -> frozenset[str]:
    # Only what is held needs an exception, so most look-ups never ask.
    rows = _find_rows(KnownException.objects.all(), entries) if held else ()
    return frozenset(row.entry for row in rows)


def _find_rows(rows: QuerySet[Any], entries: Sequence[str]) -> Iterator[Any]:
    wanted, keys = set(entries), iter(map(make_key, entries))
    while part := list(islice(keys, _KEYS_AT_ONCE)):
        yield from (row for row in rows.filter(key__in=part) if row.entry in wanted)


def _gather(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    held: dict[str, list[Hit]] = {}
    for hit in hits:
        held.setdefault(hit.entry, []).append(hit)
    return held
