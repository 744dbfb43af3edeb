"""What reports name that can link them, and what is known of whose it is."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import islice

from django.db import connection

from tipline.domain.link.live import Clue, Owner
from tipline.store.links import LINKS
from tipline.store.models import Assessment, Cluster, ClusterMember, ClusterOwner, LinkRuling

_AT_ONCE = 500
_STREAM = 50_000


def list_clues(reports: Collection[int]) -> dict[int, list[Clue]]:
    """Give what each of these reports names, in a fixed order; none for reports that name nothing."""
    clues: dict[int, set[Clue]] = defaultdict(set)
    wanted = iter(sorted(reports))
    while part := list(islice(wanted, _AT_ONCE)):
        marks = ", ".join(["%s"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT m.report_id, i.kind, i.id {LINKS} AND m.report_id IN ({marks})",
                part,
            )
            for report, kind, identifier in cursor.fetchall():
                clues[report].add((kind, identifier))
    return {report: sorted(found) for report, found in clues.items()}


def find_owners(identifiers: Collection[int]) -> dict[int, Owner]:
    """Give whose these identifiers are, as far as anybody's."""
    owners: dict[int, Owner] = {}
    wanted = iter(sorted(identifiers))
    while part := list(islice(wanted, _AT_ONCE)):
        rows = ClusterOwner.objects.filter(identifier__in=part)
        for identifier, cluster, mine, total in rows.values_list(
            "identifier_id", "cluster_id", "mine", "total"
        ):
            owners[identifier] = Owner(cluster, mine, total)
    return owners


def list_placed(reports: Collection[int]) -> set[int]:
    """Give those of these reports that have a cluster."""
    placed: set[int] = set()
    wanted = iter(sorted(reports))
    while part := list(islice(wanted, _AT_ONCE)):
        placed |= set(
            ClusterMember.objects.filter(report__in=part).values_list("report_id", flat=True)
        )
    return placed


def list_taken(reports: Collection[int]) -> set[str]:
    """Give the names of clusters that begin with one of these reports' numbers."""
    taken: set[str] = set()
    wanted = iter(sorted(reports))
    while part := list(islice(wanted, _AT_ONCE)):
        keys = [str(each) for each in part]
        taken |= set(Cluster.objects.filter(key__in=keys).values_list("key", flat=True))
    for key in list(taken):
        taken |= set(
            Cluster.objects.filter(key__startswith=f"{key}-").values_list("key", flat=True)
        )
    return taken


def list_edges() -> Iterator[list[tuple[int, str, str]]]:
    """Give all links of the archive in parts: report, kind and value."""
    after = -1
    query = (
        f"SELECT DISTINCT m.report_id, i.kind, i.value {LINKS} AND m.report_id > %s "
        "AND m.report_id <= %s ORDER BY 1, 2, 3"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(report_id) FROM store_mention")
        last = cursor.fetchone()[0]
        while last is not None and after < last:
            cursor.execute(query, [after, after + _STREAM])
            if rows := cursor.fetchall():
                yield rows
            after += _STREAM


def list_rulings() -> dict[tuple[int, int], bool]:
    """Give the pairs of reports that persons ruled on; the newest word holds."""
    rows = LinkRuling.objects.order_by("event").values_list("one_id", "other_id", "is_same")
    return {(one, other): is_same for one, other, is_same in rows}


def list_unplaced() -> Iterator[tuple[int, int, datetime]]:
    """Give the reports that were read and name something, and have no cluster yet.

    Each with the event that read it, and when.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT m.report_id {LINKS} AND NOT EXISTS "  # noqa: S608 - names of our own
            "(SELECT 1 FROM store_clustermember c WHERE c.report_id = m.report_id)"
        )
        wanted = iter(sorted(report for (report,) in cursor.fetchall()))
    while part := list(islice(wanted, _AT_ONCE)):
        rows = Assessment.objects.filter(report__in=part).order_by("event")
        newest = {
            report: (event, at)
            for event, report, at in rows.values_list("event", "report_id", "made_at")
        }
        yield from ((event, report, at) for report, (event, at) in sorted(newest.items()))
