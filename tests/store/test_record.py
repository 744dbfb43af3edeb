"""The chain of events: bound, in one transaction with its change, and not to be altered."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, strategies as st

from tipline.domain.flow import EventUnknown
from tipline.store.events import ChainBroken, Recorded, decode_event, encode_event, hash_event
from tipline.store.models import Event, Job
from tipline.store.models.lasting import RowLasts
from tipline.store.record import (
    NewEvent,
    OutsideTransaction,
    list_jobs,
    record,
    record_many,
    restore_many,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def note(number=1, **body):
    return record(kind="contact.revealed", subject=f"report:{number}", by=None, now=NOW, body=body)


@pytest.mark.django_db
def test_each_event_is_bound_to_the_one_before():
    first, second = note(1), note(2, reason="x")

    assert (first.seq, first.prev_hash) == (1, bytes(32))
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert hash_event(second) == second.hash
    assert [bytes(each.hash) for each in Event.objects.all()] == [first.hash, second.hash]


@pytest.mark.django_db
def test_many_at_once_are_what_they_are_one_by_one():
    news = [NewEvent(kind="contact.revealed", subject=f"report:{n}") for n in range(5)]
    with transaction.atomic():
        many = record_many(events=news, now=NOW)

    assert [each.seq for each in many] == [1, 2, 3, 4, 5]
    for before, after in pairwise(many):
        assert after.prev_hash == before.hash
    assert record_many(events=[], now=NOW) == []


@pytest.mark.django_db
def test_steps_of_the_flow_are_queued_once():
    event = record(kind="report.received", subject="report:7", by=None, now=NOW)

    job = Job.objects.get()
    assert (job.step, job.subject, job.event) == ("assess", "report:7", event.seq)
    assert [(each.step, each.event) for each in list_jobs([event])] == [("assess", event.seq)]


@pytest.mark.django_db
def test_an_event_that_the_page_does_not_name_is_refused():
    with pytest.raises(EventUnknown):
        record(kind="report.eaten", subject="report:7", by=None, now=NOW)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_event_apart_from_its_change_is_refused():
    with pytest.raises(OutsideTransaction):
        note()


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_event_and_no_gap():
    with transaction.atomic():
        note(1)
    with transaction.atomic():
        note(2)
        transaction.set_rollback(True)
    with transaction.atomic():
        kept = note(3)

    assert kept.seq == 2
    assert list(Event.objects.values_list("subject", flat=True)) == ["report:1", "report:3"]


@pytest.mark.django_db
def test_models_refuse_to_change_an_event():
    note()
    event = Event.objects.get()
    for act in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(kind="x"),
    ):
        with pytest.raises(RowLasts):
            act()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM store_event",
        "UPDATE store_event SET body = '{}'",
        "UPDATE store_event SET seq = 9",
        "UPDATE store_event SET hash = prev_hash",
        "UPDATE store_event SET kind = 'report.claimed', leaf_index = 3",
    ],
)
def test_the_database_refuses_to_change_an_event(statement):
    with transaction.atomic():
        note(reason="x")

    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Event.objects.get().subject == "report:1"


@pytest.mark.django_db(transaction=True)
def test_a_leaf_index_is_filled_in_once():
    with transaction.atomic():
        note()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_event SET leaf_index = 5")
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE store_event SET leaf_index = 6")


@pytest.mark.django_db(transaction=True)
def test_reports_and_decisions_last_as_well(house, hire):
    from tipline.services import disposal  # noqa: PLC0415 - needs Django
    from tipline.services.disposal import Ruling  # noqa: PLC0415

    report, by = house.take(), hire()
    disposal.note_report(report=report, text="n", by=by, now=house.now)
    ruling = Ruling(outcome="ACTIONED", reason="site_closed")
    disposal.decide_report(report=report, ruling=ruling, by=by, now=house.now)
    for statement in (
        "UPDATE store_report SET text = 'x'",
        "DELETE FROM store_report",
        "UPDATE store_decision SET outcome = 'x'",
        "DELETE FROM store_decision",
        "UPDATE store_note SET text = 'x'",
        "DELETE FROM store_note",
        "UPDATE store_assessment SET region = 'x'",
        "DELETE FROM store_assessment",
    ):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_an_event_that_does_not_follow_is_not_restored():
    first, second = note(1), note(2)
    with pytest.raises(ChainBroken):
        restore_many(events=[(first, 0), (second, 1)])


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(
    body=st.dictionaries(TEXT, JSON, max_size=4),
    seq=st.integers(1, 2**60),
    prev=st.binary(min_size=32, max_size=32),
)
def test_what_goes_to_the_vault_comes_back_and_a_changed_word_is_found(body, seq, prev):
    draft = Recorded(
        seq=seq,
        at=NOW,
        by=3,
        kind="report.noted",
        subject="report:1",
        body=body,
        prev_hash=prev,
        hash=b"",
    )
    event = Recorded(
        **{name: getattr(draft, name) for name in draft.__struct_fields__[:-1]},
        hash=hash_event(draft),
    )

    written = encode_event(event)

    assert decode_event(written) == event
    with pytest.raises(ChainBroken):
        decode_event(written.replace(b"report:1", b"report:2"))
