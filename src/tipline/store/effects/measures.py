"""What was decided about subjects, and what became of each action."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tipline.domain.disposal.measures import SUBJECTS_MAX, ActionState
from tipline.store.bulk import insert_rows
from tipline.store.events import Recorded
from tipline.store.models import Subject, SubjectAction, SubjectDecision


def find_subjects(named: Sequence[Sequence[str]]) -> list[Subject]:
    """Give the rows of (kind, value), made where they are not there yet, in the same order."""
    return [Subject.objects.get_or_create(kind=kind, value=value)[0] for kind, value in named]


def _decide(event: Recorded) -> None:
    body = event.body
    end = body["expires_at"]
    SubjectDecision.objects.create(
        event=event.seq,
        case_id=body["case"],
        agency_id=body["agency"],
        region=body["region"],
        by_id=event.author,
        role=body["role"],
        at=event.at,
        measure=body["measure"],
        offences=body["offences"],
        evidence=body["evidence"],
        provision=body["provision"],
        facts=body["facts"],
        automation=body["automation"],
        expires_at=datetime.fromisoformat(end) if end else None,
        overrides_id=body["overrides"],
    )
    insert_rows(
        SubjectAction,
        (
            {
                "id": event.seq * SUBJECTS_MAX + place,
                "decision": event.seq,
                "subject": subject.pk,
                "state": body["state"],
                "confirmed_by": None,
                "confirmed_at": None,
                "done_at": None,
                "reversed_at": None,
                "why": "",
                "reason": "",
            }
            for place, subject in enumerate(find_subjects(body["subjects"]))
        ),
    )
    if body["overrides"]:
        _undo(event, decision=body["overrides"], why="overridden")


def _undo(event: Recorded, *, decision: int, why: str, only: Sequence[int] | None = None) -> None:
    rows = SubjectAction.objects.filter(decision=decision)
    chosen = rows if only is None else rows.filter(id__in=only)
    chosen.exclude(state=ActionState.REVERSED.value).update(
        state=ActionState.REVERSED.value,
        reversed_at=event.at,
        why=why,
        reason=event.body.get("reason", ""),
    )


def _confirm(event: Recorded) -> None:
    SubjectAction.objects.filter(decision=event.number, state=ActionState.HELD.value).update(
        state=ActionState.PENDING.value, confirmed_by=event.author, confirmed_at=event.at
    )


def _refuse(event: Recorded) -> None:
    _undo(event, decision=event.number, why="refused")


def _perform(event: Recorded) -> None:
    SubjectAction.objects.filter(id__in=event.body["actions"]).update(
        state=ActionState.DONE.value, done_at=event.at
    )


def _reverse(event: Recorded) -> None:
    _undo(event, decision=event.number, why="reversed", only=event.body["actions"])


def _expire(event: Recorded) -> None:
    _undo(event, decision=event.number, why="expired")


def each(effect: Callable[[Recorded], None]) -> Callable[[Sequence[Recorded]], None]:
    """Make an effect of one event one of many."""

    def run(events: Sequence[Recorded]) -> None:
        for event in events:
            effect(event)

    return run


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "subject.decided": each(_decide),
    "action.confirmed": each(_confirm),
    "action.refused": each(_refuse),
    "action.done": each(_perform),
    "action.reversed": each(_reverse),
    "action.expired": each(_expire),
}
