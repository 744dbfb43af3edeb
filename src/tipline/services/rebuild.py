"""Make the desk anew from the vault: reports and replies as they came, events as they happened."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.outcome import AGAINST_SUBJECTS
from tipline.domain.disposal.served import ACT_EVENTS
from tipline.domain.disposal.state import ReportState
from tipline.domain.flow import Step
from tipline.domain.intake.arrival import Arrival, Envelope, read_arrival
from tipline.store import queue, turns
from tipline.store.effects.intake import keep_reply, keep_reports
from tipline.store.effects.orders import keep_answer
from tipline.store.effects.staff import restore_staff
from tipline.store.events import Recorded, decode_event
from tipline.store.findable import keep_all_findable
from tipline.store.models import Decision, Event, Handling, KnownEntry, Letter
from tipline.store.queries.due import list_due_steps
from tipline.store.queries.links import list_unplaced
from tipline.store.record import record, restore_many
from tipline.store.turns import Turn
from tipline.store.wiping import wipe_reports
from tipline.vault import OpeningKey, Stored, Vault, open_record

BATCH = 1_000
EVENT = "event"
ARRIVALS = ("report", "reply", "answer")
ANSWERED = frozenset(ACT_EVENTS.values())


class EventsWaiting(Exception):
    """Events of this desk are not in the vault yet; a rebuild now would lose them."""


class Rebuilt(Struct, frozen=True):
    """What a rebuild brought back."""

    reports: int
    events: int


@dataclass(kw_only=True)
class _Replay:
    """Plays the vault's events again, and knows how far it has come."""

    vault: Vault
    desk_key: OpeningKey
    collected: int = -1  # the newest leaf that the desk had taken
    reports: int = 0
    events: int = 0
    dismissed: set[tuple[str, str, int]] = field(default_factory=set)
    near: dict[int, Stored] = field(default_factory=dict)  # arrivals of the batch at hand

    def play(self, batch: Sequence[Stored]) -> None:
        """Play one batch of leaves."""
        self.near = {each.index: each for each in batch if each.kind in ARRIVALS}
        events = [
            (decode_event(open_record(each, self.desk_key).details), each.index)
            for each in batch
            if each.kind == EVENT
        ]
        for _, group in groupby(events, lambda each: each[0].kind):
            told = list(group)
            self._bring_reports([event for event, _ in told])
            restore_many(events=told)
            self._bring_replies([event for event, _ in told])
        self.events += len(events)

    def _bring_reports(self, events: Sequence[Recorded]) -> None:
        # What events speak of must be there before they have their effects.
        arrived = [each.number for each in events if each.kind == "report.received"]
        keep_reports([self._open(index) for index in arrived])
        self.reports += len(arrived)
        for event in events:
            restore_staff(event)
            self.collected = max(self.collected, _find_record(event))
            if event.kind == "step.dismissed":
                self.dismissed.add((event.body["step"], event.subject, event.body["event"]))

    def _bring_replies(self, events: Sequence[Recorded]) -> None:
        for event in events:
            if event.kind == "reply.received":
                keep_reply(event=event, arrival=self._open(event.body["record"]))
            elif event.kind in ANSWERED:
                keep_answer(event=event, arrival=self._open(event.body["record"]))

    def _open(self, index: int) -> Arrival:
        stored = self.near.get(index) or self.vault.get(index)
        if stored is None:
            raise LookupError(f"the vault has no record {index}")
        opened = open_record(stored, self.desk_key)
        envelope = Envelope(
            index=opened.index,
            box=opened.box,
            holder_key=opened.holder_key,
            contact_box=opened.contact_box,
            leaf_hash=opened.leaf_hash,
        )
        return read_arrival(text=opened.text, details=opened.details, envelope=envelope)


