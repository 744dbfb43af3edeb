"""Streams that one worker reads at a time: who has the turn, and how far the stream was read.

The turn only saves work. That nothing is taken twice follows from ``advance``, which moves the
cursor in the transaction of what was read, and only from where the reader began.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from msgspec import Struct

from tipline.store.models import Cursor

COLLECT, LEDGER = "collect", "ledger"  # the vault's leaves read; the events sent to the vault


class Turn(Struct, frozen=True):
    """How far a stream was read, and where its reader set out to go."""

    at: int
    goal: int


class TurnLost(Exception):
    """Another worker moved the cursor meanwhile; undo what was done."""


def get_turn(*, name: str) -> Turn:
    """Tell how far a stream was read."""
    row = Cursor.objects.filter(name=name).values_list("at", "goal").first()
    return Turn(*row) if row else Turn(-1, -1)


def take_turn(*, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Try to be the one who reads the stream until ``now + lasts``; True tells it worked.

    A turn that has more than half of its time left is not written again.
    """
    row = Cursor.objects.filter(name=name).values_list("holder", "held_until").first()
    if row is None:
        Cursor.objects.bulk_create([Cursor(name=name)], ignore_conflicts=True)
    elif row[1] is not None and row[1] > now:
        if row[0] != holder:
            return False
        if row[1] - now > lasts / 2:
            return True
    is_free = Q(held_until=None) | Q(held_until__lte=now) | Q(holder=holder)
    taken = Cursor.objects.filter(is_free, name=name)
    return taken.update(holder=holder, held_until=now + lasts) == 1


def end_turn(*, name: str, holder: str) -> None:
    """Give the turn back, so that another worker need not wait for its end."""
    Cursor.objects.filter(name=name, holder=holder).update(holder="", held_until=None)


def set_goal(*, name: str, turn: Turn, goal: int) -> None:
    """Write down where the reader sets out to go, before it does.

    Raises:
        TurnLost: another worker moved the cursor.

    """
    _move(name, turn, at=turn.at, goal=goal)


def advance(*, name: str, turn: Turn, to: int) -> None:
    """Move the cursor from where ``turn`` found it, in the transaction of what was read.

    Raises:
        TurnLost: another worker moved the cursor.

    """
    _move(name, turn, at=to, goal=to)


def _move(name: str, turn: Turn, **changes: int) -> None:
    Cursor.objects.bulk_create([Cursor(name=name)], ignore_conflicts=True)
    mine = Cursor.objects.filter(name=name, at=turn.at, goal=turn.goal)
    if mine.update(**changes) != 1:
        raise TurnLost
