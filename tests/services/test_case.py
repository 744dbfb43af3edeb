"""Cases: opened, worked, merged, split; what is remembered, and who may not."""

import json
from decimal import Decimal

import pytest

from tipline.domain.case.facts import FigureRefused, Metric
from tipline.domain.case.state import CaseStateRefused
from tipline.domain.duties import NotAllowed, Role
from tipline.services.case import facts, opening, working
from tipline.services.case.facts import NewFact, NewFlow
from tipline.services.case.opening import CaseRefused, NewCase
from tipline.store.models import Case, CaseFact, CaseReport, CaseSubject, CaseTask, Event, Subject
from tipline.store.queries.case import list_facts, sum_facts
from tipline.store.queries.case_access import CaseUnknown, ReportsUnfit, list_family

pytestmark = pytest.mark.django_db
SITE = ("site", "evil.example")


@pytest.fixture
def lead(hire):
    return hire(Role.REGIONAL_LEAD)


@pytest.fixture
def open_one(house, lead):
    def open_case(**given):
        by = given.pop("by", lead)
        return opening.open_case(
            case=NewCase(**{"title": "brushing ring", **given}), by=by, now=house.now
        )

    return open_case


def newest():
    return Event.objects.order_by("-seq").first()


def test_a_case_is_opened_with_reports_and_subjects_under_a_number(house, lead, open_one):
    report = house.take()

    case = open_one(reports=(report,), subjects=(SITE,), offences=("FR-BRUSH",))

    row = Case.objects.get()
    year = house.now.year
    assert (row.event, row.number, row.state) == (case, f"500000-{year}-000001", "open")
    assert (row.region, row.agency_id, row.offences) == ("500000", "500000", ["FR-BRUSH"])
    assert CaseReport.objects.get().report_id == report
    assert (Subject.objects.get().value, CaseSubject.objects.get().case_id) == (SITE[1], case)
    event = newest()
    assert (event.kind, event.subject, event.by_id) == ("case.opened", f"case:{case}", lead.id)


def test_numbers_count_by_region_and_year(open_one, hire):
    ministry = hire(Role.REGIONAL_LEAD, "000000")
    hire(Role.ANALYST, "310000")
    one, two = open_one(), open_one()
    there = open_one(region="310000", agency="310000", by=ministry)

    numbers = dict(Case.objects.values_list("event", "number"))
    assert [numbers[each][-6:] for each in (one, two, there)] == ["000001", "000002", "000001"]


def test_a_report_is_never_in_two_cases_and_a_strange_one_in_none(house, open_one):
    here, there = house.take(), house.take(region="110000")
    open_one(reports=(here,))

    with pytest.raises(ReportsUnfit) as refused:
        open_one(reports=(here, there, 999))

    assert refused.value.reports == (here, there, 999)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"title": " "}, "title"),
        ({"offences": ("FR-NONE",)}, "offence"),
        ({"agency": "nobody"}, "agency"),
        ({"region": "110000"}, "agency"),
        ({"subjects": (("person", "x"),)}, "subject"),
        ({"gang": 5}, "gang"),
        ({"lead": 999}, "lead"),
    ],
)
def test_a_case_that_does_not_hold_is_refused(open_one, given, why):
    with pytest.raises(CaseRefused) as refused:
        open_one(**given)
    assert refused.value.why == why


def test_intake_officers_open_none_and_other_regions_do_not_see_it(house, hire, open_one):
    with pytest.raises(NotAllowed):
        open_one(by=hire(Role.INTAKE_OFFICER))
    case = open_one()
    with pytest.raises(CaseUnknown):
        working.note_case(case=case, text="x", by=hire(Role.REGIONAL_LEAD, "110000"), now=house.now)


def test_reports_and_subjects_come_and_go(house, lead, open_one):
    case, report = open_one(), house.take()
    told = {"reports": [report], "subjects": [SITE]}

    working.extend_case(case=case, **told, by=lead, now=house.now)
    with pytest.raises(CaseRefused):
        working.extend_case(case=case, **told, by=lead, now=house.now)
    working.reduce_case(case=case, **told, by=lead, now=house.now)

    assert not CaseReport.objects.exists()
    assert not CaseSubject.objects.exists()
    with pytest.raises(ReportsUnfit):
        working.reduce_case(case=case, reports=[report], by=lead, now=house.now)


def test_a_task_is_set_and_done_once(house, lead, open_one):
    case = open_one()
    task = working.set_task(
        case=case, text="ask the bank", due_on=house.now.date(), to=lead.id, by=lead, now=house.now
    )

    working.do_task(case=case, task=task, text="they froze it", by=lead, now=house.now)

    row = CaseTask.objects.get()
    assert (row.done_by_id, row.result, row.due_on) == (lead.id, "they froze it", house.now.date())
    with pytest.raises(CaseRefused):
        working.do_task(case=case, task=task, text="again", by=lead, now=house.now)


