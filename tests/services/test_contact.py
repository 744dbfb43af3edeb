"""A contact is shown for a written reason, which stays; a file's bytes to those who may."""

import json

import pytest

from tipline.domain.duties import NotAllowed, Role
from tipline.services import attachments, contact
from tipline.store.models import Attachment, Event, Handling
from tipline.store.queries.access import ReportUnknown
from tipline.vault import OpeningKey
from tipline.vault.files import FileSealer

pytestmark = pytest.mark.django_db
ADDRESS = {"name": "张三", "phone": "13900001234"}


@pytest.fixture
def report(house):
    report = house.file(contact=ADDRESS, region="500000")
    house.work()
    return report


def test_a_reveal_is_reasoned_and_recorded(house, hire, report):
    by = hire()
    shown = contact.reveal_contact(
        report=report, reason="to call back", by=by, now=house.now, identity_key=house.identity_key
    )

    assert shown["phone"] == "13900001234"
    event = Event.objects.get(kind="contact.revealed")
    assert (event.by_id, json.loads(event.body)) == (by.id, {"reason": "to call back"})


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_reason_no_contact(house, hire, report, reason):
    with pytest.raises(NotAllowed):
        contact.reveal_contact(
            report=report, reason=reason, by=hire(), now=house.now, identity_key=house.identity_key
        )
    assert not Event.objects.filter(kind="contact.revealed").exists()


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_most_roles_never_see_it(house, hire, report, role):
    with pytest.raises((NotAllowed, ReportUnknown)):
        contact.reveal_contact(
            report=report,
            reason="curious",
            by=hire(role, region="000000"),
            now=house.now,
            identity_key=house.identity_key,
        )


def test_what_is_not_there_or_does_not_open_is_said(house, hire, report):
    given = {"reason": "to call", "by": hire(), "now": house.now}
    bare = house.take()
    with pytest.raises(contact.ContactMissing):
        contact.reveal_contact(report=bare, identity_key=house.identity_key, **given)
    with pytest.raises(contact.ContactSealed):
        contact.reveal_contact(report=report, identity_key=OpeningKey(b"\x08" * 32), **given)
    assert not Event.objects.filter(kind="contact.revealed").exists()


def test_a_file_is_streamed_to_those_who_may(house, hire, report):
    files = house.path / "vault" / "files"
    with FileSealer(files, limit=1_000_000) as sealer:
        sealer.write(b"picture" * 20_000)
        kept = sealer.finish()
    row = Attachment.objects.create(
        report_id=report,
        record=report,
        number=1,
        file_id=kept.file.file_id,
        name="a.png",
        type="image/png",
        size=kept.file.size,
        key=kept.key,
    )

    opened = attachments.open_attachment(
        attachment=row.pk, by=hire(), now=house.now, files_dir=files
    )

    assert b"".join(opened.chunks) == b"picture" * 20_000
    with pytest.raises(ReportUnknown):
        attachments.open_attachment(
            attachment=row.pk, by=hire(region="110000"), now=house.now, files_dir=files
        )
    with pytest.raises(attachments.FileUnknown):
        attachments.open_attachment(attachment=999, by=hire(), now=house.now, files_dir=files)
    assert Handling.objects.count() == 1
