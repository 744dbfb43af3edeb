"""What an analyst asks of clusters: which there are, and what makes one of it.

A cluster is shown to whoever reaches one of its reports. Counts are of all its reports; numbers,
links, texts and sums only of those that the officer's duties reach.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet
from msgspec import Struct

from tipline.domain.duties import Action, Actor
from tipline.domain.link.web import Name, Web
from tipline.store.links import LINKS
from tipline.store.models import (
    Assessment,
    Cluster,
    ClusterChange,
    ClusterMember,
    Gang,
    Handling,
    LinkRuling,
)
from tipline.store.queries.scope import limit_to

PAGE, REPORTS_MAX = 50, 10_000
_AT_ONCE = 500
_TEMPLATES_SHOWN = 5


class ClusterRow(Struct, frozen=True, kw_only=True):
    """A cluster in the list; ``offences`` and ``regions`` are (code, reports), most first."""

    key: str
    size: int
    first_at: datetime
    last_at: datetime
    offences: tuple[tuple[str, int], ...]
    regions: tuple[tuple[str, int], ...]
    gang: str


class Loss(Struct, frozen=True):
    """At least this much is told to have been lost, in one currency, in so many reports."""

    amount: Decimal
    currency: str
    reports: int


class ChangeRow(Struct, frozen=True):
    """What became of the cluster, and with which other one."""

    at: datetime
    change: str
    other: str
    is_other: bool  # the other one founded on, merged into or split off this one


class RulingRow(Struct, frozen=True):
    """An officer's word on two reports."""

    one: int
    other: int
    is_same: bool
    reason: str
    by_name: str
    at: datetime


class ClusterPage(Struct, frozen=True, kw_only=True):
    """A cluster; ``web`` and ``days`` (of receipt) are of the ``visible`` reports that were read."""

    row: ClusterRow
    visible: int
    into: str
    web: Web
    days: Mapping[int, date]
    losses: tuple[Loss, ...]
    templates: tuple[tuple[str, int], ...]
    changes: tuple[ChangeRow, ...]
    rulings: tuple[RulingRow, ...]
    gangs: tuple[tuple[int, str, str, str, datetime], ...]  # number, name, reason, by, at
    live: int


class MemberRow(Struct, frozen=True):
    """A report of a cluster."""

    report: int
    received_at: datetime
    region: str
    offence: str
    state: str
    outcome: str
    is_open: bool  # to this officer


def list_clusters(
    *, actor: Actor, now: datetime, page: int = 0, order: str = "size"
) -> tuple[ClusterRow, ...]:
    """Give a page of the clusters of two reports or more of which ``actor`` reaches one.

    Raises:
        NotAllowed: the actor's role reads no clusters.

    """
    limit = limit_to(actor=actor, action=Action.READ_CLUSTER, now=now)
    reached = Handling.objects.filter(limit, report__cluster_place__cluster=OuterRef("pk"))
    by = ("-last_at", "key") if order == "newest" else ("-size", "key")
    rows = Cluster.objects.filter(Exists(reached), size__gt=1).order_by(*by)
    return tuple(_describe(list(rows[page * PAGE : (page + 1) * PAGE])))


def get_place(*, actor: Actor, report: int, now: datetime) -> tuple[str, int] | None:
    """Give the cluster of a report and its size; None where it has none or the role reads none."""
    row = ClusterMember.objects.filter(report=report).values_list("cluster_id", "cluster__size")
    found = row.first()
    if found is None or found[1] < 2:
        return None
    return found if _reach(actor, found[0], now).exists() else None


def get_cluster(*, actor: Actor, key: str, now: datetime) -> ClusterPage | None:
    """Give a cluster as ``actor`` may see it; None if there is none, or none of it is in reach.

    Raises:
        NotAllowed: the actor's role reads no clusters.

    """
    seen = _reach(actor, key, now)
    cluster = Cluster.objects.filter(key=key).first()
    if cluster is None:
        return None
    if cluster.into_id and not cluster.size:
        return _point_on(cluster) if _reach(actor, cluster.into_id, now).exists() else None
    days = dict(seen.order_by("-report").values_list("report_id", "received_at")[:REPORTS_MAX])
    if not days:
        return None
    reports = sorted(days)
    return ClusterPage(
        row=next(_describe([cluster])),
        visible=seen.count(),
        into="",
        web=Web(_list_edges(reports)),
        days={report: at.date() for report, at in days.items()},
        losses=tuple(_sum_losses(reports)),
        templates=tuple(_list_templates(seen)),
        changes=tuple(_list_changes(key)),
        rulings=tuple(_list_rulings(reports)),
        gangs=tuple(_list_gangs(key)),
        live=ClusterMember.objects.filter(cluster=key, is_live=True).count(),
    )


