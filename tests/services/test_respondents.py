"""What the holder of an order's code sees and sends, and what the desk makes of it."""

import asyncio
import json
from datetime import timedelta

import pytest

from tests.services.ordering import Office, stand
from tipline.domain.disposal.measures import Measure
from tipline.domain.disposal.served import Act, Answer
from tipline.services import mailbox, rebuild, respondents, supervision
from tipline.services.intake import write_minute
from tipline.store.models import (
    Event,
    Inspection,
    Job,
    Order,
    OrderAnswer,
    OrderItem,
    OrderLetter,
    SubjectAction,
)

DAY = timedelta(days=1)


@pytest.fixture
def office(db, house, hire):
    return Office(house, hire)


def send(office, order: int, answer: Answer, form_key: str = "") -> int:
    code, vault = office.code(order), office.house.vault
    return asyncio.run(
        respondents.receive_answer(
            vault=vault,
            thread=respondents.open_thread(vault=vault, code=code),
            answer=answer,
            at=write_minute(office.now),
            form_key=form_key,
        )
    )


def look(office, order: int) -> respondents.OrderThread:
    return respondents.open_thread(vault=office.house.vault, code=office.code(order))


def test_the_code_opens_the_order_with_its_extracts(office) -> None:
    order = office.issue()
    office.house.work()

    thread = look(office, order)
    assert thread.sheet.number == Order.objects.get().number
    assert [each.extract for each in thread.sheet.items] == ["Card form at /pay"]
    assert thread.state == "issued"
    assert OrderLetter.objects.get().leaf_index == thread.lines[0].leaf_index
    assert Event.objects.filter(kind="order.served").count() == 1


def test_an_orders_code_opens_no_report_and_a_reports_no_order(office) -> None:
    order, report = office.issue(), office.house.file()
    office.house.work()

    with pytest.raises(mailbox.CodeUnknown):
        mailbox.open_mailbox(vault=office.house.vault, code=office.code(order))
    with pytest.raises(respondents.OrderCodeUnknown):
        respondents.open_thread(vault=office.house.vault, code=office.house.codes[report])
    assert respondents.holds_order(vault=office.house.vault, code=office.code(order))


def test_an_acknowledgement_moves_the_order_and_is_seen_at_once(office) -> None:
    order = office.issue()
    office.house.work()
    send(office, order, Answer(act=Act.ACKNOWLEDGE))
    assert look(office, order).state == "acknowledged"

    office.house.work()

    assert stand(order) == "acknowledged"
    assert Order.objects.get().unread == 1
    send(office, order, Answer(act=Act.ACKNOWLEDGE))
    office.house.work()
    assert stand(order) == "acknowledged"


def test_what_is_sent_twice_by_one_form_is_kept_once(office) -> None:
    order = office.issue()
    office.house.work()
    answer = Answer(act=Act.ANSWER, item=1, text="The form is gone.")

    assert send(office, order, answer, "k1") == send(office, order, answer, "k1")
    office.house.work()

    row = OrderAnswer.objects.get()
    assert (row.act, row.item, row.text) == ("answer", 1, "The form is gone.")


def test_more_time_is_asked_for_and_given_or_not(office) -> None:
    order = office.issue()
    office.house.work()
    send(office, order, Answer(act=Act.EXTENSION, days=20, text="Our host is slow."))
    office.house.work()
    assert Order.objects.get().extension_days == 20

    supervision.refuse_extension(
        order=order, reason="Two weeks are enough.", by=office.lead, now=office.now
    )
    office.house.work()

    assert Order.objects.get().extension_days == 0
    assert look(office, order).lines[-1].said.text == "Two weeks are enough."
    deadline = office.now + 30 * DAY
    supervision.extend_order(
        order=order, deadline=deadline, reason="As you asked.", by=office.lead, now=office.now
    )
    office.house.work()
    assert look(office, order).deadline == write_minute(deadline)


def test_a_wish_for_an_inspection_brings_one_at_once_and_only_one(office) -> None:
    order = office.issue()
    office.house.work()
    for _ in range(3):
        send(office, order, Answer(act=Act.INSPECTION))
        office.house.work()

    asked = Inspection.objects.get(state="queued")
    assert asked.asked_by is None
    assert Order.objects.get().is_inspecting
    assert Job.objects.filter(step="inspect", event=asked.event).exists()


def test_an_appeal_is_written_down(office) -> None:
    order = office.issue()
    office.house.work()
    send(office, order, Answer(act=Act.APPEAL, text="This is our own shop."))
    office.house.work()

    event = Event.objects.get(kind="appeal.received")
    assert event.subject == f"order:{order}"
    assert "shop" not in event.body
    assert OrderAnswer.objects.get().text == "This is our own shop."


def test_an_answer_to_no_order_is_set_aside(office) -> None:
    order = office.issue()
    office.house.work()
    Order.objects.filter(event=order).update(box=b"0" * 16)
    code_thread = respondents.open_thread(vault=office.house.vault, code=office.code(order))
    asyncio.run(
        respondents.receive_answer(
            vault=office.house.vault,
            thread=code_thread,
            answer=Answer(act=Act.ACKNOWLEDGE),
            at="2026-11-25T12:00Z",
            form_key="",
        )
    )
    office.house.work()

    refused = Event.objects.get(kind="report.refused")
    assert json.loads(refused.body) == {"kind": "answer", "reason": "NoSuchOrder"}


def test_a_rebuilt_desk_has_the_same_orders_answers_and_timers(office) -> None:
    order = office.issue()
    office.house.work()
    send(office, order, Answer(act=Act.ACKNOWLEDGE))
    send(office, order, Answer(act=Act.ANSWER, item=1, text="The form is gone."))
    send(office, order, Answer(act=Act.INSPECTION))
    office.house.work()
    lost = office.decide(by=office.lead, measure=Measure.WARNED)
    office.house.work()

    def show() -> list[object]:
        jobs = Job.objects.order_by("step", "event").values_list("step", "subject", "event")
        queued = Inspection.objects.filter(state="queued").values_list("event", flat=True)
        live = {*queued, *Order.objects.values_list("alarm_event", flat=True)}
        return [
            list(Order.objects.values()),
            list(OrderItem.objects.values("order", "number", "extract", "subject__value")),
            list(OrderAnswer.objects.values()),
            list(OrderLetter.objects.values()),
            list(SubjectAction.objects.values("id", "state", "subject__value")),
            list(Inspection.objects.values("event", "state", "url", "options", "previous")),
            [job for job in jobs if job[2] in live],
        ]

    before = show()
    rebuild.rebuild_desk(
        vault=office.house.vault, desk_key=office.house.desk_key, now=office.house.now
    )

    assert show() == before
    assert SubjectAction.objects.filter(decision=lost).exists()
    assert stand(order) == "acknowledged"
