"""What an analyst asks of a text that was told before: how often, since when, by whom, in which words."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncWeek
from msgspec import Struct

from tipline.domain.duties import Action, Actor
from tipline.store.models import (
    Handling,
    Report,
    TemplateGroup,
    TemplateIdentifier,
    TemplateMember,
)
from tipline.store.queries.scope import limit_to

WORDINGS_SHOWN = 5
PAGE = 50


class Told(Struct, frozen=True, kw_only=True):
    """That a report tells what others told: "the same text 214 times since May, from 12 numbers".

    ``count`` counts all reports of the group, this one too; ``likeness`` (0 to 1) is to the
    wording that brought it there, and ``is_same`` tells that one before had exactly its wording.
    """

    group: str
    likeness: float
    is_same: bool
    count: int
    since: datetime
    numbers: int


class WordingRow(Struct, frozen=True):
    """One of a group's wordings: how many reports have it, and one of these with its text."""

    text: str
    count: int
    report: int


class GroupPage(Struct, frozen=True, kw_only=True):
    """A group.

    ``identifiers`` are (kind, how many different ones), most first. ``weeks`` are (Monday, reports
    received in that week), oldest first, weeks without any left out. ``wordings`` are the commonest
    among the reports that the actor may read; ``visible`` counts these reports.
    """

    group: str
    count: int
    visible: int
    first_at: datetime
    last_at: datetime
    numbers: int
    different: int
    identifiers: tuple[tuple[str, int], ...]
    weeks: tuple[tuple[date, int], ...]
    wordings: tuple[WordingRow, ...]


class MemberRow(Struct, frozen=True):
    """A report of a group."""

    report: int
    received_at: datetime
    likeness: float
    is_same: bool
    state: str
    outcome: str
    region: str


def get_told(*, report: int) -> Told | None:
    """Tell how often what a report says was told; None if it has no group."""
    row = TemplateMember.objects.filter(report=report).select_related("group").first()
    if row is None:
        return None
    return Told(
        group=row.group_id,
        likeness=row.likeness,
        is_same=row.is_same,
        count=row.group.count,
        since=row.group.first_at,
        numbers=row.group.numbers,
    )


def get_group(*, actor: Actor, group: str, now: datetime) -> GroupPage | None:
    """Give a group as ``actor`` may see it; None if there is none.

    Counts are of all reports; texts are only of those that the actor's duties reach.

    Raises:
        NotAllowed: the actor's role reads no queue.

    """
    seen = _list_seen(actor, group, now)
    row = TemplateGroup.objects.filter(key=group).first()
    if row is None:
        return None
    return GroupPage(
        group=group,
        count=row.count,
        visible=seen.count(),
        first_at=row.first_at,
        last_at=row.last_at,
        numbers=row.numbers,
        different=row.wordings,
        identifiers=tuple(_count_identifiers(group)),
        weeks=tuple(_count_weeks(group)),
        wordings=tuple(_list_wordings(seen)),
    )


def list_members(
    *, actor: Actor, group: str, now: datetime, before: int | None = None, size: int = PAGE
) -> tuple[MemberRow, ...]:
    """Give a page of the group's reports, newest first, those that come after report ``before``.

    Raises:
        NotAllowed: the actor's role reads no queue.

    """
    rows = _list_seen(actor, group, now)
    if before is not None:
        rows = rows.filter(report__lt=before)
    found = rows.order_by("-report").values_list(
        "report_id",
        "received_at",
        "report__template__likeness",
        "report__template__is_same",
        "state",
        "outcome",
        "region",
    )
    return tuple(MemberRow(*row) for row in found[:size])


def _list_seen(actor: Actor, group: str, now: datetime) -> QuerySet[Handling]:
    limit = limit_to(actor=actor, action=Action.READ_QUEUE, now=now)
    return Handling.objects.filter(limit, report__template__group=group)


def _count_identifiers(group: str) -> Iterator[tuple[str, int]]:
    rows = TemplateIdentifier.objects.filter(group=group).values("identifier__kind")
    counted = rows.annotate(different=Count("identifier")).order_by(
        "-different", "identifier__kind"
    )
    yield from counted.values_list("identifier__kind", "different")


def _count_weeks(group: str) -> Iterator[tuple[date, int]]:
    rows = TemplateMember.objects.filter(group=group).annotate(week=TruncWeek("at"))
    counted = rows.values("week").annotate(reports=Count("report")).order_by("week")
    for week, reports in counted.values_list("week", "reports"):
        yield week.date(), reports


def _list_wordings(seen: QuerySet[Handling]) -> Iterator[WordingRow]:
    rows = seen.values("report__template__wording").annotate(
        reports=Count("report"), first=Min("report")
    )
    found = list(
        rows.order_by("-reports", "first")[:WORDINGS_SHOWN].values_list("reports", "first")
    )
    texts = Report.objects.in_bulk([report for _, report in found])
    for reports, report in found:
        yield WordingRow(texts[report].text, reports, report)
