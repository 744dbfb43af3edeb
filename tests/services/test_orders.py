"""Orders from draft to close: rows, events and steps, and who may not."""

import json
from datetime import timedelta

import pytest

from tests.services.ordering import LINK, SITE, Office, make_draft, stand
from tipline.domain.disposal.orders import OrderRefused
from tipline.domain.duties import NotAllowed, Role
from tipline.services import drafts, orders, supervision
from tipline.store.models import Event, Inspection, Job, Order, OrderItem, OrderLetter

DAY = timedelta(days=1)


@pytest.fixture
def office(db, house, hire):
    return Office(house, hire)


def kinds(order: int) -> list[str]:
    rows = Event.objects.filter(subject=f"order:{order}").order_by("seq")
    return list(rows.values_list("kind", flat=True))


def test_an_order_goes_through_four_hands_and_every_step_is_an_event(office) -> None:
    order = office.issue()

    row = Order.objects.get()
    assert (row.state, row.issued_at) == ("issued", office.now)
    assert row.number == f"Z500000-{office.now.year}-000001"
    assert kinds(order) == ["order.drafted", "order.approved", "order.approved", "order.issued"]
    assert set(Job.objects.filter(subject=f"order:{order}").values_list("step", flat=True)) == {
        "serve",
        "watch",
    }
    said = OrderLetter.objects.get().said
    assert said["sheet"]["items"][0]["extract"] == "Card form at /pay"
    assert said["sheet"]["number"] == row.number


def test_nobody_approves_what_they_drafted_and_one_role_is_not_enough(office, hire) -> None:
    order = office.draft(by=office.lead)

    with pytest.raises(OrderRefused, match="own"):
        orders.approve_order(order=order, by=office.lead, now=office.now)
    with pytest.raises(OrderRefused, match="twice"):
        orders.approve_order(order=order, by=hire(Role.REGIONAL_LEAD), now=office.now)
    with pytest.raises(OrderRefused, match="state"):
        orders.issue_order(
            order=order, desk_key=office.house.desk_key, by=office.lead, now=office.now
        )
    assert orders.approve_order(order=order, by=office.legal, now=office.now)
    assert stand(order) == "approved"


def test_a_revised_draft_must_be_approved_anew(office) -> None:
    order = office.draft()
    orders.approve_order(order=order, by=office.lead, now=office.now)

    drafts.revise_order(
        order=order,
        draft=make_draft(office.now, demand="Close the site."),
        by=office.legal,
        now=office.now,
    )

    row = Order.objects.get()
    assert (row.approvals, row.demand, row.drafted_by_id) == (
        [],
        "Close the site.",
        office.legal.id,
    )
    assert OrderItem.objects.count() == 1


def test_an_order_never_repeats_a_reporters_words(office, house) -> None:
    tip = house.take("我妈妈被这个网站骗了五千元钱，请你们一定查一下")
    looked = office.look()
    ruling = office.decide(by=office.lead, evidence=(f"inspection:{looked}", f"report:{tip}"))
    item = drafts.NewItem(
        kind="site", value=SITE, extract="有人说：我妈妈被这个网站骗了五千元钱，请你们"
    )

    with pytest.raises(OrderRefused, match="quotes"):
        drafts.draft_order(
            ruling=ruling,
            draft=make_draft(office.now, items=(item,)),
            by=office.lead,
            now=office.now,
        )


def test_an_order_names_only_what_was_decided(office) -> None:
    ruling = office.decide()
    other = drafts.NewItem(kind="site", value="good.example", extract="a shop")

    for items in ((), (other,)):
        with pytest.raises(OrderRefused, match="items"):
            drafts.draft_order(
                ruling=ruling,
                draft=make_draft(office.now, items=items),
                by=office.analyst,
                now=office.now,
            )


def test_an_officer_of_another_region_does_not_know_of_it(office, hire) -> None:
    order = office.draft()
    stranger = hire(Role.REGIONAL_LEAD, region="110000")

    with pytest.raises(orders.OrderUnknown):
        orders.approve_order(order=order, by=stranger, now=office.now)
    with pytest.raises(NotAllowed):
        orders.approve_order(order=order, by=office.analyst, now=office.now)


