"""Cases handed over, placed, closed; people under seal; and a rebuild that brings it all back."""

import json

import pytest

from tipline.domain.case.people import PersonRole
from tipline.domain.case.state import CaseStateRefused, HandoverState
from tipline.domain.disposal.outcome import DecisionRefused
from tipline.domain.duties import NotAllowed, Role
from tipline.services import disposal
from tipline.services.case import closing, moving, opening, people
from tipline.services.case.closing import Verdict
from tipline.services.case.opening import CaseRefused, NewCase
from tipline.store.models import Case, CaseHandover, CasePerson, Decision, Event, Handling
from tipline.store.queries.case_access import CaseUnknown, ReportsUnfit
from tipline.store.queries.case_page import get_case, list_offers
from tipline.vault import OpeningKey

pytestmark = pytest.mark.django_db
CLOSED = Verdict(outcome="ACTIONED", reason="site_closed")


@pytest.fixture
def lead(hire):
    return hire(Role.REGIONAL_LEAD)


@pytest.fixture
def there(hire):
    return hire(Role.REGIONAL_LEAD, "310000")


@pytest.fixture
def case(house, lead):
    return opening.open_case(case=NewCase(title="ring"), by=lead, now=house.now)


def name(house, case, by, **given):
    return people.name_person(
        case=case,
        role=PersonRole.VICTIM,
        told={"name": "张三", **given},
        by=by,
        now=house.now,
        identity_key=house.identity_key,
    )


def test_a_person_lies_under_seal_and_is_shown_for_a_reason_that_stays(house, lead, case):
    person = name(house, case, lead)

    row = CasePerson.objects.get()
    assert (row.role, row.ordinal) == ("victim", 1)
    assert "张三".encode() not in bytes(row.box)
    assert "张三" not in Event.objects.get(kind="person.named").body
    asked = {"case": case, "person": person, "by": lead, "now": house.now}
    with pytest.raises(NotAllowed):
        people.reveal_person(**asked, reason=" ", identity_key=house.identity_key)
    shown = people.reveal_person(**asked, reason="to call", identity_key=house.identity_key)
    assert shown == {"name": "张三"}
    body = json.loads(Event.objects.get(kind="person.revealed").body)
    assert body == {"person": person, "reason": "to call"}
    with pytest.raises(people.PersonSealed):
        people.reveal_person(**asked, reason="to call", identity_key=OpeningKey(bytes(31) + b"1"))


def test_an_intake_officer_adds_people_and_sees_none(house, hire, case):
    by = hire()
    person = name(house, case, by)
    with pytest.raises(NotAllowed):
        people.reveal_person(
            case=case, person=person, reason="curious", by=by, now=house.now,
            identity_key=house.identity_key,
        )  # fmt: skip


def test_a_transfer_waits_for_the_receiving_lead(house, lead, there, case):
    asked = {"agency": "310000", "reason": "they live there", "by": lead, "now": house.now}
    offer = moving.offer_case(case=case, **asked)

    assert Case.objects.get().region == "500000"
    with pytest.raises(CaseRefused):
        moving.offer_case(case=case, **asked)
    with pytest.raises(CaseUnknown):
        get_case(actor=there, case=case)
    assert [each.id for each in list_offers(actor=there)] == [offer]
    assert list_offers(actor=lead) == ()
    with pytest.raises(NotAllowed):
        moving.answer_offer(handover=offer, is_accepted=True, by=lead, now=house.now)

    moving.answer_offer(handover=offer, is_accepted=True, by=there, now=house.now)

    row = Case.objects.get()
    assert (row.region, row.agency_id, row.lead_id) == ("310000", "310000", there.id)
    assert row.number.startswith("500000-")
    with pytest.raises(CaseUnknown):
        get_case(actor=lead, case=case)


def test_a_refused_transfer_changes_nothing_and_says_why(house, lead, there, case):
    offer = moving.offer_case(
        case=case, agency="310000", reason="they live there", by=lead, now=house.now
    )
    with pytest.raises(CaseRefused):
        moving.answer_offer(handover=offer, is_accepted=False, by=there, now=house.now)
    moving.answer_offer(handover=offer, is_accepted=False, text="not ours", by=there, now=house.now)

    assert (Case.objects.get().region, CaseHandover.objects.get().state) == ("500000", "refused")


