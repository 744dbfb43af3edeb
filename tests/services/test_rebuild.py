"""A desk rebuilt from the vault is the desk that was."""

import pytest
from django.db.models import Q
from django.forms.models import model_to_dict

from tipline.domain.duties import Role
from tipline.services import contact, correction, disposal, rebuild, staff
from tipline.services.disposal import Ruling
from tipline.store import models
from tipline.store.events import ChainBroken
from tipline.store.wiping import wipe_reports
from tipline.vault import Entry, Unit

pytestmark = pytest.mark.django_db
REPORT_SIDE = (
    models.Report,
    models.Attachment,
    models.Unreadable,
    models.Assessment,
    models.Handling,
    models.Skip,
    models.Note,
    models.Decision,
    models.Letter,
    models.Cluster,
    models.ClusterMember,
    models.ClusterChange,
    models.LinkRuling,
    models.Gang,
    models.Event,
)


def snapshot():
    rows = {
        model.__name__: [read_row(row) for row in model.objects.order_by("pk")]
        for model in REPORT_SIDE
    }
    rows["Mention"] = sorted(
        models.Mention.objects.values_list(
            "report_id", "field", "start", "end", "surface", "identifier__kind", "identifier__value"
        )
    )
    # The timer of a claim that ended otherwise would do nothing; a rebuild leaves it out.
    claimed = models.Handling.objects.filter(claimed_until__isnull=False)
    held = [f"report:{each}" for each in claimed.values_list("report_id", flat=True)]
    jobs = models.Job.objects.exclude(Q(step="release") & ~Q(subject__in=held))
    jobs = jobs.exclude(step="settle")  # the next report that is placed puts it there again
    rows["Job"] = sorted(jobs.values_list("step", "subject", "event", "due_at"))
    rows["Cursor"] = sorted(models.Cursor.objects.values_list("name", "goal"))
    return rows


def read_row(row):
    hidden = (
        {"id"} if isinstance(row, (models.Skip, models.Attachment, models.ClusterChange)) else set()
    )
    values = model_to_dict(row) | {row._meta.pk.name: row.pk}
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in values.items()
        if name not in hidden
    }


@pytest.fixture
def busy_desk(house, hire):
    """A desk on which everything has happened once."""
    by, lead, analyst = hire(), hire(Role.REGIONAL_LEAD), hire(Role.ANALYST)
    now = house.now
    details = b'{"received_at":"2026-11-23T12:00Z","files":[{"file_id":"aa","key":"QUJD"}]}'
    house.vault.append(Unit((Entry(kind="report", details=details, box=b"b" * 16),))).result()
    house.vault.append(Unit((Entry(kind="report", text=b"\xff"),))).result()
    one, two, three, four = house.file_many(
        ["冒充客服 13900001234"] * 4, region="500000", contact="me@mail.example"
    )
    house.work()
    disposal.claim_report(report=one, by=by, now=now)
    disposal.note_report(report=one, text="looks like the others", by=by, now=now)
    asked = disposal.ask_reporter(report=one, question="Which bank?", by=by, now=now)
    house.work()
    house.reply(one, "ICBC", question_id=asked)
    disposal.skip_report(report=two, by=by, now=now, reason="a relative")
    disposal.assign_report(report=two, to=analyst.id, by=lead, now=now)
    first = disposal.decide_report(
        report=two, ruling=Ruling(outcome="ACTIONED", reason="site_closed"), by=analyst, now=now
    )
    again = Ruling(outcome="DUPLICATE_OF", reason="same_subject", other_report=one, overrides=first)
    disposal.decide_report(report=two, ruling=again, by=lead, now=now)
    key = house.identity_key
    contact.reveal_contact(report=two, reason="to call", by=by, now=now, identity_key=key)
    correction.route_report(report=three, region="110000", by=by, now=now)
    house.work()
    disposal.claim_report(report=four, by=by, now=now)
    post = staff.Post(role=Role.ANALYST, region="500000", agency="500000")
    staff.change_role(officer=lead.id, post=post, by=None, now=now)
    house.work()
    return house


