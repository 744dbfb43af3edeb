"""What later reports are compared with: each wording once, with its bands if it brings anything new."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F

from tipline.domain.triage.templates import Wordings, read_wordings
from tipline.domain.triage.templates.grouping import Place, is_kept
from tipline.domain.triage.templates.wording import write_key
from tipline.domain.values import Identifier
from tipline.store.bulk import insert_rows
from tipline.store.events import Recorded
from tipline.store.models import Report, TemplateBand, TemplateGroup, TemplateWording
from tipline.store.queries.bands import list_bands


def find_wordings(*, events: Sequence[Recorded], reports: Mapping[int, Report]) -> dict[int, int]:
    """Find the wording of each report that was assessed; those that are new are written first."""
    wordings = read_wordings(
        [reports[each.number].text for each in events],
        [list(_list_found(each)) for each in events],
    )
    keys = [write_key(key) for key in wordings.keys.tolist()]
    rows = TemplateWording.objects.filter(key__in=set(keys)).values_list("key", "event")
    known = dict(rows)
    new = []
    for place, key in enumerate(keys):
        if key not in known:
            known[key] = events[place].seq
            new.append(place)
    _write([events[each] for each in new], wordings.pick(new))
    return {each.number: known[key] for each, key in zip(events, keys, strict=True)}


def _list_found(event: Recorded) -> Iterator[Identifier]:
    # A mention is [kind, value, field, start, end, surface, ...]; one with a field lies elsewhere.
    for kind, value, field, start, end, *_ in event.body["mentions"]:
        if not field:
            yield Identifier(kind, value, start, end, "")


def _write(events: Sequence[Recorded], wordings: Wordings) -> None:
    kept = [
        bool(compares) and is_kept(read_place(each.body["template"]))
        for each, compares in zip(events, wordings.compares, strict=True)
    ]
    insert_rows(TemplateWording, _describe(events, wordings, kept))
    bands = list_bands(wordings.signatures.bands)
    insert_rows(
        TemplateBand,
        (
            {"band": band, "wording": each.seq}
            for each, row, is_compared in zip(events, bands.tolist(), kept, strict=True)
            if is_compared
            for band in row
        ),
    )
    for group, count in sorted(Counter(each.body["template"]["group"] for each in events).items()):
        TemplateGroup.objects.filter(key=group).update(wordings=F("wordings") + count)


def _describe(
    events: Sequence[Recorded], wordings: Wordings, kept: Sequence[bool]
) -> Iterator[dict[str, Any]]:
    signatures = wordings.signatures
    for place, event in enumerate(events):
        yield {
            "event": event.seq,
            "report": event.number,
            "key": write_key(int(wordings.keys[place])),
            "group": event.body["template"]["group"],
            "bands": signatures.bands[place].astype("<u4").tobytes() if kept[place] else b"",
            "checks": signatures.checks[place].tobytes(),
            "segment": None,
        }


def read_place(told: Mapping[str, Any]) -> Place:
    """Read what an assessment says under "template"."""
    return Place(told["key"], told["group"], told["likeness"], told["is_same"])