def test_an_emergency_order_lapses_unless_somebody_else_ratifies_it(office, hire) -> None:
    deadline = office.now + 2 * DAY
    kept, lost = (office.draft(by=office.lead, is_emergency=True, deadline=deadline) for _ in "ab")
    for order in (kept, lost):
        orders.issue_order(
            order=order, desk_key=office.house.desk_key, by=office.lead, now=office.now
        )
    orders.ratify_order(order=kept, by=office.legal, now=office.now + DAY)
    with pytest.raises(OrderRefused, match="ratified"):
        orders.ratify_order(order=lost, by=office.legal, now=office.now + 3 * DAY)

    office.tick(office.now + 2 * DAY)
    assert (stand(kept), stand(lost)) == ("due", "due")
    office.tick(office.now + DAY)
    assert (stand(kept), stand(lost)) == ("due", "lapsed")


def test_whoever_hurried_an_order_does_not_ratify_it(office, hire) -> None:
    order = office.draft(is_emergency=True, deadline=office.now + DAY)
    orders.issue_order(order=order, desk_key=office.house.desk_key, by=office.legal, now=office.now)

    with pytest.raises(OrderRefused, match="own"):
        orders.ratify_order(order=order, by=office.legal, now=office.now)
    with pytest.raises(OrderRefused, match="twice"):
        orders.ratify_order(order=order, by=hire(Role.LEGAL_OFFICER), now=office.now)
    orders.ratify_order(order=order, by=office.lead, now=office.now)
    assert Order.objects.get().ratify_by is None


def test_a_leads_draft_that_a_legal_officer_hurries_has_both_behind_it(office) -> None:
    order = office.draft(by=office.lead, is_emergency=True, deadline=office.now + DAY)
    orders.issue_order(order=order, desk_key=office.house.desk_key, by=office.legal, now=office.now)

    assert Order.objects.get().ratify_by is None


def test_the_deadline_brings_an_inspection_and_a_person_rules(office) -> None:
    order = office.issue()
    office.tick(office.now + 15 * DAY)

    assert stand(order) == "due"
    asked = Inspection.objects.get(state="queued")
    assert (asked.url, asked.previous.package) == (LINK, "first.zip")
    found = {"kind": "page", "item": "p1", "url": LINK, "subject": ["site", SITE]}
    office.find("compliant", findings=[{**found, "again": "removed"}])

    row = Order.objects.get()
    assert (row.state, row.result) == ("inspected", "compliant")
    assert OrderItem.objects.get().verdict == "removed"
    with pytest.raises(OrderRefused, match="author"):
        supervision.rule_order(
            order=order, ruling="comply", reason="gone", by=office.analyst, now=office.now
        )
    supervision.rule_order(
        order=order, ruling="comply", reason="gone", by=office.lead, now=office.now
    )
    supervision.close_order(order=order, reason="gone", by=office.lead, now=office.now)
    assert stand(order) == "closed"


def test_an_early_look_that_finds_it_still_there_changes_nothing(office) -> None:
    order = office.issue()
    supervision.inspect_order(order=order, by=office.lead, now=office.now)
    with pytest.raises(OrderRefused, match="running"):
        supervision.inspect_order(order=order, by=office.lead, now=office.now)
    office.find("not_compliant")
    assert stand(order) == "issued"

    supervision.inspect_order(order=order, by=office.lead, now=office.now)
    office.find("compliant")
    assert stand(order) == "inspected"


def test_what_is_back_after_closing_reappears_and_is_reopened(office) -> None:
    order = office.issue()
    office.tick(office.now + 15 * DAY)
    office.find("compliant")
    supervision.rule_order(
        order=order, ruling="comply", reason="gone", by=office.lead, now=office.now
    )
    supervision.close_order(order=order, reason="gone", by=office.lead, now=office.now)
    office.tick(office.now + 7 * DAY)
    office.find("compliant")
    assert stand(order) == "closed"

    office.tick(office.now + 23 * DAY)
    office.find("reappeared")
    assert stand(order) == "reappeared"
    supervision.extend_order(
        order=order,
        deadline=office.now + 5 * DAY,
        reason="It is back.",
        by=office.legal,
        now=office.now,
    )

    assert stand(order) == "reopened"
    office.tick(office.now + 5 * DAY)
    assert stand(order) == "due"


