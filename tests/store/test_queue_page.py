"""The queue page: order, paging, filters, and that nobody sees beyond their duties."""

import pytest

from tipline.domain.duties import NotAllowed, Role
from tipline.services import disposal
from tipline.store.models import Handling
from tipline.store.places import make_place
from tipline.store.queries import header, queue
from tipline.store.queries.queue import QueueFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(house):
    """Six assessed reports of two regions; priorities 10, 30, 20, 30, 10, 20."""
    filed = house.file_many(["一 13900001234", "二", "三\n三  三"], region="500100")
    filed += house.file_many(["四", "五", "六 13900001234"], region="110000", lane="slow")
    house.work()
    for report, priority in zip(filed, (10, 30, 20, 30, 10, 20), strict=True):
        Handling.objects.filter(report=report).update(
            priority=priority, place=make_place(priority, report)
        )
    return filed


@pytest.fixture
def minister(hire):
    return hire(Role.INTAKE_OFFICER, region="000000")


def show(house, actor, after="", size=50, **filters):
    return queue.list_queue(
        actor=actor, filters=QueueFilter(**filters), now=house.now, after=after, size=size
    )


def numbers(page):
    return [row.report for row in page.rows]


def test_highest_priority_first_then_oldest(house, minister, reports):
    a, b, c, d, e, f = reports
    assert numbers(show(house, minister)) == [b, d, c, f, a, e]


def test_pages_join_without_a_gap_even_when_a_report_leaves(house, minister, reports):
    first = show(house, minister, size=4)
    Handling.objects.filter(report=first.rows[0].report).update(state="decided")
    second = show(house, minister, after=first.next, size=4)

    assert sorted(numbers(first) + numbers(second)) == reports
    assert (len(first.rows), len(second.rows), second.next) == (4, 2, "")


@pytest.mark.parametrize("after", ["x", "-1", "1e3", "٣", "9" * 30])
def test_a_foreign_key_of_a_page_is_refused(house, minister, after):
    with pytest.raises(queue.AfterRefused):
        show(house, minister, after=after)


def test_states_are_merged_in_one_order(house, minister, reports):
    Handling.objects.filter(report__in=reports[::2]).update(state="waiting")
    assert len(numbers(show(house, minister))) == 6
    assert numbers(show(house, minister, states=("waiting",))) == [
        reports[2],
        reports[0],
        reports[4],
    ]
    assert numbers(show(house, minister, states=("decided",))) == []


def test_a_region_sees_itself_and_what_lies_in_it(house, hire, reports):
    city, province, other = hire(region="500100"), hire(region="500000"), hire(region="500200")
    assert set(numbers(show(house, city))) == set(reports[:3])
    assert set(numbers(show(house, province))) == set(reports[:3])
    assert numbers(show(house, other)) == []
    assert numbers(show(house, province, region="110000")) == []


def test_an_analyst_sees_what_they_hold(house, hire, reports):
    analyst, lead = hire(Role.ANALYST), hire(Role.REGIONAL_LEAD)
    disposal.assign_report(report=reports[1], to=analyst.id, by=lead, now=house.now)

    assert numbers(show(house, analyst)) == [reports[1]]
    assert numbers(show(house, lead, held="mine")) == []


def test_keepers_of_the_house_read_no_queue(house, hire):
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            show(house, hire(role, region="000000"))


@pytest.mark.parametrize("typed", ["13900001234", "139 0000 1234", "+86 139-0000-1234"])
def test_a_number_finds_its_reports_however_it_is_typed(house, minister, reports, typed):
    assert set(numbers(show(house, minister, identifier=typed))) == {reports[0], reports[5]}


def test_what_is_not_known_finds_nothing(house, minister, reports):
    for typed in ("' OR 1=1--", "%", "13900009999"):
        assert numbers(show(house, minister, identifier=typed)) == []


def test_mine_and_free(house, hire, reports):
    me, other = hire(), hire()
    disposal.claim_report(report=reports[0], by=me, now=house.now)
    disposal.claim_report(report=reports[1], by=other, now=house.now)
    disposal.skip_report(report=reports[2], by=me, now=house.now)

    assert numbers(show(house, me, held="mine")) == [reports[0]]
    assert numbers(show(house, me, held="free")) == []
    assert numbers(show(house, other, held="free")) == [reports[2]]
    rows = {row.report: row for row in show(house, me).rows}
    assert rows[reports[1]].claimed_by_name == "Officer 1"
    assert (rows[reports[2]].is_skipped, rows[reports[0]].is_skipped) == (True, False)
    assert queue.get_next(actor=me, now=house.now) is None
    assert queue.get_next(actor=other, now=house.now) == reports[2]


def test_a_claim_that_ran_out_is_no_claim(house, hire, reports):
    me, other = hire(), hire()
    disposal.claim_report(report=reports[0], by=other, now=house.after(hours=-1))

    assert {row.claimed_by for row in show(house, me).rows} == {None}
    assert reports[0] in numbers(show(house, me, held="free"))


def test_filters_by_lane_offence_and_outcome(house, minister, reports):
    Handling.objects.filter(report=reports[0]).update(
        offence="FR-1", outcome="ACTIONED", state="decided"
    )

    assert set(numbers(show(house, minister, lane="slow"))) == set(reports[3:])
    decided = {"states": ("decided",), "outcome": "ACTIONED"}
    assert numbers(show(house, minister, offence="FR-1", **decided)) == [reports[0]]


def test_an_excerpt_is_one_line_of_the_text(house, minister, reports):
    rows = {row.report: row for row in show(house, minister).rows}
    assert rows[reports[2]].excerpt == "三 三 三"


def test_counts_stop_at_their_limit(house, minister, reports):
    def count(limit):
        found = queue.count_queue(actor=minister, filters=QueueFilter(), now=house.now, limit=limit)
        return found.count, found.is_more

    assert (count(6), count(7), count(5), count(1)) == (
        (6, False),
        (6, False),
        (5, True),
        (1, True),
    )


def test_the_oldest_is_known_by_its_time(house, hire, minister, reports):
    oldest = queue.get_oldest(actor=minister, filters=QueueFilter(), now=house.now)
    assert oldest == Handling.objects.get(report=reports[0]).received_at
    none = hire(region="310000")
    assert queue.get_oldest(actor=none, filters=QueueFilter(), now=house.now) is None


def test_the_header_counts_what_the_officer_may_see(house, hire, minister, reports):
    keeper = hire(Role.ADMINISTRATOR, region="000000")
    told = header.get_header(actor=minister, now=house.now)
    assert (told.open.count, told.mine.count, told.quarantined) == (6, 0, 0)
    assert told.oldest_at is not None
    assert header.get_header(actor=keeper, now=house.now).open.count == 0
