"""Assesses reports for the tests of templates: by the same calls as the worker, and nothing else."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tipline.domain.triage.scan import scan
from tipline.domain.triage.templates import TemplateIndex, read_wordings
from tipline.store.models import Report
from tipline.store.queries.templates import Joined, find_groups
from tipline.store.record import NewEvent, record_many


def tell(
    reports: Sequence[int], *, now: datetime, index: TemplateIndex | None = None
) -> list[Joined]:
    """Record an assessment of each report, with the group that it joins."""
    numbers = sorted(reports)
    texts = [Report.objects.get(pk=each).text for each in numbers]
    found = [scan(text) for text in texts]
    wordings = read_wordings(texts, found)
    with transaction.atomic():
        joined = find_groups(reports=numbers, wordings=wordings, index=index)
        events = [
            NewEvent(
                kind="report.assessed",
                subject=f"report:{number}",
                body={
                    "priority": 1,
                    "parts": [],
                    "region": "500000",
                    "agency": None,
                    "reasons": [],
                    "offence": "",
                    "rules": "test",
                    "state": "assessed",
                    "tell": False,
                    "mentions": [
                        [each.kind, each.value, "", each.start, each.end, each.surface]
                        for each in identifiers
                    ],
                    "template": each_joined.describe(),
                },
            )
            for number, identifiers, each_joined in zip(numbers, found, joined, strict=True)
        ]
        record_many(events=events, now=now)
    return joined
