"""What the machine reads becomes rows with reasons, and a place in the queue."""

import pytest

from tipline.domain.duties import Role
from tipline.services import correction, triage
from tipline.store.models import Assessment, Event, Handling, Identifier, Job, Letter, Mention
from tipline.store.queries.access import ReportUnknown

pytestmark = pytest.mark.django_db
TEXT = "加微信 tuodan_88，网址 http://bad.example/pay 电话 13900001234"


def test_a_report_is_assessed_with_reasons_and_told(house, hire):
    hire(region="500000")
    report = house.file(TEXT, region="500000")

    house.work()

    assessment = Assessment.objects.get()
    handling = Handling.objects.get()
    assert (handling.state, handling.region, handling.agency_id) == ("assessed", "500000", "500000")
    assert handling.priority == assessment.priority
    assert assessment.reasons[0]
    assert ["region.reported", {"region": "500000"}] in assessment.reasons
    kinds = set(Mention.objects.values_list("identifier__kind", flat=True))
    assert {"url", "phone"} <= kinds
    for mention in Mention.objects.filter(field=""):
        assert TEXT[mention.start : mention.end] == mention.surface
    assert set(Job.objects.values_list("step", flat=True)) <= {"settle"}  # a timer of the night
    assert house.look(report).state == "assessed"
    letter = Letter.objects.get()
    assert letter.leaf_index is not None
    assert Event.objects.get(kind="reporter.told").subject == f"report:{report}"


def test_one_identifier_serves_all_reports_that_have_it(house):
    house.file_many([TEXT, TEXT, TEXT])
    house.work()

    phone = Identifier.objects.get(kind="phone")
    assert phone.mentions.count() == 3


def test_what_the_reporter_named_is_a_mention_too(house):
    house.file("I was cheated", subjects=[{"kind": "phone", "value": "13900001234"}])
    house.work()

    mention = Mention.objects.get()
    assert (mention.field, mention.identifier.kind) == ("subjects[0].value", "phone")


def test_a_very_long_link_is_kept_apart_from_its_neighbours(house):
    long = "http://a.example/" + "x" * 900
    house.file_many([f"{long}1", f"{long}2"])
    house.work()

    assert Identifier.objects.count() == 2
    assert all(len(each.value) <= triage.VALUE_MAX for each in Identifier.objects.all())


def test_assessing_again_adds_an_opinion_and_keeps_the_state(house, hire):
    report = house.take(TEXT)
    Handling.objects.update(state="decided")
    first = Assessment.objects.get()
    Job.objects.create(step="assess", subject=f"report:{report}", event=1, due_at=house.now)

    house.work()

    assert Assessment.objects.count() == 2
    assert Handling.objects.get().state == "decided"
    assert Letter.objects.count() == 1
    assert Mention.objects.count() == len(set(Mention.objects.values_list("start")))
    assert Assessment.objects.first() == first


def test_a_report_routed_away_is_out_of_reach(house, hire):
    by = hire()
    stranger = hire(Role.INTAKE_OFFICER, region="110000")
    report = house.take()

    correction.route_report(
        report=report, region="110000", by=by, now=house.now, reason="their bank"
    )

    handling = Handling.objects.get()
    assert (handling.region, handling.province, handling.agency_id) == ("110000", "11", "110000")
    with pytest.raises(ReportUnknown):
        correction.route_report(report=report, region="500000", by=by, now=house.now)
    correction.route_report(report=report, region="500000", by=stranger, now=house.now)
    with pytest.raises(correction.RegionUnknown):
        correction.route_report(report=report, region="5000", by=by, now=house.now)
