"""Keep what is known of subjects: bring and end lists, except what was listed wrongly."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.outcome import AGAINST_SUBJECTS, Outcome
from tipline.domain.duties import Action, Actor, check_may
from tipline.domain.triage.known import EntryRefused, Kept, Shelf, hash_entry, make_entry
from tipline.domain.triage.reading.innocent import judge_innocent
from tipline.store import queue
from tipline.store.events import read_number
from tipline.store.keys import make_key
from tipline.store.models import (
    Decision,
    Handling,
    KnownEntry,
    KnownException,
    KnownList,
    Mention,
)
from tipline.store.queries.known import find_known
from tipline.store.record import NewEvent, record, record_many

MIXED = "mixed"  # a list whose rows name their kinds
DIGEST_SHOWN = 16
_SUBJECT = re.compile(r"(?:subjects\[\d+\]\.value|losses\[\d+\]\.(to))\Z")
Row = tuple[str, str]  # kind and value
Entry = tuple[str, bool]  # entry, and whether money went there


class ListRefused(ValueError):
    """This cannot be a list; ``why`` is "empty", "fields" or "unknown"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class KnownUnchanged(Exception):
    """The subject is excepted already, or is not."""


class NewList(Struct, frozen=True, kw_only=True):
    """A list to be imported. ``digest`` is the SHA-256 of its file, in hexadecimal digits."""

    name: str
    kind: str
    is_bad: bool
    source: str
    licence: str
    published_on: date
    expires_on: date | None
    digest: str


class Imported(Struct, frozen=True):
    """What came of an import: the list's number, its entries, and the rows that are none."""

    number: int
    entries: int
    refused: int


def import_list(
    *,
    new: NewList,
    rows: Iterable[Row],
    shelf: Shelf,
    by: Actor | None,
    now: datetime,
    tell: Callable[[int], None] = lambda _done: None,
) -> Imported:
    """Import a list from ``rows`` of (kind, value); one of the same name ends. ``by`` None: operator.

    A file that was imported before is found on the shelf again and not built anew.

    Raises:
        NotAllowed: ``by`` does not manage lists.
        ListRefused: a field is missing, or no row is an entry.

    """
    _check_may(by, Action.MANAGE_LISTS, reason=new.source)
    if not all((new.name.strip(), new.source.strip(), new.licence.strip())):
        raise ListRefused("fields")
    reading = _Reading(rows)
    kept = shelf.keep(name=f"{new.digest}-{new.kind}-1", entries=reading.read(), tell=tell)
    if not kept.entries:
        raise ListRefused("empty")
    refused = _count_refused(reading, kept)
    made = _record_list(new, kept=kept, refused=refused, by=by, now=now)
    shelf.forget(names=_list_ended_files())
    return made


@transaction.atomic
def remove_list(*, number: int, reason: str, by: Actor | None, now: datetime) -> None:
    """End a list: from now on it says nothing of anybody.

    Raises:
        NotAllowed: ``by`` does not manage lists, or gave no reason.
        ListRefused: there is no such list, or it has ended.

    """
    _check_may(by, Action.MANAGE_LISTS, reason=reason)
    row = KnownList.objects.select_for_update().filter(event=number, ended_at=None).first()
    if row is None:
        raise ListRefused("unknown")
    body = {"list": number, "name": row.name, "reason": reason.strip()}
    subject = f"list:{row.file[:DIGEST_SHOWN]}"
    record(kind="list.removed", subject=subject, by=_id(by), now=now, body=body)


@transaction.atomic
def remove_known(*, kind: str, value: str, reason: str, by: Actor | None, now: datetime) -> str:
    """Except a subject from every list, at once and everywhere; gives the entry that is excepted.

    Raises:
        NotAllowed: ``by`` may not, or gave no reason.
        EntryRefused: no list can hold such a subject.
        KnownUnchanged: it is excepted already.

    """
    return _correct("known.removed", kind=kind, value=value, reason=reason, by=by, now=now)


@transaction.atomic
def restore_known(*, kind: str, value: str, reason: str, by: Actor | None, now: datetime) -> str:
    """End an exception: lists say of the subject what they say.

    Raises:
        NotAllowed, EntryRefused: as for ``remove_known``.
        KnownUnchanged: it is not excepted.

    """
    return _correct("known.restored", kind=kind, value=value, reason=reason, by=by, now=now)


