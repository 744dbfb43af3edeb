"""What came in from the vault: report, reply, and a record that would not open."""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import F

from tipline.domain.disposal.state import ReportState
from tipline.domain.intake.arrival import Arrival
from tipline.domain.values import EVERYWHERE
from tipline.store.events import Recorded
from tipline.store.models import Attachment, Handling, Letter, Report, Unreadable
from tipline.store.places import make_place

_ROWS_AT_ONCE = 200


def keep_reports(arrivals: Sequence[Arrival]) -> None:
    """Write the rows of new reports; their events are recorded beside this."""
    Report.objects.bulk_create(map(_make_report, arrivals), batch_size=_ROWS_AT_ONCE)
    Handling.objects.bulk_create(map(_make_handling, arrivals), batch_size=_ROWS_AT_ONCE)
    for each in arrivals:
        _keep_files(each, each.index)


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
    _keep_files(arrival, report)
    Handling.objects.filter(report_id=report).update(
        state=event.body["state"], unread_replies=F("unread_replies") + 1
    )


def _make_report(arrival: Arrival) -> Report:
    return Report(
        leaf_index=arrival.index,
        text=arrival.text,
        details=arrival.details,
        language=arrival.language,
        sender=arrival.sender,
        lane=arrival.lane,
        received_at=arrival.received_at,
        box=arrival.box,
        holder_key=arrival.holder_key,
        contact_box=arrival.contact_box,
        leaf_hash=arrival.leaf_hash,
    )


def _make_handling(arrival: Arrival) -> Handling:
    return Handling(
        report_id=arrival.index,
        state=ReportState.RECEIVED.value,
        place=make_place(0, arrival.index),
        region=arrival.region or EVERYWHERE,
        province=(arrival.region or EVERYWHERE)[:2],
        lane=arrival.lane,
        received_at=arrival.received_at,
    )


def _keep_files(arrival: Arrival, report: int) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            report_id=report,
            record=arrival.index,
            number=number,
            file_id=each.file_id,
            name=each.name,
            type=each.type,
            size=each.size,
            sha256=each.sha256,
            key=each.key,
        )
        for number, each in enumerate(arrival.files, start=1)
    )


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
