"""What keeps failing is set aside with its reason, stops nobody, and can be tried again."""

from datetime import timedelta

import pytest

from tipline.domain.duties import NotAllowed, Role
from tipline.domain.flow import Step
from tipline.interfaces import shift as shifts
from tipline.services import quarantine, triage
from tipline.store.models import Event, Handling, Job, Unreadable
from tipline.store.queries.quarantine import count_quarantined, list_quarantined
from tipline.vault import Entry, Unit

pytestmark = pytest.mark.django_db
NUMBER = "13912345678"


@pytest.fixture
def poison(monkeypatch):
    """Make the machine fail on reports that say "poison"."""
    real = triage.judge

    def assess(reading, *given):
        if "poison" in reading.text:
            raise ValueError(f"cannot read {reading.text}")
        return real(reading, *given)

    monkeypatch.setattr(triage, "judge", assess)
    return monkeypatch


def work_through(house, hours=3):
    """Let time pass until no step is due any more."""
    worker = house.shift()
    for _ in range(hours * 4):
        while worker.do_round():
            pass
        Job.objects.filter(set_aside_at=None, step="assess").update(due_at=house.now)
    worker.do_all()


def test_one_bad_report_stops_no_others(house, poison, caplog):
    reports = house.file_many(["good", f"poison {NUMBER}", "good", "good"])

    work_through(house)

    states = dict(Handling.objects.values_list("report_id", "state"))
    assert [states[each] for each in reports] == ["assessed", "received", "assessed", "assessed"]
    job = Job.objects.get()
    assert (job.step, job.subject, job.tries) == ("assess", f"report:{reports[1]}", 3)
    assert job.set_aside_at is not None
    event = Event.objects.get(kind="step.quarantined")
    for told in (job.error, event.body, caplog.text):
        assert NUMBER not in told
    assert "ValueError" in job.error


def test_an_administrator_tries_again(house, poison, hire):
    keeper = hire(Role.ADMINISTRATOR, region="000000")
    report = house.file("poison")
    work_through(house)
    shown = list_quarantined(actor=keeper)
    assert [(each.what, each.step, each.subject) for each in shown] == [
        ("step", "assess", f"report:{report}")
    ]
    assert count_quarantined() == 1
    poison.undo()

    quarantine.retry_step(job=shown[0].id, by=keeper, now=house.now)
    house.work()

    assert Handling.objects.get().state == "assessed"
    assert Event.objects.get(kind="step.retried").by_id == keeper.id
    assert list_quarantined(actor=keeper) == ()


def test_an_administrator_lets_it_be(house, poison, hire):
    keeper = hire(Role.ADMINISTRATOR, region="000000")
    house.file("poison")
    house.vault.append(Unit((Entry(kind="report", text=b"\xff"),))).result()
    work_through(house)
    for each in list_quarantined(actor=keeper):
        if each.what == "step":
            quarantine.dismiss_step(job=each.id, by=keeper, now=house.now, reason="spam")
        else:
            quarantine.dismiss_record(leaf_index=each.id, by=keeper, now=house.now, reason="spam")

    assert list_quarantined(actor=keeper) == ()
    assert Unreadable.objects.get().dismissed_at == house.now
    with pytest.raises(quarantine.SetAsideUnknown):
        quarantine.dismiss_step(job=1, by=keeper, now=house.now, reason="")


def test_officers_do_not_touch_the_quarantine(house, hire):
    with pytest.raises(NotAllowed):
        quarantine.retry_step(job=1, by=hire(), now=house.now)
    with pytest.raises(NotAllowed):
        list_quarantined(actor=hire())


def test_a_step_whose_worker_dies_each_time_is_set_aside(house, monkeypatch):
    report = house.file()
    house.shift()._collect()

    class Killed(BaseException):
        pass

    def die(*_given):
        raise Killed

    with monkeypatch.context() as deadly:
        deadly.setitem(shifts.TAKES, Step.ASSESS, die)
        for _ in range(3):
            with pytest.raises(Killed):
                house.shift(lease_lasts=timedelta(0)).do_round()
            Job.objects.update(due_at=house.now)
        house.shift()._take(Step.ASSESS)

    job = Job.objects.get()
    assert (job.subject, job.error) == (f"report:{report}", "its worker died")
    assert job.set_aside_at is not None