def test_figures_add_up_and_a_correction_supersedes(house, lead, open_one):
    case = open_one()

    def state(metric, written, **more):
        fact = NewFact(metric=metric, written=written, source="bulletin 12", **more)
        return facts.state_fact(case=case, fact=fact, by=lead, now=house.now)

    state(Metric.AMOUNT_INVOLVED, "2000余万元")
    state(Metric.AMOUNT_INVOLVED, "0.10元")
    state(Metric.AMOUNT_INVOLVED, "$5")
    wrong = state(Metric.SUSPECTS_DETAINED, "90")
    right = state(Metric.SUSPECTS_DETAINED, "9", supersedes=wrong, reason="misread")

    sums = sum_facts([case])
    money = sums[Metric.AMOUNT_INVOLVED]
    assert (money["CNY"].value, money["CNY"].relation) == (Decimal("20000000.10"), "at_least")
    assert (money["USD"].value, money["USD"].relation) == (Decimal(5), "exact")
    assert sums[Metric.SUSPECTS_DETAINED][""].value == 9
    assert CaseFact.objects.count() == 5
    with pytest.raises(CaseRefused):
        state(Metric.SUSPECTS_DETAINED, "8", supersedes=wrong, reason="a second time")
    facts.withdraw_fact(case=case, fact=right, reason="another case", by=lead, now=house.now)
    assert Metric.SUSPECTS_DETAINED not in sum_facts([case])


def test_a_figure_needs_a_source_and_to_be_certain(house, lead, open_one):
    case = open_one()
    for fact, refusal in (
        (NewFact(metric=Metric.VICTIMS, written="9", source=" "), CaseRefused),
        (NewFact(metric=Metric.AMOUNT_INVOLVED, written="约3万元", source="x"), FigureRefused),
    ):
        with pytest.raises(refusal):
            facts.state_fact(case=case, fact=fact, by=lead, now=house.now)
    assert not CaseFact.objects.exists()


def test_money_flows_from_one_account_to_another(house, lead, open_one):
    case = open_one()
    flow = NewFlow(payer="victim 1", payee="6222021234567890128", written="1.7万", source="bank")
    held = facts.state_flow(case=case, flow=flow, by=lead, now=house.now)

    assert json.loads(newest().body)["value"] == "17000"
    facts.withdraw_flow(case=case, flow=held, reason="not theirs", by=lead, now=house.now)
    same = NewFlow(payer="a", payee="a", written="5元", source="bank")
    with pytest.raises(CaseRefused):
        facts.state_flow(case=case, flow=same, by=lead, now=house.now)


def test_a_merge_loses_nothing_and_counts_nothing_twice(house, lead, open_one):
    report = house.take()
    one, two = open_one(reports=(report,), subjects=(SITE,)), open_one(subjects=(SITE,))
    for case in (one, two):
        fact = NewFact(metric=Metric.VICTIMS, written="3", source="list")
        facts.state_fact(case=case, fact=fact, by=lead, now=house.now)
    working.note_case(case=one, text="a note", by=lead, now=house.now)

    opening.merge_case(case=one, into=two, reason="the same ring", by=lead, now=house.now)

    assert CaseReport.objects.get().case_id == two
    assert list_family(two) == (one, two)
    assert len(list_facts(two)) == 2
    assert sum_facts([one, two])[Metric.VICTIMS][""].value == 6
    assert Case.objects.get(event=one).merged_into_id == two
    with pytest.raises((CaseStateRefused, NotAllowed)):
        working.note_case(case=one, text="too late", by=lead, now=house.now)
    with pytest.raises(CaseStateRefused):
        opening.merge_case(case=two, into=one, reason="back", by=lead, now=house.now)


def test_a_split_moves_what_is_named_and_only_that(house, lead, open_one):
    first, second = house.take(), house.take()
    case = open_one(reports=(first, second), subjects=(SITE,))

    new = opening.split_case(
        case=case,
        new=NewCase(title="another ring", reports=(second,), subjects=(SITE,)),
        by=lead,
        now=house.now,
    )

    places = dict(CaseReport.objects.values_list("report_id", "case_id"))
    assert places == {first: case, second: new}
    assert CaseSubject.objects.get().case_id == new
    kinds = list(Event.objects.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["case.split", "case.reduced"]
    with pytest.raises(ReportsUnfit):
        opening.split_case(
            case=case, new=NewCase(title="x", reports=(second,)), by=lead, now=house.now
        )
