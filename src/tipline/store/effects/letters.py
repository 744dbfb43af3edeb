"""Letters that an event writes to the reporter."""

from collections.abc import Iterable

from tipline.store.events import Recorded
from tipline.store.models import Letter

_ROWS_AT_ONCE = 500


def write_letters(events: Iterable[Recorded], *, type: str) -> None:  # noqa: A002 - Message.type
    """Write one letter an event, from its body; an event without "tell" writes none."""
    rows = [_make_letter(each, type) for each in events if each.body.get("tell")]
    Letter.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE)


def _make_letter(event: Recorded, kind: str) -> Letter:
    body = event.body
    return Letter(
        event=event.seq,
        report_id=event.number,
        direction="out",
        type=kind,
        at=event.at,
        by_id=event.by,
        state=body.get("state", ""),
        outcome=body.get("outcome", ""),
        reason=body.get("reason", ""),
        params=body.get("params", {}),
        text=body.get("text", ""),
        question_id=body.get("question_id", ""),
    )
