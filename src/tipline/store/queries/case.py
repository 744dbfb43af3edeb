"""What came of cases: the figures that hold, and their sums. What was superseded is left out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from tipline.domain.case.facts import Figure, Metric, Relation, Total, add_up
from tipline.store.models import CaseFact
from tipline.store.queries.case_access import list_family


class FactRow(Struct, frozen=True, kw_only=True):
    """A figure of a case. ``superseded_by`` is the row that replaced it, if any."""

    id: int
    case: int
    metric: Metric
    figure: Figure
    written: str
    source: str
    by: int
    by_name: str
    at: datetime
    supersedes: int | None
    superseded_by: int | None
    reason: str
    is_withdrawn: bool

    @property
    def is_effective(self) -> bool:
        """Whether it counts."""
        return self.superseded_by is None and not self.is_withdrawn


def list_facts(case: int) -> tuple[FactRow, ...]:
    """The figures of a case that hold, with those of cases merged into it, oldest first."""
    return tuple(each for each in list_all_facts([case]) if each.is_effective)


def list_all_facts(cases: Iterable[int]) -> tuple[FactRow, ...]:
    """All figures that were ever stated of the cases and of those merged into them."""
    family = {each for case in cases for each in list_family(case)}
    rows = CaseFact.objects.filter(case__in=family).select_related("by", "superseded_by")
    return tuple(_read(row) for row in rows.order_by("event"))


def sum_facts(cases: Iterable[int]) -> Mapping[Metric, Mapping[str, Total]]:
    """Sums over the figures that hold of the cases, by metric and currency ("" for counts).

    A case that was merged into another counts once, also where both are named.
    """
    held: dict[Metric, list[Figure]] = {}
    for each in list_all_facts(cases):
        if each.is_effective:
            held.setdefault(each.metric, []).append(each.figure)
    return {metric: add_up(held[metric]) for metric in Metric if metric in held}


def _read(row: CaseFact) -> FactRow:
    superseding = getattr(row, "superseded_by", None)
    return FactRow(
        id=row.event,
        case=row.case_id,
        metric=Metric(row.metric),
        figure=Figure(Decimal(row.value), Relation(row.relation), row.currency),
        written=row.written,
        source=row.source,
        by=row.by_id,
        by_name=row.by.get_full_name(),
        at=row.at,
        supersedes=row.supersedes_id,
        superseded_by=superseding.event if superseding else None,
        reason=row.reason,
        is_withdrawn=row.is_withdrawn,
    )
