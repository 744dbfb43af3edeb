"""Who has a report, what was noted, asked and decided."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tipline.domain.disposal.state import ReportState
from tipline.store.effects.corrections import note_offence
from tipline.store.effects.letters import write_letters
from tipline.store.events import Recorded
from tipline.store.models import Decision, Handling, Note, Skip

_FREE: Mapping[str, None] = {"claimed_by": None, "claimed_until": None}


def _handle(event: Recorded, **changes: object) -> None:
    Handling.objects.filter(report_id=event.number).update(**changes)


def _claim(event: Recorded) -> None:
    until = datetime.fromisoformat(event.body["until"])
    _handle(
        event,
        claimed_by=event.by,
        claimed_until=until,
        state=event.body["state"],
        unread_replies=0,
    )
    Skip.objects.filter(report_id=event.number, officer_id=event.author).delete()
    write_letters([event], type="state")


def _release(event: Recorded) -> None:
    _handle(event, **_FREE, state=event.body["state"])


def _assign(event: Recorded) -> None:
    # A claim of somebody else would keep the new holder out, so it ends here.
    _handle(event, **_FREE, assigned_to=event.body["to"], state=event.body["state"])


def _skip(event: Recorded) -> None:
    Skip.objects.update_or_create(
        report_id=event.number,
        officer_id=event.author,
        defaults={"reason": event.body["reason"], "skipped_at": event.at},
    )


def _note(event: Recorded) -> None:
    Note.objects.create(
        event=event.seq,
        report_id=event.number,
        by_id=event.author,
        at=event.at,
        text=event.body["text"],
    )
    _handle(event, unread_replies=0)


def _ask(event: Recorded) -> None:
    _handle(
        event,
        **_FREE,
        assigned_to=event.body["assigned_to"],
        state=event.body["state"],
        unread_replies=0,
    )
    write_letters([event], type="question")


def _decide(event: Recorded) -> None:
    body = event.body
    Decision.objects.create(
        event=event.seq,
        report_id=event.number,
        by_id=event.author,
        at=event.at,
        outcome=body["outcome"],
        reason=body["reason"],
        params=body["params"],
        text=body["text"],
        note=body["note"],
        offence=body.get("offence", ""),
        other_report_id=body["other_report"],
        overrides_id=body["overrides"],
    )
    _handle(
        event,
        **_FREE,
        state=body["state"],
        outcome=body["outcome"],
        decided_at=event.at if body["state"] == ReportState.DECIDED.value else None,
        unread_replies=0,
    )
    note_offence(event)
    write_letters([event], type="outcome")


def _each(effect: Callable[[Recorded], None]) -> Callable[[Sequence[Recorded]], None]:
    def run(events: Sequence[Recorded]) -> None:
        for event in events:
            effect(event)

    return run


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "report.claimed": _each(_claim),
    "report.released": _each(_release),
    "report.assigned": _each(_assign),
    "report.skipped": _each(_skip),
    "report.noted": _each(_note),
    "reporter.asked": _each(_ask),
    "decision.made": _each(_decide),
}
