"""What the machine read, or a person routed."""

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from tipline.domain.disposal.state import ReportState
from tipline.store.bulk import update_rows
from tipline.store.effects.letters import write_letters
from tipline.store.events import Recorded
from tipline.store.models import Assessment, Handling, Identifier, Mention
from tipline.store.places import make_place

Known = dict[tuple[str, str], int]
_ROWS_AT_ONCE = 500


def _assess(events: Sequence[Recorded]) -> None:
    Assessment.objects.bulk_create(map(_make_assessment, events), batch_size=_ROWS_AT_ONCE)
    _note_mentions(events)
    update_rows(Handling, ((each.number, _place(each)) for each in events))
    fresh = (each for each in events if each.body["state"])  # a later opinion keeps the state
    update_rows(Handling, ((each.number, {"state": each.body["state"]}) for each in fresh))
    write_letters(events, type="state")


def _make_assessment(event: Recorded) -> Assessment:
    body = event.body
    return Assessment(
        event=event.seq,
        report_id=event.number,
        priority=body["priority"],
        parts=body["parts"],
        region=body["region"],
        reasons=body["reasons"],
        offence=body["offence"],
        rules=body["rules"],
        made_at=event.at,
    )


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
    Mention.objects.bulk_create(
        (
            Mention(
                report_id=number,
                identifier_id=known[mention[0], mention[1]],
                field=mention[2],
                start=mention[3],
                end=mention[4],
                surface=mention[5],
            )
            for number, mention in told
        ),
        batch_size=_ROWS_AT_ONCE,
    )


def _know(named: set[tuple[str, str]]) -> Known:
    # In one order everywhere, so that two workers never wait for each other in a circle.
    rows = [Identifier(kind=kind, value=value) for kind, value in sorted(named)]
    Identifier.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE, ignore_conflicts=True)
    values = iter(sorted({value for _, value in named}))
    known: Known = {}
    while part := list(islice(values, _ROWS_AT_ONCE)):
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
