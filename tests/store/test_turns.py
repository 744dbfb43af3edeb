"""One worker reads a stream at a time; another takes over after its death."""

from datetime import UTC, datetime, timedelta

import pytest

from tipline.store import turns
from tipline.store.turns import COLLECT, Turn

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LASTS = timedelta(seconds=10)
pytestmark = pytest.mark.django_db


def take(holder, seconds=0.0):
    return turns.take_turn(
        name=COLLECT, holder=holder, now=NOW + timedelta(seconds=seconds), lasts=LASTS
    )


def test_one_has_the_turn_until_it_runs_out():
    assert take("a")
    assert not take("b", 9)
    assert take("b", 10)
    assert not take("a", 11)


def test_who_goes_on_keeps_the_turn():
    assert all(take("a", seconds) for seconds in range(0, 60, 4))
    assert not take("b", 57)


def test_a_turn_given_back_is_free_at_once():
    take("a")
    turns.end_turn(name=COLLECT, holder="b")
    assert not take("b", 1)
    turns.end_turn(name=COLLECT, holder="a")
    assert take("b", 1)


def test_the_cursor_moves_only_from_where_the_reader_began():
    assert turns.get_turn(name=COLLECT) == Turn(-1, -1)
    turns.advance(name=COLLECT, turn=Turn(-1, -1), to=5)
    with pytest.raises(turns.TurnLost):
        turns.advance(name=COLLECT, turn=Turn(-1, -1), to=7)
    turns.set_goal(name=COLLECT, turn=Turn(5, 5), goal=9)
    assert turns.get_turn(name=COLLECT) == Turn(5, 9)
