"""Decisions about subjects: what is kept, who confirms, and that all of it can be undone."""

from datetime import timedelta

import pytest

from tests.services.ordering import Office, make_verdict
from tipline.domain.disposal.measures import Measure, MeasureRefused, SubjectKind
from tipline.domain.duties import NotAllowed, Role
from tipline.services import measures
from tipline.store.models import Event, Job, Subject, SubjectAction, SubjectDecision
from tipline.store.queries.access import ReportUnknown

DAY = timedelta(days=1)
MANY = tuple((SubjectKind.ITEM, f"http://evil.example/{number}") for number in range(40))


@pytest.fixture
def office(db, house, hire):
    return Office(house, hire)


def states() -> set[str]:
    return set(SubjectAction.objects.values_list("state", flat=True))


def test_a_decision_over_many_items_is_one_row_one_event_and_an_action_each(office) -> None:
    ruling = office.decide(measure=Measure.CONTENT_REMOVED, subjects=(*MANY, MANY[0]))

    row = SubjectDecision.objects.get()
    assert (row.event, row.by_id, row.region) == (ruling, office.analyst.id, "500000")
    assert SubjectAction.objects.count() == Subject.objects.filter(kind="item").count() == 40
    assert states() == {"held"}
    assert Event.objects.filter(kind="subject.decided").count() == 1


def test_a_preview_keeps_nothing_and_says_what_will_end(office) -> None:
    first = office.decide(by=office.lead)
    evidence = (f"inspection:{office.look()}",)
    before = Event.objects.count()

    told = measures.preview_decision(
        verdict=make_verdict(evidence=evidence, measure=Measure.WARNED),
        case="",
        overrides=first,
        by=office.lead,
        now=office.now,
    )

    assert (told.state, told.overridden) == ("pending", (("site", "evil.example"),))
    assert told.statement.offences == ("FR-PHISH",)
    assert (Event.objects.count(), SubjectDecision.objects.count()) == (before, 1)


def test_a_second_person_of_another_role_confirms(office, hire) -> None:
    ruling = office.decide(by=office.lead)
    for unfit in (office.lead, hire(Role.REGIONAL_LEAD)):
        with pytest.raises(MeasureRefused, match="second"):
            measures.confirm_decision(ruling=ruling, by=unfit, now=office.now)
    with pytest.raises(NotAllowed):
        measures.confirm_decision(ruling=ruling, by=hire(Role.AUDITOR), now=office.now)
    with pytest.raises(measures.RulingUnknown):
        measures.confirm_decision(ruling=ruling, by=office.analyst, now=office.now)
    measures.confirm_decision(ruling=ruling, by=office.legal, now=office.now)

    action = SubjectAction.objects.get()
    assert (action.state, action.confirmed_by_id) == ("pending", office.legal.id)
    measures.perform_actions(ruling=ruling, actions=[action.id], by=office.lead, now=office.now)
    assert states() == {"done"}


def test_what_nobody_confirmed_is_not_carried_out(office) -> None:
    ruling = office.decide(by=office.lead)
    action = SubjectAction.objects.get().id

    with pytest.raises(MeasureRefused, match="state"):
        measures.perform_actions(ruling=ruling, actions=[action], by=office.lead, now=office.now)


def test_the_second_person_refuses_with_a_reason(office) -> None:
    ruling = office.decide()
    with pytest.raises(MeasureRefused, match="reason"):
        measures.refuse_decision(ruling=ruling, reason=" ", by=office.lead, now=office.now)

    measures.refuse_decision(ruling=ruling, reason="a parked page", by=office.lead, now=office.now)

    row = SubjectAction.objects.get()
    assert (row.state, row.why, row.reason) == ("reversed", "refused", "a parked page")


def test_some_of_many_are_reversed_and_only_once(office) -> None:
    ruling = office.decide(measure=Measure.WARNED, subjects=MANY)
    some = list(SubjectAction.objects.values_list("id", flat=True)[:3])
    reverse = {"ruling": ruling, "actions": some, "reason": "wrong link", "by": office.legal}

    measures.reverse_actions(**reverse, now=office.now)

    assert SubjectAction.objects.filter(state="reversed", why="reversed").count() == 3
    with pytest.raises(MeasureRefused, match="state"):
        measures.reverse_actions(**reverse, now=office.now)
    with pytest.raises(MeasureRefused, match="subjects"):
        measures.reverse_actions(**{**reverse, "actions": [1]}, now=office.now)


def test_a_later_decision_overrides_an_earlier_one_once(office) -> None:
    first = office.decide(by=office.lead)
    office_evidence = (f"inspection:{office.look()}",)
    milder = make_verdict(evidence=office_evidence, measure=Measure.WARNED)

    second = measures.decide_subjects(
        verdict=milder, overrides=first, by=office.lead, now=office.now
    )

    assert SubjectDecision.objects.get(event=second).overrides_id == first
    assert SubjectAction.objects.get(decision=first).why == "overridden"
    with pytest.raises(MeasureRefused, match="stale"):
        measures.decide_subjects(verdict=milder, overrides=first, by=office.lead, now=office.now)


def test_a_block_ends_by_itself_and_not_a_moment_early(office) -> None:
    start, end = office.now, office.now + 30 * DAY
    ruling = office.decide(measure=Measure.SITE_BLOCKED, expires_at=end)
    office.tick(end - timedelta(seconds=1))
    assert states() == {"held"}
    office.tick(start - 4000 * DAY)
    office.tick(end)
    office.tick(end + 4000 * DAY)

    assert SubjectAction.objects.get().why == "expired"
    assert Event.objects.filter(kind="action.expired", subject=f"ruling:{ruling}").count() == 1
    assert not Job.objects.filter(step="expire").exists()


@pytest.mark.parametrize("evidence", ["inspection:999999", "finding:1", "rumour:1", "report:x"])
def test_evidence_that_is_not_there_is_refused(office, evidence) -> None:
    verdict = make_verdict(evidence=(evidence,), measure=Measure.WARNED)

    with pytest.raises(MeasureRefused, match="evidence"):
        measures.decide_subjects(verdict=verdict, by=office.lead, now=office.now)


def test_nobody_decides_over_reports_that_they_may_not_read(office, house, hire) -> None:
    report = house.take()
    verdict = make_verdict(evidence=(f"report:{report}",), measure=Measure.WARNED)

    with pytest.raises(ReportUnknown):
        measures.decide_subjects(verdict=verdict, by=office.analyst, now=office.now)
    with pytest.raises(ReportUnknown):
        measures.decide_subjects(
            verdict=verdict, by=hire(Role.REGIONAL_LEAD, region="110000"), now=office.now
        )
    with pytest.raises(NotAllowed):
        measures.decide_subjects(verdict=verdict, by=hire(Role.INTAKE_OFFICER), now=office.now)
