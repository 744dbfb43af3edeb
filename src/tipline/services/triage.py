"""Read reports by machine: the ASSESS step."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.domain.disposal.state import ReportState
from tipline.domain.triage.assess import Assessment, Findings, Place, Reading, judge, read
from tipline.domain.triage.opinion import Guess, OffenceReader, Unread
from tipline.domain.values import EVERYWHERE, Identifier
from tipline.store import queue
from tipline.store.effects.corrections import list_words
from tipline.store.events import read_number
from tipline.store.models import Handling, Report
from tipline.store.queries.routing import list_agency_regions, list_rules
from tipline.store.record import NewEvent, record_many

VALUE_MAX, SURFACE_MAX, FIELD_MAX = 512, 2_048, 60


class Machine(Struct, frozen=True, kw_only=True):
    """What a worker reads reports with: its model, and what the hotline's settings say.

    ``default_region`` is whose a report is when nothing tells; ``zone`` is that of times that
    name none.
    """

    reader: OffenceReader = Unread()
    default_region: str = EVERYWHERE
    zone: tzinfo = UTC


def assess_reports(
    *, taken: queue.Lease, jobs: Sequence[queue.LeasedJob], now: datetime, machine: Machine
) -> None:
    """Read reports by machine and put them in the queue.

    The reading happens before the transaction, so that several workers read at the same time.

    Raises:
        LeaseLost: another worker has the steps; nothing was done.

    """
    numbers = [read_number(job.subject) for job in jobs]
    readings = _read_all(numbers, machine)
    found = _look_up(readings)
    place = _describe_place(now, machine)
    bodies = {
        number: _describe(judge(reading, found[number], place), machine)
        for number, reading in readings.items()
    }
    with transaction.atomic():
        fresh = _list_fresh(numbers)
        events = [_make_event(number, bodies[number], is_new=number in fresh) for number in numbers]
        queue.finish(taken=taken, jobs=jobs)
        record_many(events=events, now=now)


def _read_all(numbers: Sequence[int], machine: Machine) -> dict[int, Reading]:
    rows = Report.objects.filter(leaf_index__in=numbers).values_list(
        "leaf_index", "text", "details"
    )
    told = sorted(rows, key=lambda row: row[0])
    opinions = machine.reader.read_many([text for _, text, _ in told])
    return {
        number: read(text=text, details=details, opinion=opinion)
        for (number, text, details), opinion in zip(told, opinions, strict=True)
    }


def _look_up(readings: Mapping[int, Reading]) -> dict[int, Findings]:
    words = list_words(list(readings))
    return {number: Findings(corrections=tuple(words[number])) for number in readings}


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


def _make_event(number: int, body: dict[str, Any], *, is_new: bool) -> NewEvent:
    state = ReportState.ASSESSED.value if is_new else ""
    told = {**body, "state": state, "tell": is_new}
    return NewEvent(kind="report.assessed", subject=f"report:{number}", body=told)


def _describe(judged: Assessment, machine: Machine) -> dict[str, Any]:
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
        "model": machine.reader.version,
        "mentions": list(_list_mentions(judged.reading)),
        "sums": [
            [f"{each.money.amount:f}", each.money.currency, each.start, each.end, each.at_least]
            for each in judged.reading.sums
        ],
    }


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
