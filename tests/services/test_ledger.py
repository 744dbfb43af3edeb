"""Every event becomes a leaf: in order, once, whatever breaks between the two stores."""

import pytest
from django.db import transaction

from tipline.services import ledger
from tipline.store import turns
from tipline.store.effects.ledger import place_events
from tipline.store.events import decode_event
from tipline.store.models import Event
from tipline.store.record import NewEvent, record_many
from tipline.vault import VaultUnavailable, open_record

pytestmark = pytest.mark.django_db


def write(count, now):
    events = [NewEvent(kind="contact.revealed", subject="report:1")] * count
    with transaction.atomic():
        record_many(events=events, now=now)


def read_ledger(house):
    stored = [each for each in house.vault.read(after=-1, limit=1000) if each.kind == "event"]
    return [
        (each.index, decode_event(open_record(each, house.desk_key).details)) for each in stored
    ]


def test_events_lie_in_the_vault_in_order(house):
    write(5, house.now)

    assert ledger.send_events(vault=house.vault, size=3) == 3
    write(2, house.now)
    assert [ledger.send_events(vault=house.vault, size=3) for _ in range(3)] == [3, 1, 0]

    kept = read_ledger(house)
    assert [event.seq for _, event in kept] == list(range(1, 8))
    for leaf, event in kept:
        row = Event.objects.get(seq=event.seq)
        assert (row.leaf_index, bytes(row.hash)) == (leaf, event.hash)


def test_a_crash_after_the_append_sends_the_same_unit_again(house, monkeypatch):
    write(4, house.now)

    def die(**_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(ledger.turns, "advance", die)
        with pytest.raises(KeyboardInterrupt):
            ledger.send_events(vault=house.vault, size=2)
    assert house.vault.size() == 2
    write(1, house.now)

    while ledger.send_events(vault=house.vault, size=10):
        pass

    assert [event.seq for _, event in read_ledger(house)] == [1, 2, 3, 4, 5]
    assert list(Event.objects.order_by("seq").values_list("leaf_index", flat=True)) == [
        0,
        1,
        2,
        3,
        4,
    ]


def test_a_vault_that_does_not_answer_loses_nothing(house, monkeypatch):
    write(2, house.now)

    class Away:
        def append(self, _unit):
            raise VaultUnavailable

    with pytest.raises(VaultUnavailable):
        ledger.send_events(vault=Away())
    assert ledger.has_events(least=2)

    assert ledger.send_events(vault=house.vault) == 2
    assert not ledger.has_events()


def test_a_slow_sender_cannot_move_the_cursor_back(house):
    write(2, house.now)
    slow = turns.Turn(-1, 2)
    ledger.send_events(vault=house.vault)

    with pytest.raises(turns.TurnLost):
        turns.advance(name=turns.LEDGER, turn=slow, to=2)


def test_a_leaf_index_is_written_once(house):
    write(1, house.now)
    ledger.send_events(vault=house.vault)

    place_events(after=0, until=1, first_index=77)

    assert Event.objects.get().leaf_index == 0
