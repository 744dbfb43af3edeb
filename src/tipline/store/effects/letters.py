"""Letters that an event writes to the reporter."""

from collections.abc import Iterable
from typing import Any

from tipline.store.bulk import insert_rows
from tipline.store.events import Recorded
from tipline.store.models import Letter


def write_letters(events: Iterable[Recorded], *, type: str) -> None:  # noqa: A002 - Message.type
    """Write one letter an event, from its body; an event without "tell" writes none."""
    insert_rows(Letter, (_describe(each, type) for each in events if each.body.get("tell")))


def _describe(event: Recorded, kind: str) -> dict[str, Any]:
    body = event.body
    return {
        "event": event.seq,
        "report": event.number,
        "direction": "out",
        "type": kind,
        "at": event.at,
        "by": event.by,
        "state": body.get("state", ""),
        "outcome": body.get("outcome", ""),
        "reason": body.get("reason", ""),
        "params": body.get("params", {}),
        "text": body.get("text", ""),
        "question_id": body.get("question_id", ""),
        "leaf_index": None,
    }