def list_members(
    *, actor: Actor, key: str, now: datetime, before: int | None = None
) -> tuple[MemberRow, ...]:
    """Give a page of the cluster's reports that ``actor`` reaches, newest first."""
    rows = _reach(actor, key, now)
    if before is not None:
        rows = rows.filter(report__lt=before)
    found = list(
        rows.order_by("-report").values_list(
            "report_id", "received_at", "region", "offence", "state", "outcome"
        )[:PAGE]
    )
    limit = limit_to(actor=actor, action=Action.READ_REPORT, now=now)
    readable = set(
        Handling.objects.filter(limit, report__in=[row[0] for row in found]).values_list(
            "report_id", flat=True
        )
    )
    return tuple(MemberRow(*row, is_open=row[0] in readable) for row in found)


def _reach(actor: Actor, key: str, now: datetime) -> QuerySet[Handling]:
    limit = limit_to(actor=actor, action=Action.READ_CLUSTER, now=now)
    return Handling.objects.filter(limit, report__cluster_place__cluster=key)


def _point_on(cluster: Cluster) -> ClusterPage:
    row = ClusterRow(
        key=cluster.key, size=0, first_at=datetime.min, last_at=datetime.min, offences=(),  # noqa: DTZ901 - never shown
        regions=(), gang="",
    )  # fmt: skip
    return ClusterPage(
        row=row, visible=0, into=cluster.into_id or "", web=Web(()), days={}, losses=(), templates=(),
        changes=(), rulings=(), gangs=(), live=0,
    )  # fmt: skip


def _describe(clusters: list[Cluster]) -> Iterator[ClusterRow]:
    keys = [each.key for each in clusters]
    offences, regions = _count("offence", keys), _count("region", keys)
    named = Gang.objects.filter(cluster__in=keys).order_by("event")
    gangs = dict(named.values_list("cluster", "name"))
    for each in clusters:
        if each.first_at and each.last_at:
            yield ClusterRow(
                key=each.key,
                size=each.size,
                first_at=each.first_at,
                last_at=each.last_at,
                offences=tuple(offences[each.key]),
                regions=tuple(regions[each.key]),
                gang=gangs.get(each.key, ""),
            )


def _count(field: str, keys: list[str]) -> Mapping[str, list[tuple[str, int]]]:
    told: dict[str, list[tuple[str, int]]] = defaultdict(list)
    place = "report__cluster_place__cluster"
    rows = Handling.objects.filter(**{f"{place}__in": keys}).exclude(**{field: ""})
    counted = rows.values_list(place, field).annotate(number=Count("report"))
    for key, code, number in counted.order_by("-number", field):
        told[key].append((code, number))
    return told


def _list_edges(reports: list[int]) -> Iterator[tuple[int, Name]]:
    for part in _cut(reports):
        marks = ", ".join(["%s"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT m.report_id, i.kind, i.value {LINKS} AND m.report_id IN ({marks})",
                part,
            )
            yield from ((report, (kind, value)) for report, kind, value in cursor.fetchall())


def _sum_losses(reports: list[int]) -> Iterator[Loss]:
    """Add up the largest sum that each report tells: smaller ones may be parts of it."""
    newest: dict[int, list[list[Any]]] = {}
    for part in _cut(reports):
        rows = Assessment.objects.filter(report__in=part).order_by("event")
        newest.update(rows.values_list("report_id", "sums"))
    amounts: Counter[str] = Counter()
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for sums in newest.values():
        largest: dict[str, Decimal] = {}
        for amount, currency, *_ in sums:
            largest[currency] = max(Decimal(amount), largest.get(currency, Decimal()))
        for currency, amount in largest.items():
            totals[currency] += amount
            amounts[currency] += 1
    for currency in sorted(totals, key=lambda each: (-amounts[each], each)):
        yield Loss(totals[currency], currency, amounts[currency])


def _list_templates(seen: QuerySet[Handling]) -> Iterator[tuple[str, int]]:
    rows = seen.exclude(template_group=None).values_list("template_group")
    counted = rows.annotate(number=Count("report")).order_by("-number", "template_group")
    for group, number in counted[:_TEMPLATES_SHOWN]:
        if group and number > 1:
            yield group, number


def _list_changes(key: str) -> Iterator[ChangeRow]:
    for row in ClusterChange.objects.filter(cluster=key):
        yield ChangeRow(row.at, row.change, row.other, is_other=False)
    for row in ClusterChange.objects.filter(other=key):
        yield ChangeRow(row.at, row.change, row.cluster_id, is_other=True)


def _list_rulings(reports: list[int]) -> Iterator[RulingRow]:
    there = set(reports)
    for row in LinkRuling.objects.select_related("by"):
        if row.one_id in there or row.other_id in there:
            name = row.by.get_full_name()
            yield RulingRow(row.one_id, row.other_id, row.is_same, row.reason, name, row.at)


def _list_gangs(key: str) -> Iterator[tuple[int, str, str, str, datetime]]:
    for row in Gang.objects.filter(cluster=key).select_related("by"):
        yield row.event, row.name, row.reason, row.by.get_full_name(), row.at


def _cut(numbers: list[int]) -> Iterator[list[int]]:
    for at in range(0, len(numbers), _AT_ONCE):
        yield numbers[at : at + _AT_ONCE]