def test_clock_jumps_of_years_ring_nothing_early_and_lose_nothing(office) -> None:
    start, order = office.now, office.issue()
    office.tick(start - 10 * 365 * DAY)
    office.tick(start)
    assert kinds(order)[4:] == []

    office.tick(start + 10 * 365 * DAY)  # asleep for ten years
    assert kinds(order)[4:] == ["order.expired"]
    assert Inspection.objects.filter(state="queued").count() == 1
    office.tick(start - 10 * 365 * DAY)
    office.tick(start + 16 * DAY)
    office.tick(start + 10 * 365 * DAY)
    assert kinds(order)[4:] == ["order.expired"]
    assert Job.objects.filter(step="watch").count() == 1  # the escalation that comes next

    office.tick(start + 10 * 365 * DAY + 3 * DAY)
    assert kinds(order)[4:] == ["order.expired", "order.escalated"]


def test_reminders_ring_once_each_and_an_extension_moves_them(office) -> None:
    start, order = office.now, office.issue()
    for day in range(11):
        office.tick(start + day * DAY)
    assert kinds(order)[4:] == ["order.reminded"]
    supervision.extend_order(
        order=order, deadline=start + 40 * DAY, reason="Holiday", by=office.lead, now=office.now
    )

    for hour in range(11 * 24, 41 * 24, 7):
        office.tick(start + timedelta(hours=hour))

    assert kinds(order)[5:] == ["order.extended", *["order.reminded"] * 3, "order.expired"]
    heard = Event.objects.filter(kind__in=["order.reminded", "order.expired"])
    times = [json.loads(each.body)["alarm_at"] for each in heard]
    assert len(set(times)) == len(times) == 5


def test_the_ministry_assigns_an_order_to_a_region_which_carries_it_out(house, hire, db) -> None:
    ministry = Office(house, lambda role: hire(role, region="000000"))
    regional = hire(Role.REGIONAL_LEAD, region="500000")
    order = ministry.issue()
    with pytest.raises(orders.OrderUnknown):
        supervision.inspect_order(order=order, by=regional, now=ministry.now)
    for agency in ("000000", "nowhere"):
        with pytest.raises(OrderRefused, match="agency"):
            supervision.assign_order(order=order, agency=agency, by=ministry.lead, now=ministry.now)

    supervision.assign_order(order=order, agency="500000", by=ministry.lead, now=ministry.now)

    supervision.inspect_order(order=order, by=regional, now=ministry.now)
    row = Order.objects.get()
    assert (row.agency_id, row.executor_id, row.region) == ("000000", "500000", "500000")


def test_a_withdrawn_order_has_no_alarm_and_can_be_neither_issued_nor_extended(office) -> None:
    order = office.issue()
    supervision.withdraw_order(order=order, reason="A mistake", by=office.legal, now=office.now)

    assert Order.objects.get().alarm_at is None
    with pytest.raises(OrderRefused, match="state"):
        supervision.extend_order(
            order=order,
            deadline=office.now + 30 * DAY,
            reason="x",
            by=office.legal,
            now=office.now,
        )
    office.tick(office.now + 400 * DAY)
    assert stand(order) == "withdrawn"


def test_an_order_goes_on_the_register_and_off_it(office) -> None:
    order = office.issue()
    orders.list_order(order=order, is_listed=True, by=office.lead, now=office.now)
    assert Order.objects.get().is_listed
    with pytest.raises(OrderRefused, match="state"):
        orders.list_order(order=order, is_listed=True, by=office.lead, now=office.now)
    orders.list_order(order=order, is_listed=False, by=office.lead, now=office.now)
    assert not Order.objects.get().is_listed
