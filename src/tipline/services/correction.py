"""Let officers accept, correct or dismiss each part of what the machine thinks of a report."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tipline.domain.disposal.state import AFTER_RELEASE
from tipline.domain.duties import Action, Actor
from tipline.domain.triage.correction import (
    Correction,
    CorrectionRefused,
    Part,
    Verb,
    check_correction,
)
from tipline.domain.triage.routing import choose_agency
from tipline.domain.values import EVERYWHERE, region_contains
from tipline.store.effects.corrections import list_words
from tipline.store.models import Assessment, Handling, Mention
from tipline.store.queries.access import Access, lock_access
from tipline.store.queries.routing import list_agency_regions, list_rules
from tipline.store.record import record


class RegionUnknown(ValueError):
    """There is no such region."""


@transaction.atomic
def correct_report(
    *, report: int, word: Correction, by: Actor, now: datetime, default_region: str = EVERYWHERE
) -> None:
    """Keep an officer's ``word`` on one part of the opinion; it holds through later assessments.

    A region that is changed takes the report there, as routing does; one that is dismissed takes it
    to ``default_region``.

    Raises:
        ReportUnknown: there is no such report.
        NotAllowed: the duties of ``by`` do not reach it.
        CorrectionRefused: nothing of that name was said, or ``word.new`` is no such thing.

    """
    moves = word.part is Part.REGION and word.verb is not Verb.ACCEPT
    action = Action.ROUTE_REPORT if moves else Action.CLASS_REPORT
    access = lock_access(actor=by, action=action, report=report, now=now)
    checked = check_correction(word, said=SAID[word.part](report))
    if moves:
        _move(access, region=checked.new or default_region, reason="", by=by, now=now)
        return
    subject, body = f"report:{report}", _describe(checked)
    record(kind="report.corrected", subject=subject, by=by.id, now=now, body=body)


@transaction.atomic
def route_report(*, report: int, region: str, by: Actor, now: datetime, reason: str = "") -> None:
    """Give a report to another region; whoever had it has it no more.

    Raises:
        ReportUnknown: there is no such report.
        NotAllowed: the duties of ``by`` do not reach it.
        RegionUnknown: that is no region.

    """
    access = lock_access(actor=by, action=Action.ROUTE_REPORT, report=report, now=now)
    if not region_contains(region, region):
        raise RegionUnknown(region)
    _move(access, region=region, reason=reason.strip(), by=by, now=now)


def _describe(word: Correction) -> dict[str, Any]:
    return {"part": word.part.value, "verb": word.verb.value, "name": word.name, "new": word.new}


def _list_identifiers(report: int) -> set[str]:
    rows = Mention.objects.filter(report=report)
    return {
        f"{kind}:{value}"
        for kind, value in rows.values_list("identifier__kind", "identifier__value")
    }


def _list_offences(report: int) -> set[str]:
    newest = Assessment.objects.filter(report=report).order_by("-event")
    guessed = newest.values_list("offences", flat=True).first() or []
    words = [word for word in list_words([report])[report] if word.part is Part.OFFENCE]
    held = Handling.objects.values_list("offence", "second").get(report=report)
    return {*(guess[0] for guess in guessed), *(word.new for word in words), *held} - {"", None}


def _list_regions(report: int) -> set[str]:
    return {Handling.objects.values_list("region", flat=True).get(report=report)}


def _list_priorities(report: int) -> set[str]:
    return {str(Handling.objects.values_list("priority", flat=True).get(report=report))}


# What was said of a report's part: by the machine, or by a person since.
SAID = {
    Part.IDENTIFIER: _list_identifiers,
    Part.OFFENCE: _list_offences,
    Part.REGION: _list_regions,
    Part.PRIORITY: _list_priorities,
}


def _move(access: Access, *, region: str, reason: str, by: Actor, now: datetime) -> None:
    offence = Handling.objects.values_list("offence", flat=True).get(report=access.report)
    errand = choose_agency(
        region=region, offence=offence, rules=list_rules(), agencies=list_agency_regions()
    )
    body = {
        "region": region,
        "agency": errand.agency,
        "state": AFTER_RELEASE[access.state].value,
        "reason": reason,
    }
    subject = f"report:{access.report}"
    record(kind="report.routed", subject=subject, by=by.id, now=now, body=body)


__all__ = ["Correction", "CorrectionRefused", "RegionUnknown", "correct_report", "route_report"]
