"""What the machine read, or a person routed."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from tipline.domain.disposal.state import ReportState
from tipline.store.bulk import insert_new_rows, insert_rows, update_rows
from tipline.store.effects.letters import write_letters
from tipline.store.effects.templates import keep_templates, leave_templates
from tipline.store.events import Recorded
from tipline.store.models import Assessment, Handling, Identifier, Mention
from tipline.store.places import make_place

Known = dict[tuple[str, str], int]
_VALUES_AT_ONCE = 500


def _assess(events: Sequence[Recorded]) -> None:
    insert_rows(Assessment, map(_describe, events))
    leave_templates(events)
    _note_mentions(events)
    keep_templates(events)
    update_rows(Handling, ((each.number, _place(each)) for each in events))
    fresh = (each for each in events if each.body["state"])  # a later opinion keeps the state
    update_rows(Handling, ((each.number, {"state": each.body["state"]}) for each in fresh))
    write_letters(events, type="state")


def _describe(event: Recorded) -> dict[str, object]:
    told = ("priority", "parts", "region", "reasons", "offence", "rules")
    return {
        "event": event.seq,
        "report": event.number,
        **{name: event.body[name] for name in told},
        "made_at": event.at,
    }


def _place(event: Recorded) -> dict[str, object]:
    body = event.body
    return {
        "priority": body["priority"],
        "place": make_place(body["priority"], event.number),
        "region": body["region"],
        "province": body["region"][:2],
        "agency": body["agency"],
        "offence": body["offence"],
    }


def _note_mentions(events: Sequence[Recorded]) -> None:
    # A mention is [kind, value, field, start, end, surface].
    told = [(each.number, mention) for each in events for mention in each.body["mentions"]]
    known = _know({(mention[0], mention[1]) for _, mention in told})
    Mention.objects.filter(report__in=[each.number for each in events]).delete()
    insert_rows(
        Mention,
        (
            {
                "report": number,
                "identifier": known[kind, value],
                "field": field,
                "start": start,
                "end": end,
                "surface": surface,
            }
            for number, (kind, value, field, start, end, surface) in told
        ),
    )


def _know(named: set[tuple[str, str]]) -> Known:
    # In one order everywhere, so that two workers never wait for each other in a circle.
    rows = ({"kind": kind, "value": value} for kind, value in sorted(named))
    insert_new_rows(Identifier, rows)
    values = iter(sorted({value for _, value in named}))
    known: Known = {}
    while part := list(islice(values, _VALUES_AT_ONCE)):
        found = Identifier.objects.filter(value__in=part).values_list("kind", "value", "id")
        known.update({(kind, value): id_ for kind, value, id_ in found})
    return known


def _route(events: Sequence[Recorded]) -> None:
    for each in events:
        region = each.body["region"]
        Handling.objects.filter(report_id=each.number).update(
            region=region,
            province=region[:2],
            agency=each.body["agency"],
            state=ReportState(each.body["state"]).value,
            claimed_by=None,
            claimed_until=None,
            assigned_to=None,
        )


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "report.assessed": _assess,
    "report.routed": _route,
}
