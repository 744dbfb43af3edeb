"""From the vault to the desk: each record once, in order, and none lost."""

import pytest
from msgspec import json

from tipline.services import collect
from tipline.store import turns
from tipline.store.models import Attachment, Event, Handling, Job, Letter, Report, Unreadable
from tipline.vault import Entry, OpeningKey, Unit

pytestmark = pytest.mark.django_db


def gather(house, **given):
    return collect.collect(vault=house.vault, desk_key=house.desk_key, now=house.now, **given)


def test_a_report_becomes_rows_an_event_and_a_step(house):
    report = house.file("冒充公检法，转账 20000 元", region="500000", language="zh-hans")

    found = gather(house)

    row = Report.objects.get()
    assert (found.at, found.kept) == (report, 1)
    assert (row.leaf_index, row.text, row.language) == (
        report,
        "冒充公检法，转账 20000 元",
        "zh-hans",
    )
    handling = Handling.objects.get()
    assert (handling.state, handling.region, handling.province) == ("received", "500000", "50")
    event = Event.objects.get()
    assert (event.kind, event.subject, event.by) == ("report.received", f"report:{report}", None)
    job = Job.objects.get()
    assert (job.step, job.subject, job.event) == ("assess", f"report:{report}", event.seq)


def test_nothing_is_taken_twice(house):
    house.file_many(["一", "二", "三"])

    assert gather(house).kept == 3
    assert gather(house).kept == 0
    assert Report.objects.count() == Event.objects.count() == 3


def test_two_collectors_at_once_take_a_record_once(house):
    house.file_many(["一", "二"])
    early = turns.get_turn(name=turns.COLLECT)
    gather(house)

    with pytest.raises(turns.TurnLost):
        turns.advance(name=turns.COLLECT, turn=early, to=1)


def test_a_reply_goes_to_its_report(house):
    report = house.file()
    house.work()
    Handling.objects.update(state="waiting")
    reply = house.reply(report, "银行卡尾号 1234", question_id="1")

    gather(house)

    letter = Letter.objects.get(direction="in")
    assert (letter.report_id, letter.text, letter.question_id) == (report, "银行卡尾号 1234", "1")
    assert letter.leaf_index == reply
    handling = Handling.objects.get()
    assert (handling.state, handling.unread_replies) == ("assessed", 1)
    assert Event.objects.filter(kind="reply.received", subject=f"report:{report}").exists()


def test_files_come_with_their_keys_and_the_details_keep_none(house):
    details = {
        "received_at": "2026-11-23T12:00Z",
        "files": [
            {"file_id": "a" * 32, "name": "图.png", "type": "image/png", "size": 3, "key": "QUJD"}
        ],
    }
    entry = Entry(kind="report", text=b"see picture", details=json.encode(details))
    house.vault.append(Unit((entry,))).result()

    gather(house)

    file = Attachment.objects.get()
    assert (file.name, bytes(file.key)) == ("图.png", b"ABC")
    assert "key" not in Report.objects.get().details["files"][0]


@pytest.mark.parametrize(
    ("text", "details"),
    [
        (b"\xff\xfe", b'{"received_at":"2026-11-23T12:00Z"}'),
        (b"fine", b"{}"),
        (b"fine", b"not json"),
        (b"fine", b'{"received_at":"yesterday"}'),
        (b"a\x00b", b'{"received_at":"2026-11-23T12:00Z"}'),
        (b"fine", b'{"received_at":"2026-11-23T12:00Z","came_by":"\\u0000"}'),
    ],
)
def test_what_cannot_be_read_is_set_aside_and_stops_no_others(house, text, details):
    house.vault.append(Unit((Entry(kind="report", text=text, details=details),))).result()
    good = house.file()

    assert gather(house).kept == 2

    assert Report.objects.get().leaf_index == good
    assert Unreadable.objects.get().leaf_index == 0
    assert Event.objects.get(kind="report.refused").subject == "record:0"


def test_a_record_sealed_to_another_key_can_be_tried_again(house):
    report = house.file()
    wrong = OpeningKey(b"\x07" * 32)
    collect.collect(vault=house.vault, desk_key=wrong, now=house.now)
    assert Unreadable.objects.get().reason == "SealBroken"

    retry = {"index": report, "vault": house.vault, "by": None, "now": house.now}
    assert not collect.retry_record(desk_key=wrong, **retry)
    assert collect.retry_record(desk_key=house.desk_key, **retry)
    assert not collect.retry_record(desk_key=house.desk_key, **retry)

    assert Report.objects.get().leaf_index == report
    assert Unreadable.objects.get().dismissed_at == house.now


def test_a_reply_to_no_report_is_set_aside(house):
    details = b'{"received_at":"2026-11-23T12:00Z"}'
    house.vault.append(Unit((Entry(kind="reply", details=details, box=b"x" * 16),))).result()

    gather(house)

    assert Unreadable.objects.get().reason == "NoSuchReport"
