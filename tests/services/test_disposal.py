"""Taking up, asking, deciding: rows, audit row and queued step, and who may not."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from tipline.domain.disposal.outcome import DecisionRefused
from tipline.domain.disposal.state import TransitionRefused
from tipline.domain.duties import NotAllowed, Role
from tipline.services import disposal
from tipline.services.disposal import Ruling
from tipline.store.models import Decision, Event, Handling, Job, Letter, Note, Skip
from tipline.store.queries.access import ReportUnknown

CLOSED = Ruling(outcome="ACTIONED", reason="site_closed")


@pytest.fixture
def report(db, house):
    return house.take()


def newest():
    return Event.objects.order_by("-seq").first()


def test_a_claim_is_one_officers_until_it_runs_out(house, hire, report):
    first, second = hire(), hire()

    until = disposal.claim_report(report=report, by=first, now=house.now)

    handling = Handling.objects.get()
    assert (handling.state, handling.claimed_by_id, handling.claimed_until) == (
        "in_review",
        first.id,
        until,
    )
    assert (newest().kind, newest().by_id) == ("report.claimed", first.id)
    assert Job.objects.get(step="release").due_at == until
    with pytest.raises(disposal.ReportHeld):
        disposal.claim_report(report=report, by=second, now=until - timedelta(seconds=1))
    disposal.claim_report(report=report, by=second, now=until)
    assert Handling.objects.get().claimed_by_id == second.id


def test_the_reporter_is_told_once_that_an_officer_has_it(house, hire, report):
    by = hire()
    for _ in range(3):
        disposal.claim_report(report=report, by=by, now=house.now)

    assert Letter.objects.filter(type="state", state="in_review").count() == 1


def test_a_claim_that_ran_out_is_freed_by_its_timer(house, hire, report):
    by = hire()
    past = house.after(minutes=-40)
    disposal.claim_report(report=report, by=by, now=past)

    house.work()

    handling = Handling.objects.get()
    assert (handling.state, handling.claimed_by_id) == ("assessed", None)
    event = Event.objects.get(kind="report.released")
    assert (event.by_id, json.loads(event.body)["why"]) == (None, "ran out")


def test_the_timer_of_a_prolonged_claim_frees_nothing(house, hire, report):
    by = hire()
    disposal.claim_report(report=report, by=by, now=house.after(minutes=-40))
    disposal.claim_report(report=report, by=by, now=house.now)

    house.work()

    assert Handling.objects.get().claimed_by_id == by.id


def test_a_lead_gives_back_the_claim_of_another(house, hire, report):
    by, lead = hire(), hire(Role.REGIONAL_LEAD)
    disposal.claim_report(report=report, by=by, now=house.now)

    disposal.release_report(report=report, by=lead, now=house.now)

    assert Handling.objects.get().claimed_by_id is None
    with pytest.raises(disposal.ReportFree):
        disposal.release_report(report=report, by=lead, now=house.now)


def test_skipping_gives_the_own_claim_back(house, hire, report):
    by = hire()
    disposal.claim_report(report=report, by=by, now=house.now)

    disposal.skip_report(report=report, by=by, now=house.now, reason="a relative")

    assert Handling.objects.get().claimed_by_id is None
    assert Skip.objects.get().officer_id == by.id


def test_an_assigned_analyst_reaches_the_report_and_no_other(house, hire, report):
    analyst, lead = hire(Role.ANALYST), hire(Role.REGIONAL_LEAD)
    other = house.take()
    with pytest.raises(ReportUnknown):
        disposal.note_report(report=report, text="seen", by=analyst, now=house.now)

    disposal.assign_report(report=report, to=analyst.id, by=lead, now=house.now)
    disposal.note_report(report=report, text=" seen ", by=analyst, now=house.now)

    assert Note.objects.get().text == "seen"
    with pytest.raises(ReportUnknown):
        disposal.note_report(report=other, text="seen", by=analyst, now=house.now)


def test_nobody_is_assigned_what_they_may_not_decide(house, hire, report):
    lead = hire(Role.REGIONAL_LEAD)
    for unfit in (hire(Role.AUDITOR), hire(region="110000"), hire(Role.ADMINISTRATOR)):
        with pytest.raises(disposal.OfficerUnfit):
            disposal.assign_report(report=report, to=unfit.id, by=lead, now=house.now)


def test_a_question_waits_for_its_answer_and_comes_back_to_who_asked(house, hire, report):
    by = hire()
    asked = disposal.ask_reporter(report=report, question="Which bank?", by=by, now=house.now)

    handling = Handling.objects.get()
    assert (handling.state, handling.assigned_to_id) == ("waiting", by.id)
    letter = Letter.objects.get(type="question")
    assert (letter.text, letter.question_id, letter.leaf_index) == ("Which bank?", asked, None)
    house.work()
    assert house.look(report).open_questions == (asked,)

    house.reply(report, "ICBC", question_id=asked)
    house.work()

    handling = Handling.objects.get()
    assert (handling.state, handling.assigned_to_id, handling.unread_replies) == (
        "assessed",
        by.id,
        1,
    )


def test_a_decision_is_a_row_an_event_a_letter_and_its_steps(house, hire, report):
    by = hire()
    ruling = Ruling(outcome="ACTIONED", reason="site_closed", text="Thank you", note="see file 7")

    made = disposal.decide_report(report=report, ruling=ruling, by=by, now=house.now)

    row = Decision.objects.get()
    assert (row.event, row.by_id, row.outcome, row.note) == (made, by.id, "ACTIONED", "see file 7")
    handling = Handling.objects.get()
    assert (handling.state, handling.outcome, handling.decided_at) == (
        "decided",
        "ACTIONED",
        house.now,
    )
    event = newest()
    assert (event.seq, event.kind, event.subject) == (made, "decision.made", f"report:{report}")
    assert {job.step for job in Job.objects.filter(event=made)} == {"tell", "list"}
    house.work()
    status = house.look(report)
    assert (status.state, status.outcome) == ("decided", "ACTIONED")
    assert status.messages[-1].text == "Thank you"
    assert "file 7" not in repr(status)


def test_a_lead_overrides_and_both_decisions_stay(house, hire, report):
    by, lead = hire(), hire(Role.REGIONAL_LEAD)
    first = disposal.decide_report(report=report, ruling=CLOSED, by=by, now=house.now)
    again = Ruling(outcome="NO_VIOLATION", reason="advertising", overrides=first)
    with pytest.raises(NotAllowed):
        disposal.decide_report(report=report, ruling=again, by=by, now=house.now)
    with pytest.raises(disposal.DecisionStale):
        disposal.decide_report(report=report, ruling=CLOSED, by=lead, now=house.now)

    second = disposal.decide_report(report=report, ruling=again, by=lead, now=house.now)

    assert list(Decision.objects.values_list("event", "overrides_id")) == [
        (first, None),
        (second, first),
    ]
    house.work()
    assert house.look(report).outcome == "NO_VIOLATION"


def test_more_information_waits_and_is_then_overridden(house, hire, report):
    by = hire()
    more = Ruling(outcome="NEED_MORE_INFO", reason="no_identifier")
    first = disposal.decide_report(report=report, ruling=more, by=by, now=house.now)
    assert Handling.objects.values_list("state", "decided_at").get() == ("waiting", None)
    house.work()
    assert house.look(report).state == "waiting"

    ruling = Ruling(outcome="ACTIONED", reason="site_closed", overrides=first)
    disposal.decide_report(report=report, ruling=ruling, by=by, now=house.now)

    assert Handling.objects.get().state == "decided"


@pytest.mark.parametrize(
    ("ruling", "why"),
    [
        (Ruling(outcome="ACTIONED", reason="advertising"), "reason"),
        (Ruling(outcome="ACTIONED", reason="actioned_other"), "text"),
        (Ruling(outcome="REFERRED", reason="operator"), "params"),
        (Ruling(outcome="DUPLICATE_OF", reason="same_subject"), "other_report"),
        (Ruling(outcome="DUPLICATE_OF", reason="same_subject", other_report=99), "other_report"),
    ],
)
def test_an_unfinished_decision_is_refused_and_leaves_nothing(house, hire, report, ruling, why):
    by = hire()
    before = Event.objects.count()

    with pytest.raises(DecisionRefused) as refused:
        disposal.decide_report(report=report, ruling=ruling, by=by, now=house.now)

    assert refused.value.why == why
    assert (Decision.objects.count(), Event.objects.count()) == (0, before)


def test_a_report_that_was_not_read_yet_is_not_decided(house, hire, db):
    by = hire()
    report = house.file(region="500000")
    house.shift()._collect()

    with pytest.raises(DecisionRefused):
        disposal.decide_report(report=report, ruling=CLOSED, by=by, now=house.now)
    with pytest.raises(TransitionRefused):
        disposal.claim_report(report=report, by=by, now=house.now)


def test_the_report_of_another_region_is_unknown(house, hire, report):
    stranger = hire(region="110000")
    for act in (
        lambda: disposal.claim_report(report=report, by=stranger, now=house.now),
        lambda: disposal.decide_report(report=report, ruling=CLOSED, by=stranger, now=house.now),
        lambda: disposal.note_report(report=report, text="x", by=stranger, now=house.now),
        lambda: disposal.claim_report(report=12345, by=stranger, now=house.now),
    ):
        with pytest.raises(ReportUnknown):
            act()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.LEGAL_OFFICER])
def test_roles_that_do_not_decide(house, hire, report, role):
    by = hire(role, region="000000")
    with pytest.raises((NotAllowed, ReportUnknown)):
        disposal.decide_report(report=report, ruling=CLOSED, by=by, now=house.now)
    assert not Decision.objects.exists()


def at_once(*acts):
    """Run each act in a thread of its own, all from the same moment; gives what each raised."""
    ready = threading.Barrier(len(acts))
    raised: list[type[BaseException] | None] = []

    def run(act):
        try:
            ready.wait()
            act()
            raised.append(None)
        except Exception as refused:  # noqa: BLE001 - told to the test
            raised.append(type(refused))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_decide_at_once_exactly_one_does(house, hire):
    officers = [hire() for _ in range(4)]
    reports = [house.take() for _ in range(3)]

    for report in reports:
        raised = at_once(
            *[
                lambda by=by, report=report: disposal.decide_report(
                    report=report, ruling=CLOSED, by=by, now=house.now
                )
                for by in officers
            ]
        )
        assert raised.count(None) == 1
        assert set(raised) - {None} <= {NotAllowed, disposal.DecisionStale}
        assert Decision.objects.filter(report=report).count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_claim_at_once_exactly_one_gets_it(house, hire):
    officers = [hire() for _ in range(4)]
    report = house.take()

    raised = at_once(
        *[
            lambda by=by: disposal.claim_report(report=report, by=by, now=house.now)
            for by in officers
        ]
    )

    assert sorted(map(str, raised)).count("None") == 1
    assert raised.count(disposal.ReportHeld) == 3
    assert Event.objects.filter(kind="report.claimed").count() == 1