def test_the_rebuilt_desk_is_what_it_was(busy_desk):
    before = snapshot()
    officers = list(models.Officer.objects.values())

    done = rebuild.rebuild_desk(
        vault=busy_desk.vault, desk_key=busy_desk.desk_key, now=busy_desk.now
    )

    assert done.reports == len(before["Report"])
    assert done.events == len(before["Event"])
    after = snapshot()
    rebuilt = after["Event"].pop()
    assert rebuilt["kind"] == "desk.rebuilt"
    for name, rows in before.items():
        assert after[name] == rows, name
    assert list(models.Officer.objects.values()) == officers


def test_the_rebuilt_desk_goes_on(busy_desk):
    rebuild.rebuild_desk(vault=busy_desk.vault, desk_key=busy_desk.desk_key, now=busy_desk.now)
    fresh = busy_desk.file("新的举报")
    busy_desk.work()

    assert models.Handling.objects.get(report=fresh).state == "assessed"
    assert not models.Event.objects.filter(leaf_index=None).exists()
    rebuild.rebuild_desk(vault=busy_desk.vault, desk_key=busy_desk.desk_key, now=busy_desk.now)
    assert models.Handling.objects.get(report=fresh).state == "assessed"


def test_what_was_not_collected_or_not_done_is_taken_up_again(house, hire):
    by = hire()
    report = house.take()
    disposal.ask_reporter(report=report, question="Which bank?", by=by, now=house.now)
    unread = house.file("second")
    shift = house.shift()
    shift._collect()
    while shift._send(1):
        pass
    late = house.file("third")
    assert models.Job.objects.count() == 2

    rebuild.rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)

    assert set(models.Job.objects.values_list("step", "subject")) == {
        ("assess", f"report:{unread}"),
        ("tell", f"report:{report}"),
    }
    assert not models.Report.objects.filter(leaf_index=late).exists()
    shift._leave()
    house.work()
    assert house.look(report).open_questions == ("1",)
    assert set(models.Handling.objects.values_list("report_id", "state")) == {
        (report, "waiting"),
        (unread, "assessed"),
        (late, "assessed"),
    }


def test_a_lost_desk_comes_back_with_its_staff_shut_out(busy_desk):
    models.Job.objects.all().delete()
    before = snapshot()
    wipe_reports()
    models.Officer.objects.all().delete()
    models.Agency.objects.all().delete()

    rebuild.rebuild_desk(vault=busy_desk.vault, desk_key=busy_desk.desk_key, now=busy_desk.now)

    after = snapshot()
    assert after["Decision"] == before["Decision"]
    assert after["Handling"] == before["Handling"]
    assert models.Officer.objects.filter(role="analyst").count() == 2  # the altered role
    assert not models.Officer.objects.filter(is_active=True).exists()
    assert models.Agency.objects.filter(code="500000").exists()
    made = staff.NewOfficer(
        username="new", display_name="N", role=Role.ANALYST, region="500000", agency="500000"
    )
    staff.make_officer(officer=made, by=None, now=busy_desk.now)


def test_events_that_the_vault_lacks_forbid_a_rebuild(house, hire):
    hire()
    with pytest.raises(rebuild.EventsWaiting):
        rebuild.rebuild_desk(vault=house.vault, desk_key=house.desk_key, now=house.now)


def test_a_broken_chain_is_refused_and_the_desk_stays(busy_desk):
    before = snapshot()
    forged = b'{"at":"2026-11-23T12:00:00.000000+00:00","body":{},"by":null,"hash":"00","kind":"contact.revealed","prev":"00","seq":9999,"subject":"report:1","v":1}'
    busy_desk.vault.append(Unit((Entry(kind="event", details=forged),))).result()

    with pytest.raises(ChainBroken):
        rebuild.rebuild_desk(vault=busy_desk.vault, desk_key=busy_desk.desk_key, now=busy_desk.now)

    assert snapshot() == before
