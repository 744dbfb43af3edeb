"""Searches that officers keep, and what they found."""

from collections.abc import Callable, Mapping, Sequence

from tipline.store.bulk import insert_new_rows
from tipline.store.events import Recorded
from tipline.store.models import SavedSearch, SearchHit


def _save(event: Recorded) -> None:
    SavedSearch.objects.create(
        event=event.seq, by_id=event.author, query=event.body["query"], at=event.at
    )


def _end(event: Recorded) -> None:
    SavedSearch.objects.filter(event=event.number).update(ended_at=event.at)


def _see(event: Recorded) -> None:
    SearchHit.objects.filter(search=event.number, seen_at=None).update(seen_at=event.at)


def _hit(events: Sequence[Recorded]) -> None:
    insert_new_rows(
        SearchHit,
        [
            {
                "search": each.number,
                "kind": each.body["kind"],
                "number": each.body["number"],
                "found_at": each.at,
                "seen_at": None,
            }
            for each in events
        ],
    )


def _each(effect: Callable[[Recorded], None]) -> Callable[[Sequence[Recorded]], None]:
    def run(events: Sequence[Recorded]) -> None:
        for event in events:
            effect(event)

    return run


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "search.saved": _each(_save),
    "search.ended": _each(_end),
    "search.seen": _each(_see),
    "search.hit": _hit,
}
