"""What is kept in a case for good: notes, people, money flows, facts."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tipline.store.effects.each import each
from tipline.store.events import Recorded
from tipline.store.models import CaseFact, CaseFlow, CaseNote, CasePerson

_FIGURE = ("value", "relation", "currency", "written", "source", "reason", "is_withdrawn")


def _keep(event: Recorded) -> dict[str, Any]:
    return {
        "event": event.seq,
        "case_id": event.number,
        "by_id": event.author,
        "at": event.at,
    }


def _note(event: Recorded) -> None:
    CaseNote.objects.create(**_keep(event), text=event.body["text"])


def _name_person(event: Recorded) -> None:
    body = event.body
    box = b64decode(body["box"])
    CasePerson.objects.create(**_keep(event), role=body["role"], ordinal=body["ordinal"], box=box)


def _state_fact(event: Recorded) -> None:
    CaseFact.objects.create(**_keep(event), **_read(event), metric=event.body["metric"])


def _state_flow(event: Recorded) -> None:
    body = event.body
    moved_at = datetime.fromisoformat(body["moved_at"]) if body["moved_at"] else None
    ends = {name: body[name] for name in ("payer", "payee")}
    CaseFlow.objects.create(**_keep(event), **_read(event), **ends, moved_at=moved_at)


def _read(event: Recorded) -> dict[str, Any]:
    told = {name: event.body[name] for name in _FIGURE}
    return {**told, "supersedes_id": event.body["supersedes"]}


WORK_EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "case.noted": each(_note),
    "person.named": each(_name_person),
    "fact.stated": each(_state_fact),
    "flow.stated": each(_state_flow),
}
