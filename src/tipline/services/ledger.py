"""Send what the desk recorded to the vault's ledger: in order, each event once."""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from django.db import transaction
from django.db.models import Max

from tipline.store import turns
from tipline.store.effects.ledger import place_events
from tipline.store.events import Recorded, encode_event
from tipline.store.models import Event
from tipline.store.turns import Turn
from tipline.vault import Entry, Retry, Unit, Vault

UNIT = 1_000
WAIT_SECONDS = 60


def send_events(*, vault: Vault, size: int = UNIT) -> int:
    """Append the next ``size`` events to the vault as one unit; returns how many.

    How far the unit goes is written down first, and the unit's retry key is the hash of its last
    event: whoever repeats it after a crash repeats the same unit and gets the same leaves.

    Raises:
        TurnLost: another worker sent meanwhile.
        VaultRefusal: the vault did not take them; try again.

    """
    turn = _set_out(size)
    if turn is None:
        return 0
    events = _list_events(turn)
    kept = vault.append(_make_unit(events)).result(WAIT_SECONDS)
    with transaction.atomic():
        turns.advance(name=turns.LEDGER, turn=turn, to=turn.goal)
        place_events(after=max(turn.at, 0), until=turn.goal, first_index=kept.first_index)
    return len(events)


def has_events(*, least: int = 1) -> bool:
    """Whether at least so many events wait for the vault."""
    waiting = Event.objects.filter(leaf_index=None).values("seq")
    return waiting[:least].count() == least


def _set_out(size: int) -> Turn | None:
    turn = turns.get_turn(name=turns.LEDGER)
    if turn.goal > turn.at:
        return turn
    at = max(turn.at, 0)  # the first event's seq is 1
    newest = Event.objects.aggregate(newest=Max("seq"))["newest"] or 0
    goal = min(at + size, newest)
    if goal <= at:
        return None
    with transaction.atomic():
        turns.set_goal(name=turns.LEDGER, turn=turn, goal=goal)
    return Turn(turn.at, goal)


def _list_events(turn: Turn) -> list[Recorded]:
    rows = Event.objects.filter(seq__gt=max(turn.at, 0), seq__lte=turn.goal).order_by("seq")
    return [_read(row) for row in rows]


def _read(row: Event) -> Recorded:
    return Recorded(
        seq=row.seq,
        at=row.at,
        by=row.by_id,
        kind=row.kind,
        subject=row.subject,
        body=msgspec.json.decode(row.body),
        prev_hash=bytes(row.prev_hash),
        hash=bytes(row.hash),
    )


def _make_unit(events: Sequence[Recorded]) -> Unit:
    entries = tuple(Entry(kind="event", details=encode_event(each)) for each in events)
    body = sha256(b"".join(each.details for each in entries)).digest()
    return Unit(entries, Retry(b"events:" + events[-1].hash, body, b""))
