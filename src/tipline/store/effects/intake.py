"""What came in from the vault: report, reply, and a record that would not open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F

from tipline.domain.disposal.state import ReportState
from tipline.domain.intake.arrival import Arrival
from tipline.domain.values import EVERYWHERE
from tipline.store.bulk import insert_rows
from tipline.store.events import Recorded
from tipline.store.models import Attachment, Handling, Letter, Report, Unreadable
from tipline.store.places import make_place


def keep_reports(arrivals: Sequence[Arrival]) -> None:
    """Write the rows of new reports; their events are recorded beside this."""
    insert_rows(Report, map(_describe_report, arrivals))
    insert_rows(Handling, map(_describe_handling, arrivals))
    insert_rows(Attachment, (row for each in arrivals for row in _list_files(each, each.index)))


def keep_reply(*, event: Recorded, arrival: Arrival) -> None:
    """Write the rows of a reply, and bring its report before an officer again."""
    report = event.number
    Letter.objects.create(
        event=event.seq,
        report_id=report,
        direction="in",
        type="reply",
        at=arrival.received_at,
        text=arrival.text,
        question_id=arrival.question_id,
        leaf_index=arrival.index,
    )
    insert_rows(Attachment, _list_files(arrival, report))
    Handling.objects.filter(report_id=report).update(
        state=event.body["state"], unread_replies=F("unread_replies") + 1
    )


def _describe_report(arrival: Arrival) -> dict[str, Any]:
    return {
        "leaf_index": arrival.index,
        "text": arrival.text,
        "details": arrival.details,
        "language": arrival.language,
        "sender": arrival.sender,
        "lane": arrival.lane,
        "received_at": arrival.received_at,
        "box": arrival.box,
        "holder_key": arrival.holder_key,
        "contact_box": arrival.contact_box,
        "leaf_hash": arrival.leaf_hash,
    }


def _describe_handling(arrival: Arrival) -> dict[str, Any]:
    region = arrival.region or EVERYWHERE
    return {
        "report": arrival.index,
        "state": ReportState.RECEIVED.value,
        "priority": 0,
        "place": make_place(0, arrival.index),
        "region": region,
        "province": region[:2],
        "agency": None,
        "offence": "",
        "second": None,
        "template_group": None,
        "outcome": "",
        "lane": arrival.lane,
        "received_at": arrival.received_at,
        "claimed_by": None,
        "claimed_until": None,
        "assigned_to": None,
        "decided_at": None,
        "unread_replies": 0,
    }


def _list_files(arrival: Arrival, report: int) -> Iterator[dict[str, Any]]:
    for number, each in enumerate(arrival.files, start=1):
        yield {
            "report": report,
            "record": arrival.index,
            "number": number,
            "file_id": each.file_id,
            "name": each.name,
            "type": each.type,
            "size": each.size,
            "sha256": each.sha256,
            "key": each.key,
        }


def _set_aside(events: Sequence[Recorded]) -> None:
    for each in events:
        Unreadable.objects.update_or_create(
            leaf_index=each.number,
            defaults={
                "kind": each.body["kind"],
                "reason": each.body["reason"],
                "found_at": each.at,
                "dismissed_at": None,
            },
        )


def _dismiss(events: Sequence[Recorded]) -> None:
    for each in events:
        Unreadable.objects.filter(leaf_index=each.number).update(dismissed_at=each.at)


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "report.refused": _set_aside,
    "record.dismissed": _dismiss,
}
