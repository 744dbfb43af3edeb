"""Read reports by machine: the ASSESS step."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.state import ReportState
from tipline.domain.triage.assess import Assessment, Findings, Place, Reading, judge, read
from tipline.domain.triage.known import Hit, Shelf, Standing, weigh
from tipline.domain.triage.opinion import Guess, OffenceReader, Unread
from tipline.domain.triage.spread import Sighting, Spread, measure_spread
from tipline.domain.triage.templates import TemplateIndex, read_wordings
from tipline.domain.values import EVERYWHERE, Identifier
from tipline.store import queue
from tipline.store.effects.corrections import list_words
from tipline.store.events import read_number
from tipline.store.models import Handling, Report
from tipline.store.queries.access import ReportUnknown
from tipline.store.queries.known import find_known
from tipline.store.queries.routing import list_agency_regions, list_rules
from tipline.store.queries.sightings import list_sightings
from tipline.store.queries.templates import Joined, find_groups
from tipline.store.record import NewEvent, record_many

log = logging.getLogger("tipline.worker")
BAD = Standing.BAD
Hits = Mapping[tuple[str, str], Sequence[Hit]]  # of a kind and value
VALUE_MAX, SURFACE_MAX, FIELD_MAX = 512, 2_048, 60


class Machine(Struct, frozen=True, kw_only=True):
    """What a worker reads reports with: model, lists, wordings; and what the settings say.

    ``default_region`` is whose a report is when nothing tells; ``zone`` is that of times that
    name none.
    """

    shelf: Shelf
    reader: OffenceReader = Unread()
    templates: TemplateIndex | None = None
    default_region: str = EVERYWHERE
    zone: tzinfo = UTC


def assess_reports(
    *, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime, machine: Machine
) -> None:
    """Read reports by machine and put them in the queue.

    The reading happens before the transaction, so that several workers read at the same time; what
    depends on the reports before (who told the same) is asked inside it.

    Raises:
        LeaseLost: another worker has the steps; nothing was done.
        ReportUnknown: a step is about a report that is not there; nothing was done.

    """
    numbers = sorted(read_number(job.subject) for job in jobs)
    readings = _read_all(numbers, machine)
    wordings = read_wordings(
        [each.text for each in readings.values()], [each.identifiers for each in readings.values()]
    )
    known, place = _find_known(readings, now, machine), _describe_place(now, machine)
    with transaction.atomic():
        joined = find_groups(reports=list(readings), wordings=wordings, index=machine.templates)
        groups = dict(zip(readings, joined, strict=True))
        found = _look_up(readings, known, groups)
        fresh = _list_fresh(numbers)
        events = [
            _make_event(
                judge(readings[number], found[number], place),
                known=known,
                template=groups[number].describe(),
                model=machine.reader.version,
                number=number,
                is_new=number in fresh,
            )
            for number in readings
        ]
        queue.finish(taken=taken, jobs=jobs)
        record_many(events=events, now=now)


def _read_all(numbers: Sequence[int], machine: Machine) -> dict[int, Reading]:
    rows = Report.objects.filter(leaf_index__in=numbers).order_by("leaf_index")
    told = list(rows.values_list("leaf_index", "text", "details"))
    if len(told) != len(set(numbers)):
        raise ReportUnknown
    opinions = machine.reader.read_many([text for _, text, _ in told])
    return {
        number: read(text=text, details=details, opinion=opinion)
        for (number, text, details), opinion in zip(told, opinions, strict=True)
    }


def _find_known(readings: Mapping[int, Reading], now: datetime, machine: Machine) -> Hits:
    subjects = sorted({each for reading in readings.values() for each in reading.accusing})
    found = find_known(subjects=subjects, shelf=machine.shelf, today=now.date())
    if found.unread:
        log.warning("lists that are not on this machine: %s", ", ".join(found.unread))
    return {subject: hits for subject, hits in zip(subjects, found.hits, strict=True) if hits}


def _look_up(
    readings: Mapping[int, Reading], known: Hits, groups: Mapping[int, Joined]
) -> dict[int, Findings]:
    words = list_words(list(readings))
    seen = _index(
        list_sightings(
            named={each for reading in readings.values() for each in reading.accusing},
            groups={each.group for each in groups.values() if each.told},
        )
    )
    return {
        number: Findings(
            known=_weigh(reading, known),
            spread=_measure(reading, groups[number].group, seen),
            corrections=tuple(words[number]),
        )
        for number, reading in readings.items()
    }


def _index(seen: Sequence[Sighting]) -> Mapping[str, list[Sighting]]:
    """Sightings by their identifier and by their text, so that each report looks at its own."""
    by: dict[str, list[Sighting]] = defaultdict(list)
    for each in seen:
        by[each.identifier].append(each)
        by[each.text].append(each)
    return by


def _measure(reading: Reading, group: str, seen: Mapping[str, list[Sighting]]) -> Spread:
    names = {f"{kind}:{value}" for kind, value in reading.accusing}
    near = [each for key in (*names, *filter(None, (group,))) for each in seen.get(key, ())]
    return measure_spread(text=group, identifiers=names, seen=near)


def _weigh(reading: Reading, known: Hits) -> str:
    bad = [hits[0] for subject in reading.accusing if weigh(hits := known.get(subject, ())) is BAD]
    if not bad:
        return ""
    return "subject.own" if any(hit.is_own for hit in bad) else "subject.listed"


def _describe_place(now: datetime, machine: Machine) -> Place:
    return Place(
        now=now,
        zone=machine.zone,
        default_region=machine.default_region,
        rules=list_rules(),
        agencies=list_agency_regions(),
    )


def _list_fresh(numbers: Sequence[int]) -> set[int]:
    rows = Handling.objects.select_for_update().filter(
        report__in=numbers, state=ReportState.RECEIVED.value
    )
    return set(rows.order_by("report_id").values_list("report_id", flat=True))


def _make_event(
    judged: Assessment,
    *,
    known: Hits,
    template: Mapping[str, Any],
    model: str,
    number: int,
    is_new: bool,
) -> NewEvent:
    told = {
        **_describe(judged),
        "model": model,
        "template": template,
        "known": list(_list_known(judged.reading, known)),
        "state": ReportState.ASSESSED.value if is_new else "",
        "tell": is_new,
    }
    return NewEvent(kind="report.assessed", subject=f"report:{number}", body=told)


def _describe(judged: Assessment) -> dict[str, Any]:
    opinion = judged.reading.opinion
    leading, second, *_ = (*judged.offences, "", "")
    return {
        "priority": judged.priority.score,
        "parts": [
            [p.name, p.points, p.reason_key, p.params, p.start, p.end]
            for p in judged.priority.parts
        ],
        "region": judged.routing.region,
        "agency": judged.errand.agency,
        "reasons": [[each.key, each.params] for each in judged.reasons],
        "offence": leading,
        "second": second,
        "offences": [_describe_guess(each) for each in opinion.offences],
        "unsure": opinion.unsure,
        "language": opinion.language,
        "rules": judged.rules,
        "mentions": list(_list_mentions(judged.reading)),
        "links": [
            [each.kind, _fit(each.value), signal.key, signal.params]
            for each, signal in judged.reading.links
        ],
        "sums": [
            [f"{each.money.amount:f}", each.money.currency, each.start, each.end, each.at_least]
            for each in judged.reading.sums
        ],
    }


def _list_known(reading: Reading, known: Hits) -> Iterator[list[Any]]:
    for kind, value in sorted(reading.accusing):
        hits = known.get((kind, value), ())
        for hit in hits:
            head = [kind, _fit(value), weigh(hits).value, hit.entry, hit.is_bad, hit.is_own]
            tail = [hit.list_name, hit.source, hit.since.isoformat(), hit.report]
            yield [*head, *tail, hit.reason.key, hit.reason.params]


def _describe_guess(guess: Guess) -> list[Any]:
    grounds = [[each.key, each.params, each.start, each.end] for each in guess.reasons]
    return [guess.code, round(guess.confidence, 4), grounds]


def _list_mentions(reading: Reading) -> Iterator[list[str | int]]:
    for each in reading.identifiers:
        yield _describe_mention(each, "")
    for named in reading.named:
        yield _describe_mention(named.identifier, named.field[:FIELD_MAX])


def _describe_mention(found: Identifier, field: str) -> list[str | int]:
    surface, value = found.surface[:SURFACE_MAX], _fit(found.value)
    hidden_by, punycode = ",".join(found.hidden_by)[:200], _fit(found.ascii)
    head: list[str | int] = [found.kind, value, field, found.start, found.end, surface]
    return [*head, hidden_by, found.innocent[:40], punycode]


def _fit(value: str) -> str:
    """Cut a very long value, keeping different ones different."""
    if len(value) <= VALUE_MAX:
        return value
    digest = sha256(value.encode()).hexdigest()
    return f"{value[: VALUE_MAX - len(digest) - 1]}#{digest}"
