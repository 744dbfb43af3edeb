"""The lease queue: at least once, alone after a failure, set aside at last, effects once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction

from tipline.domain.flow import Step
from tipline.store import queue
from tipline.store.models import Job

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def put(count, step=Step.ASSESS, due_at=NOW, first=0):
    queue.put(
        jobs=[
            queue.NewJob(step=step, subject=f"report:{n}", event=n, due_at=due_at)
            for n in range(first, first + count)
        ]
    )


def lease(size=10, now=NOW, step=Step.ASSESS):
    return queue.lease(step=step, size=size, now=now, lasts=MINUTE)


def subjects(taken):
    return [each.subject for each in taken.jobs]


def test_steps_come_in_the_order_in_which_they_are_due():
    put(2, due_at=NOW, first=10)
    put(2, due_at=NOW - MINUTE)

    assert set(subjects(lease(3))) == {"report:0", "report:1", "report:10"}
    assert subjects(lease(3)) == ["report:11"]


def test_a_step_queued_twice_is_one():
    put(1)
    put(1)
    assert Job.objects.count() == 1


def test_a_leased_step_is_nobody_elses_until_the_lease_runs_out():
    put(1)
    first = lease()

    assert lease(now=NOW + MINUTE - timedelta(seconds=1)).jobs == ()
    again = lease(now=NOW + MINUTE)

    assert (subjects(first), subjects(again)) == (["report:0"], ["report:0"])
    assert (first.jobs[0].tries, again.jobs[0].tries) == (1, 2)


def test_who_was_away_too_long_cannot_finish():
    put(2)
    first = lease()
    second = lease(now=NOW + MINUTE)

    with pytest.raises(queue.LeaseLost), transaction.atomic():
        queue.finish(taken=first, jobs=first.jobs)

    queue.finish(taken=second, jobs=second.jobs)
    assert Job.objects.count() == 1


def test_a_finished_step_is_gone_and_an_undone_finish_is_not():
    put(1)
    taken = lease()
    with transaction.atomic():
        queue.finish(taken=taken, jobs=taken.jobs)
        transaction.set_rollback(True)
    assert Job.objects.exists()
    queue.finish(taken=taken, jobs=taken.jobs)
    assert not Job.objects.exists()


def test_steps_that_failed_come_alone_after_fresh_ones():
    put(3)
    taken = lease()
    for job in taken.jobs:
        assert not queue.fail(taken=taken, job=job, error="E", now=NOW, tries_max=3)
    put(1, first=9)
    late = NOW + 10 * MINUTE

    assert [subjects(lease(now=late)) for _ in range(5)] == [
        ["report:9"],
        ["report:0"],
        ["report:1"],
        ["report:2"],
        [],
    ]


def test_the_last_try_sets_a_step_aside():
    put(1)
    now = NOW
    for tries in (1, 2, 3):
        taken = lease(now=now)
        assert taken.jobs[0].tries == tries
        is_aside = queue.fail(taken=taken, job=taken.jobs[0], error="E" * 999, now=now, tries_max=3)
        assert is_aside is (tries == 3)
        now += 60 * MINUTE
    assert lease(now=now).jobs == ()
    assert Job.objects.get().error == "E" * 300


def test_a_timer_waits_for_its_time():
    put(1, due_at=NOW + MINUTE)

    assert lease().jobs == ()
    assert subjects(lease(now=NOW + MINUTE)) == ["report:0"]


def test_given_back_steps_were_not_tried():
    put(2)
    queue.give_back(taken=lease(), now=NOW)

    assert [each.tries for each in lease().jobs] == [1, 1]


def test_steps_of_another_kind_are_left():
    put(1, step=Step.TELL)
    assert lease().jobs == ()


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_without_doing_a_step_twice():
    put(120)
    done: list[str] = []
    lock = threading.Lock()

    def work():
        while taken := lease(7):
            if not taken.jobs:
                break
            with transaction.atomic():
                queue.finish(taken=taken, jobs=taken.jobs)
            with lock:
                done.extend(subjects(taken))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == len(set(done)) == 120
    assert not Job.objects.exists()
