"""All of a report for those who may read it, and the audit for those who may read that."""

import pytest

from tipline.domain.duties import NotAllowed, Role
from tipline.services import disposal
from tipline.services.disposal import Ruling
from tipline.store.queries import audit, staff
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.audit import AuditFilter
from tipline.store.queries.report import get_report

pytestmark = pytest.mark.django_db
TEXT = "加微信 tuodan_88，电话 13900001234"


def test_the_page_holds_what_was_sent_read_done_and_said(house, hire):
    by = hire()
    house.file(TEXT, region="500000")
    report = house.take(TEXT)
    disposal.claim_report(report=report, by=by, now=house.now)
    disposal.note_report(report=report, text="a note", by=by, now=house.now)
    disposal.ask_reporter(report=report, question="Which bank?", by=by, now=house.now)
    ruling = Ruling(outcome="ACTIONED", reason="site_closed", note="inner")
    disposal.decide_report(report=report, ruling=ruling, by=by, now=house.now)
    house.work()

    page = get_report(actor=by, report=report, now=house.now)

    assert (page.text, page.state, page.is_decided) == (TEXT, "decided", True)
    phone = next(each for each in page.mentions if each.kind == "phone")
    assert (TEXT[phone.start : phone.end], phone.reports) == (phone.surface, 2)
    assert page.assessment is not None
    assert page.assessment.parts[0].points > 0
    assert [each.outcome for each in page.decisions] == ["ACTIONED"]
    assert [each.type for each in page.letters] == ["state", "state", "question", "outcome"]
    assert all(each.leaf_index is not None for each in page.letters)
    assert [each.text for each in page.notes] == ["a note"]
    assert [each.kind for each in page.history][:2] == ["report.received", "report.assessed"]
    assert page.history[-1].kind == "reporter.told"


def test_who_may_read_it(house, hire):
    report = house.take()
    auditor = hire(Role.AUDITOR, region="000000")
    for stranger in (
        hire(region="110000"),
        hire(Role.ANALYST),
        hire(Role.ADMINISTRATOR, region="000000"),
    ):
        with pytest.raises(ReportUnknown):
            get_report(actor=stranger, report=report, now=house.now)
    with pytest.raises(NotAllowed):
        get_report(actor=auditor, report=report, now=house.now)
    page = get_report(actor=auditor, report=report, now=house.now, reason="complaint 12")
    assert page.report == report


def events(actor, house, **filters):
    page = audit.list_events(actor=actor, filters=AuditFilter(**filters), now=house.now)
    return [row.kind for row in page.rows]


def test_each_role_reads_its_part_of_the_audit(house, hire):
    by, stranger = hire(), hire(region="110000")
    lead, auditor = hire(Role.REGIONAL_LEAD), hire(Role.AUDITOR, region="000000")
    keeper = hire(Role.ADMINISTRATOR, region="000000")
    report = house.take()
    disposal.claim_report(report=report, by=by, now=house.now)

    assert events(by, house) == ["report.claimed"]
    assert events(stranger, house) == []
    assert events(lead, house)[0] == "report.claimed"
    assert not any(kind.startswith("staff.") for kind in events(lead, house))
    assert {kind.split(".")[0] for kind in events(keeper, house)} == {"staff", "agency"}
    assert "report.received" in events(auditor, house)
    assert events(auditor, house, kind="report.claimed", by=by.id) == ["report.claimed"]
    assert set(events(auditor, house, kind="staff.")) == {"staff.made"}
    assert events(auditor, house, subject=f"report:{report}")[-1] == "report.received"


def test_the_audit_pages_backwards(house, hire):
    auditor = hire(Role.AUDITOR, region="000000")
    house.take()
    first = audit.list_events(actor=auditor, filters=AuditFilter(), now=house.now, size=3)
    rest = audit.list_events(
        actor=auditor, filters=AuditFilter(), now=house.now, before=first.next, size=99
    )
    seqs = [row.seq for row in (*first.rows, *rest.rows)]
    assert seqs == list(range(audit.get_chain().events, 0, -1))
    assert rest.next == 0


def test_staff_lists_follow_the_duties(house, hire):
    by, lead, keeper = hire(), hire(Role.REGIONAL_LEAD), hire(Role.ADMINISTRATOR, region="000000")
    hire(region="110000")
    report = house.take()
    assert len(staff.list_officers(actor=keeper)) == 4
    assert {row.region for row in staff.list_officers(actor=lead)} == {"500000"}
    with pytest.raises(NotAllowed):
        staff.list_officers(actor=by)
    assignable = staff.list_assignable(actor=lead, report=report, now=house.now)
    assert {row.id for row in assignable} == {by.id, lead.id}
    assert [row.code for row in staff.list_agencies()] == ["000000", "110000", "500000"]
    assert staff.get_officer(officer=by.id).username == "officer0"
