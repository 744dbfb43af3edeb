"""What lists and decisions say of subjects, and what is excepted from them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tipline.store.bulk import insert_rows
from tipline.store.events import Recorded
from tipline.store.keys import make_key
from tipline.store.models import KnownEntry, KnownException, KnownList

_TOLD = ("name", "kind", "is_bad", "source", "licence", "file", "entries", "refused")


def _import_list(event: Recorded) -> None:
    body = event.body
    expires = body["expires_on"]
    KnownList.objects.filter(name=body["name"], ended_at=None).update(ended_at=event.at)
    KnownList.objects.create(
        event=event.seq,
        **{name: body[name] for name in _TOLD},
        published_on=date.fromisoformat(body["published_on"]),
        expires_on=date.fromisoformat(expires) if expires else None,
        imported_at=event.at,
    )


def _remove_list(event: Recorded) -> None:
    KnownList.objects.filter(event=event.body["list"], ended_at=None).update(ended_at=event.at)


def _add(event: Recorded) -> None:
    _withdraw(event)
    insert_rows(KnownEntry, _describe_entries(event))


def _describe_entries(event: Recorded) -> Iterator[dict[str, object]]:
    # An entry is [entry, is_payee].
    for entry, is_payee in event.body["entries"]:
        yield {
            "event": event.seq,
            "report": event.number,
            "entry": entry,
            "key": make_key(entry),
            "is_payee": is_payee,
            "since": event.at.date(),
        }


def _withdraw(event: Recorded) -> None:
    KnownEntry.objects.filter(report_id=event.number).delete()


def _except(event: Recorded) -> None:
    entry = event.body["entry"]
    _end_exception(event)
    KnownException.objects.create(
        event=event.seq,
        entry=entry,
        key=make_key(entry),
        reason=event.body["reason"],
        by_id=event.by,
        at=event.at,
    )


def _end_exception(event: Recorded) -> None:
    KnownException.objects.filter(key=make_key(event.body["entry"])).delete()


def _each(effect: Callable[[Recorded], None]) -> Callable[[Sequence[Recorded]], None]:
    def run(events: Sequence[Recorded]) -> None:
        for event in events:
            effect(event)

    return run


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "list.imported": _each(_import_list),
    "list.removed": _each(_remove_list),
    "known.added": _each(_add),
    "known.withdrawn": _each(_withdraw),
    "known.removed": _each(_except),
    "known.restored": _each(_end_exception),
}
