"""Where reports belong, whose an identifier is, and what persons said of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

from django.db import connection
from django.db.models import F

from tipline.store.bulk import insert_new_rows, insert_rows
from tipline.store.events import Recorded
from tipline.store.links import LINKS
from tipline.store.models import (
    Cluster,
    ClusterChange,
    ClusterMember,
    ClusterOwner,
    Gang,
    LinkRuling,
    Report,
)

_AT_ONCE = 500
_OWN = (
    "INSERT INTO store_clusterowner (identifier_id, cluster_id, mine, total) "
    f"SELECT DISTINCT m.identifier_id, %s, 1, 1 {LINKS} AND m.report_id = %s "
    "ON CONFLICT (identifier_id) DO UPDATE SET total = store_clusterowner.total + 1, mine = "
    "store_clusterowner.mine + CASE WHEN store_clusterowner.cluster_id = excluded.cluster_id "
    "THEN 1 ELSE 0 END"
)
_OWN_ALL = (
    "INSERT INTO store_clusterowner (identifier_id, cluster_id, mine, total) "  # noqa: S608 - as above
    "SELECT identifier_id, cluster_id, mine, total FROM (SELECT identifier_id, cluster_id, mine, "
    "SUM(mine) OVER (PARTITION BY identifier_id) AS total, ROW_NUMBER() OVER "
    "(PARTITION BY identifier_id ORDER BY mine DESC, cluster_id) AS place FROM (SELECT "
    "n.identifier_id, c.cluster_id, COUNT(*) AS mine FROM (SELECT DISTINCT m.report_id, "
    f"m.identifier_id {LINKS}) n JOIN store_clustermember c ON c.report_id = n.report_id "
    "GROUP BY n.identifier_id, c.cluster_id) counted) placed WHERE place = 1"
)
_MEASURE = (
    "UPDATE store_cluster SET "
    "size = (SELECT COUNT(*) FROM store_clustermember c WHERE c.cluster_id = store_cluster.key), "
    "first_at = (SELECT MIN(r.received_at) FROM store_clustermember c JOIN store_report r "
    "ON r.leaf_index = c.report_id WHERE c.cluster_id = store_cluster.key), "
    "last_at = (SELECT MAX(r.received_at) FROM store_clustermember c JOIN store_report r "
    "ON r.leaf_index = c.report_id WHERE c.cluster_id = store_cluster.key)"
)


def _link(events: Sequence[Recorded]) -> None:
    for event in events:
        placed = event.body["placed"]  # [[report, cluster], ...]
        came = dict(
            Report.objects.filter(leaf_index__in=[each[0] for each in placed]).values_list(
                "leaf_index", "received_at"
            )
        )
        times = defaultdict(list)
        for report, cluster in placed:
            times[cluster].append(came[report])
        insert_new_rows(Cluster, ({"key": key, "size": 0} for key in times))
        insert_rows(ClusterMember, (_describe(event, *each) for each in placed))
        for key, found in times.items():
            _grow(key, found)
        with connection.cursor() as cursor:
            cursor.executemany(_OWN, [(cluster, report) for report, cluster in placed])


def _describe(event: Recorded, report: int, cluster: str) -> dict[str, object]:
    return {"report": report, "cluster": cluster, "is_live": True, "at": event.at}


def _grow(key: str, times: Sequence[object]) -> None:
    mine = Cluster.objects.filter(key=key)
    mine.update(size=F("size") + len(times))
    first, last = min(times), max(times)  # type: ignore[type-var]
    mine.exclude(first_at__lte=first).update(first_at=first)
    mine.exclude(last_at__gte=last).update(last_at=last)


def _move(events: Sequence[Recorded]) -> None:
    for event in events:
        moves = event.body["moves"]  # [[report, cluster or ""], ...]
        insert_new_rows(Cluster, ({"key": key, "size": 0} for key in {k for _, k in moves if k}))
        numbers = iter([report for report, _ in moves])
        while part := list(islice(numbers, _AT_ONCE)):
            ClusterMember.objects.filter(report__in=part).delete()
        insert_rows(
            ClusterMember,
            (
                {"report": report, "cluster": key, "is_live": False, "at": event.at}
                for report, key in moves
                if key
            ),
        )


def _settle(events: Sequence[Recorded]) -> None:
    for event in events:
        body = event.body
        ClusterMember.objects.filter(is_live=True).update(is_live=False)
        changes = [(key, "founded", "") for key in body["founded"]]
        changes += [(old, "merged", into) for old, into in body["merged"]]
        changes += [(new, "split", old) for old, new in body["split"]]
        insert_new_rows(ClusterChange, (_tell(event, each) for each in changes))
        gone = dict(body["merged"])
        for old, into in gone.items():
            Cluster.objects.filter(key=old).update(into=into)
        back = [*body["founded"], *(new for _, new in body["split"])]
        Cluster.objects.filter(key__in=back).update(into=None)
        with connection.cursor() as cursor:
            cursor.execute(_MEASURE)
            cursor.execute(f'DELETE FROM "{ClusterOwner._meta.db_table}"')  # noqa: S608, SLF001 - our own table
            cursor.execute(_OWN_ALL)


def _tell(event: Recorded, told: tuple[str, str, str]) -> dict[str, object]:
    cluster, change, other = told
    return {
        "event": event.seq,
        "cluster": cluster,
        "change": change,
        "other": other,
        "at": event.at,
    }


def _rule(events: Iterable[Recorded]) -> None:
    for event in events:
        one, other = event.body["reports"]
        LinkRuling.objects.create(
            event=event.seq,
            one_id=one,
            other_id=other,
            is_same=event.body["is_same"],
            reason=event.body["reason"],
            by_id=event.author,
            at=event.at,
        )


def _name(events: Iterable[Recorded]) -> None:
    for event in events:
        Gang.objects.create(
            event=event.seq,
            name=event.body["name"],
            cluster=event.body["cluster"],
            reason=event.body["reason"],
            by_id=event.author,
            at=event.at,
        )


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "reports.linked": _link,
    "reports.moved": _move,
    "clusters.settled": _settle,
    "link.ruled": _rule,
    "gang.named": _name,
}
