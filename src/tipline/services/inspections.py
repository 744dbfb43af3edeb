"""Ask for looks at sites and downloads, and write down what each found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from msgspec import Struct

from tipline.store.models import Case, Inspection
from tipline.store.record import name_next, record

RESULTS = frozenset(
    {"compliant", "partial", "not_compliant", "unreachable", "reappeared", "inconclusive", ""}
)


class InspectionRefused(ValueError):
    """This cannot be inspected or written down so; ``why`` is unknown, finished, result or url."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Look(Struct, frozen=True, kw_only=True):
    """What is to be looked at. ``options`` are profile, pages, depth and the like."""

    kind: str
    value: str
    url: str
    case: str = ""
    previous: int | None = None
    options: Mapping[str, Any] = {}
    reason: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """What an inspection found: ``result`` is nothing for a first look.

    A finding is {kind, item, url} and, where known, subject [kind, value], box, excerpt, offences,
    unsure, sha256, verdicts and again.
    """

    state: str = "done"  # or failed, with its reason
    result: str = ""
    reason: str = ""
    package: str = ""
    sha256: str = ""
    summary: Mapping[str, Any] = {}
    findings: Sequence[Mapping[str, Any]] = ()


@transaction.atomic
def ask_inspection(*, look: Look, by: int | None, now: datetime) -> int:
    """Ask for a look; returns the inspection's id. Whoever calls checked that ``by`` may ask.

    Raises:
        InspectionRefused: there is nothing to look at, or no such case or earlier inspection.

    """
    if not look.url.strip():
        raise InspectionRefused("url")
    case = Case.objects.filter(number=look.case).first() if look.case else None
    is_known = look.previous is None or Inspection.objects.filter(event=look.previous).exists()
    if (look.case and case is None) or not is_known:
        raise InspectionRefused("unknown")
    body = {
        "subject": [look.kind, look.value],
        "url": look.url.strip(),
        "case": case.event if case else None,
        "previous": look.previous,
        "options": dict(look.options),
        "reason": look.reason.strip(),
        "order": None,
        "cause": "officer",
    }
    subject = name_next("inspection")
    return record(kind="inspection.asked", subject=subject, by=by, now=now, body=body).seq


@transaction.atomic
def finish_inspection(*, inspection: int, found: Found, now: datetime) -> None:
    """Write down what an inspection found, once.

    Raises:
        InspectionRefused: there is no such inspection, it is finished, or the result is none.

    """
    row = Inspection.objects.select_for_update(of=("self",)).filter(event=inspection).first()
    if row is None:
        raise InspectionRefused("unknown")
    if row.state in {"done", "failed"}:
        raise InspectionRefused("finished")
    if found.result not in RESULTS or found.state not in {"done", "failed"}:
        raise InspectionRefused("result")
    body = {
        "state": found.state,
        "result": found.result,
        "reason": found.reason,
        "package": found.package,
        "sha256": found.sha256,
        "summary": dict(found.summary),
        "findings": [dict(each) for each in found.findings],
    }
    record(
        kind="inspection.finished", subject=f"inspection:{inspection}", by=None, now=now, body=body
    )