def rebuild_desk(
    *,
    vault: Vault,
    desk_key: OpeningKey,
    now: datetime,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> Rebuilt:
    """Replace all of the desk but its staff by what the vault holds, in one transaction.

    What the desk had not taken from the vault yet it takes afterwards, as ever. Officers and
    agencies that are missing come back without passwords. ``tell`` hears of leaves done.

    Raises:
        EventsWaiting: send them to the vault first (``services.ledger``).
        ChainBroken: the vault's events are not one chain.
        SealBroken: a record that the desk had taken no longer opens.

    """
    with transaction.atomic():
        if Event.objects.filter(leaf_index=None).exists():
            raise EventsWaiting
        wipe_reports()
        replay = _Replay(vault=vault, desk_key=desk_key)
        for batch in _read_batches(vault, tell):
            replay.play(batch)
        _set_cursors(replay)
        keep_all_findable()
        queue.put(jobs=[job for job in _list_due() if _key(job) not in replay.dismissed])
        body = {"reports": replay.reports, "events": replay.events}
        record(kind="desk.rebuilt", subject="desk:1", by=None, now=now, body=body)
    return Rebuilt(replay.reports, replay.events)


def _read_batches(vault: Vault, tell: Callable[[int, int], None]) -> Iterator[list[Stored]]:
    size, after = vault.size(), -1
    while batch := vault.read(after=after, limit=BATCH):
        yield batch
        after = batch[-1].index
        tell(after + 1, size)


def _find_record(event: Recorded) -> int:
    """Leaf of the record that an event of intake took from the vault; -1 for other events."""
    if event.kind in {"report.received", "report.refused"}:
        return event.number
    return int(event.body["record"]) if event.kind in {"reply.received", *ANSWERED} else -1


def _set_cursors(replay: _Replay) -> None:
    beginning = Turn(-1, -1)
    turns.advance(name=turns.COLLECT, turn=beginning, to=replay.collected)
    turns.advance(name=turns.LEDGER, turn=beginning, to=replay.events)


def _list_due() -> Iterator[queue.NewJob]:
    """Steps that were queued and not done, as the rows tell."""
    yield from _list_unread()
    yield from _list_unlisted()
    yield from list_due_steps()
    for event, report, at in list_unplaced():
        yield queue.NewJob(step=Step.LINK, subject=f"report:{report}", event=event, due_at=at)
    unsent = Letter.objects.filter(direction="out", leaf_index=None)
    for event, report, at in unsent.values_list("event", "report_id", "at"):
        yield queue.NewJob(step=Step.TELL, subject=f"report:{report}", event=event, due_at=at)
    claimed = Handling.objects.filter(claimed_until__isnull=False)
    for report, until in claimed.values_list("report_id", "claimed_until"):
        subject = f"report:{report}"
        seq = Event.objects.filter(subject=subject, kind="report.claimed").order_by("-seq")
        event = seq.values_list("seq", flat=True)[0]
        yield queue.NewJob(step=Step.RELEASE, subject=subject, event=event, due_at=until)  # type: ignore[arg-type]  # filtered above


def _list_unread() -> Iterable[queue.NewJob]:
    unread = Handling.objects.filter(state=ReportState.RECEIVED.value)
    for report in unread.values_list("report_id", flat=True):
        subject = f"report:{report}"
        found = Event.objects.filter(subject=subject, kind="report.received").values_list(
            "seq", "at"
        )
        for event, at in found[:1]:
            yield queue.NewJob(step=Step.ASSESS, subject=subject, event=event, due_at=at)


def _list_unlisted() -> Iterator[queue.NewJob]:
    # The step changes nothing where its subjects were noted, or were none to be noted.
    holding = Decision.objects.filter(overridden_by=None)
    known = KnownEntry.objects.values("report")
    lacking = holding.filter(outcome__in=AGAINST_SUBJECTS).exclude(report__in=known)
    stale = holding.exclude(outcome__in=AGAINST_SUBJECTS).filter(report__in=known)
    for rows in (lacking, stale):
        for event, report, at in rows.values_list("event", "report_id", "at"):
            yield queue.NewJob(step=Step.LIST, subject=f"report:{report}", event=event, due_at=at)


def _key(job: queue.NewJob) -> tuple[str, str, int]:
    return job.step.value, job.subject, job.event
