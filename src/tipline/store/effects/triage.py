"""What the machine read, or a person routed or corrected."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from tipline.domain.disposal.state import ReportState
from tipline.domain.triage.correction import Correction as Word, Part, Verb
from tipline.store.bulk import insert_new_rows, insert_rows, update_rows
from tipline.store.effects.corrections import apply_corrections, keep_word
from tipline.store.effects.letters import write_letters
from tipline.store.effects.templates import keep_templates, leave_templates
from tipline.store.events import Recorded
from tipline.store.models import (
    Assessment,
    Handling,
    Identifier,
    Mention,
    RoutingRule,
)
from tipline.store.places import make_place

Known = dict[tuple[str, str], int]
_VALUES_AT_ONCE = 500
_TOLD = ("priority", "parts", "region", "reasons", "offence", "rules")
# What earlier versions did not tell, and what stands for it.
_LATER: Mapping[str, Any] = {
    "model": "",
    "offences": [],
    "unsure": True,
    "language": "",
    "sums": [],
    "known": [],
    "links": [],
    "template": {},
}
# A mention: kind, value, field, start, end, surface; and since then hidden_by, innocent, ascii.
_LATER_MENTION = ("", "", "")
_MENTION = ("field", "start", "end", "surface", "hidden_by", "innocent", "ascii")


def _assess(events: Sequence[Recorded]) -> None:
    insert_rows(Assessment, map(_describe, events))
    leave_templates(events)
    _note_mentions(events)
    keep_templates(events)
    update_rows(Handling, ((each.number, _place(each)) for each in events))
    fresh = (each for each in events if each.body["state"])  # a later opinion keeps the state
    update_rows(Handling, ((each.number, {"state": each.body["state"]}) for each in fresh))
    apply_corrections([each.number for each in events])
    write_letters(events, type="state")


def _describe(event: Recorded) -> dict[str, object]:
    return {
        "event": event.seq,
        "report": event.number,
        **{name: event.body[name] for name in _TOLD},
        **{name: event.body.get(name, other) for name, other in _LATER.items()},
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
        "second": body.get("second") or None,
        "template_group": body.get("template", {}).get("group") or None,
    }


def _note_mentions(events: Sequence[Recorded]) -> None:
    told = [(each.number, mention) for each in events for mention in each.body["mentions"]]
    known = know_identifiers({(mention[0], mention[1]) for _, mention in told})
    Mention.objects.filter(report__in=[each.number for each in events]).delete()
    insert_rows(Mention, (_describe_mention(number, each, known) for number, each in told))


def _describe_mention(number: int, told: Sequence[Any], known: Known) -> dict[str, object]:
    kind, value, *rest = told
    values = (*rest, *_LATER_MENTION)[: len(_MENTION)]
    return {
        "report": number,
        "identifier": known[kind, value],
        **dict(zip(_MENTION, values, strict=True)),
        "verdict": "",
    }


def know_identifiers(named: set[tuple[str, str]]) -> Known:
    """Give the id of each (kind, value), making those that are new."""
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
        keep_word(each, Word(part=Part.REGION, verb=Verb.CORRECT, name="", new=region))
        Handling.objects.filter(report_id=each.number).update(
            region=region,
            province=region[:2],
            agency=each.body["agency"],
            state=ReportState(each.body["state"]).value,
            claimed_by=None,
            claimed_until=None,
            assigned_to=None,
        )


def _correct(events: Sequence[Recorded]) -> None:
    for each in events:
        body = each.body
        part, verb = Part(body["part"]), Verb(body["verb"])
        keep_word(each, Word(part=part, verb=verb, name=body["name"], new=body["new"]))
        apply_corrections([each.number])


def _set_rule(events: Iterable[Recorded]) -> None:
    for each in events:
        key = {name: each.body[name] for name in ("offence", "region")}
        RoutingRule.objects.filter(**key).delete()
        if each.body["agency"]:
            RoutingRule.objects.create(**key, agency_id=each.body["agency"])


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "report.assessed": _assess,
    "report.routed": _route,
    "report.corrected": _correct,
    "rule.set": _set_rule,
}
