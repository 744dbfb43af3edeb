"""Inspections that were asked for, and what they found."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tipline.store.bulk import insert_rows
from tipline.store.effects.measures import each, find_subjects
from tipline.store.events import Recorded
from tipline.store.models import Finding, Inspection, Order


def _ask(event: Recorded) -> None:
    body = event.body
    Inspection.objects.create(
        event=event.seq,
        subject=find_subjects([body["subject"]])[0],
        case_id=body["case"],
        previous_id=body["previous"],
        url=body["url"],
        options=body["options"],
        state="queued",
        reason=body["reason"],
        asked_by_id=event.by,
        asked_at=event.at,
    )
    if body["order"] is not None:
        Order.objects.filter(event=body["order"]).update(
            inspection=event.seq, is_inspecting=True, look_event=None
        )


def _finish(event: Recorded) -> None:
    body = event.body
    Inspection.objects.filter(event=event.number).update(
        state=body["state"],
        result=body["result"],
        reason=body["reason"],
        package=body["package"],
        package_sha256=body["sha256"],
        summary=body["summary"],
        finished_at=event.at,
    )
    insert_rows(Finding, list(_describe_findings(event.number, body["findings"])))


def _describe_findings(
    inspection: int, findings: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    for found in findings:
        named = found.get("subject")
        yield {
            "inspection": inspection,
            "kind": found["kind"],
            "item": found["item"],
            "subject": find_subjects([named])[0].pk if named else None,
            "url": found["url"],
            "box": found.get("box", []),
            "excerpt": found.get("excerpt", ""),
            "offences": found.get("offences", []),
            "unsure": found.get("unsure", True),
            "sha256": found.get("sha256", ""),
            "verdicts": found.get("verdicts", []),
            "again": found.get("again", ""),
        }


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "inspection.asked": each(_ask),
    "inspection.finished": each(_finish),
}