def test_a_referral_out_is_answered_once(house, lead, case):
    sent = moving.refer_case(case=case, name="Customs", reason="goods", by=lead, now=house.now)
    told = {"case": case, "handover": sent, "state": HandoverState.ACCEPTED, "text": "yes"}
    moving.answer_referral(**told, by=lead, now=house.now)

    assert CaseHandover.objects.get().answer == "yes"
    with pytest.raises(CaseRefused):
        moving.answer_referral(**told, by=lead, now=house.now)


def test_of_a_parent_in_another_region_only_that_is_told(house, lead, there, case):
    above = opening.open_case(case=NewCase(title="whole ring"), by=there, now=house.now)
    moving.place_case(case=case, parent=above, by=lead, now=house.now)

    parent = get_case(actor=lead, case=case).parent
    assert (parent.region, parent.number, parent.title) == ("310000", "", "")
    with pytest.raises(CaseRefused):
        moving.place_case(case=case, parent=case, by=lead, now=house.now)
    with pytest.raises(CaseRefused):
        moving.place_case(case=above, parent=case, by=there, now=house.now)


def test_closing_decides_what_is_open_and_leaves_what_is_decided(house, lead):
    decided, still_open = house.take(), house.take()
    ruling = disposal.Ruling(outcome="NO_VIOLATION", reason="lawful_business")
    disposal.decide_report(report=decided, ruling=ruling, by=lead, now=house.now)
    new = NewCase(title="ring", reports=(decided, still_open))
    case = opening.open_case(case=new, by=lead, now=house.now)

    with pytest.raises(CaseRefused):
        closing.close_case(case=case, summary="all caught", by=lead, now=house.now)
    count = closing.close_case(
        case=case, summary="all caught", verdict=CLOSED, by=lead, now=house.now
    )

    assert count == 1
    outcomes = dict(Handling.objects.values_list("report_id", "outcome"))
    assert outcomes == {decided: "NO_VIOLATION", still_open: "ACTIONED"}
    assert Decision.objects.filter(report=still_open).count() == 1
    row = Case.objects.get()
    assert (row.state, row.closed_at) == ("closed", house.now)
    closing.resume_case(case=case, reason="a new victim", by=lead, now=house.now)
    assert Case.objects.get().closed_at is None


def test_a_case_is_not_closed_over_a_report_that_somebody_has_in_hand(house, hire, lead):
    report, other = house.take(), hire()
    case = opening.open_case(case=NewCase(title="ring", reports=(report,)), by=lead, now=house.now)
    disposal.claim_report(report=report, by=other, now=house.now)

    with pytest.raises(ReportsUnfit):
        closing.close_case(case=case, summary="done", verdict=CLOSED, by=lead, now=house.now)
    with pytest.raises(DecisionRefused):
        closing.close_case(
            case=case, summary="done", by=lead, now=house.now,
            verdict=Verdict(outcome="DUPLICATE_OF", reason="same_by_you"),
        )  # fmt: skip
    assert (Case.objects.get().state, Decision.objects.count()) == ("open", 0)


def test_a_suspended_case_is_still_worked_and_a_closed_one_not_suspended(house, lead, case):
    closing.suspend_case(case=case, reason="no leads", by=lead, now=house.now)
    assert Case.objects.get().state == "suspended"
    closing.close_case(case=case, summary="nothing found", by=lead, now=house.now)
    with pytest.raises(CaseStateRefused):
        closing.suspend_case(case=case, reason="again", by=lead, now=house.now)


def test_the_timeline_tells_of_the_case_and_of_what_became_of_its_reports(house, lead):
    report = house.take()
    case = opening.open_case(case=NewCase(title="ring", reports=(report,)), by=lead, now=house.now)
    closing.close_case(case=case, summary="done", verdict=CLOSED, by=lead, now=house.now)

    kinds = [each.kind for each in get_case(actor=lead, case=case).timeline]
    assert kinds == ["case.closed", "decision.made", "case.opened", "report.received"]