def list_decided(
    *, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], shelf: Shelf, now: datetime
) -> None:
    """Note the subjects of decided reports as known, or strike them: the LIST step.

    What an officer acted on is known by its named subjects and the accounts that money went to;
    what stands in the text only may be the reporter's own. Known-good and innocent ones are left out.

    Raises:
        LeaseLost: another worker has the steps; nothing was done.

    """
    with transaction.atomic():
        numbers = sorted({read_number(job.subject) for job in jobs})
        _lock(numbers)
        events = [event for number in numbers for event in _judge(number, shelf, now.date())]
        queue.finish(taken=taken, jobs=jobs)
        record_many(events=events, now=now)


def _lock(reports: Sequence[int]) -> None:
    # Nobody decides these anew until what is decided now is noted.
    rows = Handling.objects.select_for_update().filter(report__in=reports).order_by("report_id")
    list(rows.values_list("report_id", flat=True))


def _judge(report: int, shelf: Shelf, today: date) -> Iterator[NewEvent]:
    decision = Decision.objects.filter(report=report).order_by("-event").first()
    is_listed = decision is not None and Outcome(decision.outcome) in AGAINST_SUBJECTS
    wanted = _list_subjects(report, shelf, today) if is_listed else []
    rows = KnownEntry.objects.filter(report=report).order_by("id")
    if wanted == list(rows.values_list("entry", "is_payee")):
        return
    body: dict[str, Any] = {"decision": decision.event if decision else None}
    if wanted:
        body["entries"] = [list(each) for each in wanted]
    kind = "known.added" if wanted else "known.withdrawn"
    yield NewEvent(kind=kind, subject=f"report:{report}", body=body)


def _list_subjects(report: int, shelf: Shelf, today: date) -> list[Entry]:
    rows = Mention.objects.filter(report=report).order_by("id")
    told = rows.values_list("identifier__kind", "identifier__value", "field")
    named = {
        (kind, value): bool(match[1])
        for kind, value, field in told
        if (match := _SUBJECT.match(field))
    }
    known = find_known(subjects=list(named), shelf=shelf, today=today)
    entries: dict[str, bool] = {}
    for (subject, is_payee), hits in zip(named.items(), known.hits, strict=True):
        entry = _write_entry(*subject)
        is_good = any(hit.entry == entry and not hit.is_bad for hit in hits)
        if entry and not is_good:
            entries.setdefault(entry, is_payee)
    return list(entries.items())


def _write_entry(kind: str, value: str) -> str:
    if judge_innocent(kind, value):
        return ""
    try:
        return make_entry(kind, value)
    except EntryRefused:
        return ""


class _Reading:
    """Reads rows as entries and counts those that are none."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.refused = 0
        self.is_read = False

    def read(self) -> Iterator[str]:
        self.is_read = True
        for kind, value in self._rows:
            try:
                yield make_entry(kind, value)
            except EntryRefused:
                self.refused += 1


def _list_ended_files() -> list[str]:
    in_force = KnownList.objects.filter(ended_at=None).values("file")
    ended = KnownList.objects.exclude(file__in=in_force)
    return list(ended.values_list("file", flat=True).distinct())


def _count_refused(reading: _Reading, kept: Kept) -> int:
    before = None if reading.is_read else KnownList.objects.filter(file=kept.name).first()
    if before is not None:
        return before.refused
    for _ in reading.read() if not reading.is_read else ():
        continue
    return reading.refused


@transaction.atomic
def _record_list(
    new: NewList, *, kept: Kept, refused: int, by: Actor | None, now: datetime
) -> Imported:
    body = {
        "name": new.name.strip(),
        "kind": new.kind,
        "is_bad": new.is_bad,
        "source": new.source.strip(),
        "licence": new.licence.strip(),
        "published_on": new.published_on.isoformat(),
        "expires_on": new.expires_on.isoformat() if new.expires_on else None,
        "file": kept.name,
        "entries": kept.entries,
        "refused": refused,
    }
    subject = f"list:{kept.name[:DIGEST_SHOWN]}"
    event = record(kind="list.imported", subject=subject, by=_id(by), now=now, body=body)
    return Imported(event.seq, kept.entries, refused)


def _correct(
    event: str, *, kind: str, value: str, reason: str, by: Actor | None, now: datetime
) -> str:
    _check_may(by, Action.CORRECT_LISTS, reason=reason)
    entry = make_entry(kind, value)
    key = make_key(entry)
    is_excepted = KnownException.objects.filter(key=key, entry=entry).exists()
    if is_excepted is (event == "known.removed"):
        raise KnownUnchanged
    body = {"entry": entry, "reason": reason.strip()}
    record(kind=event, subject=f"known:{hash_entry(entry):016x}", by=_id(by), now=now, body=body)
    return entry


def _check_may(by: Actor | None, action: Action, *, reason: str) -> None:
    if by is not None:
        check_may(by, action, reason=reason)


def _id(by: Actor | None) -> int | None:
    return by.id if by else None
