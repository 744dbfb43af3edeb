"""One case as the table of duties sees it, and whether an actor may do something to it."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from msgspec import Struct

from tipline.domain.case.state import AT_WORK, CaseState
from tipline.domain.duties import Action, Actor, check_may, may
from tipline.store.models import Case, CaseReport, Handling


class CaseUnknown(LookupError):
    """There is no such case, or the actor may not know more of it than that there is one."""


class ReportsUnfit(Exception):
    """Reports that a case cannot take: unknown, of another region, or in a case already."""

    def __init__(self, reports: Iterable[int]) -> None:
        self.reports = tuple(sorted(reports))
        super().__init__(", ".join(map(str, self.reports)))


class CaseAccess(Struct, frozen=True, kw_only=True):
    """Where a case stands at some moment."""

    case: int
    number: str
    state: CaseState
    region: str
    agency: str
    lead: int | None
    parent: int | None
    offences: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Whether no work goes on in it."""
        return self.state not in AT_WORK


def check_case(*, actor: Actor, action: Action, case: int, reason: str = "") -> CaseAccess:
    """Give the case's standing if ``actor`` may do ``action`` to it.

    Raises:
        CaseUnknown: there is none, or the actor may not read it either.
        NotAllowed: with ``why``.

    """
    return _check(Case.objects.all(), actor, action, case, reason)


def lock_case(*, actor: Actor, action: Action, case: int, reason: str = "") -> CaseAccess:
    """Like ``check_case``, and nobody else changes the case until the transaction ends."""
    return _check(Case.objects.select_for_update(), actor, action, case, reason)


def lock_case_standing(*, case: int) -> CaseAccess:
    """Give and lock a case's standing without asking anybody's leave.

    Raises:
        CaseUnknown: there is none.

    """
    return _load(Case.objects.select_for_update(), case)


def find_case(*, number: str) -> int:
    """Id of the case that people cite so.

    Raises:
        CaseUnknown: there is none.

    """
    found = Case.objects.filter(number=number.strip()).values_list("event", flat=True).first()
    if found is None:
        raise CaseUnknown
    return found


def list_family(case: int) -> tuple[int, ...]:
    """The case and all that were merged into it, however long the way."""
    family, fresh = {case}, {case}
    while fresh:
        fresh = set(Case.objects.filter(merged_into__in=fresh).values_list("event", flat=True))
        fresh -= family
        family |= fresh
    return tuple(sorted(family))


def check_reports(*, actor: Actor, reports: Sequence[int], apart_from: int | None = None) -> None:
    """Refuse reports that ``actor`` cannot put into a case; ``apart_from`` is a case they may leave.

    Raises:
        ReportsUnfit: names those that are unknown, lie in another region, or are in a case already.

    """
    regions = dict(Handling.objects.filter(report__in=reports).values_list("report_id", "region"))
    fit = {
        report for report, region in regions.items() if may(actor, Action.WORK_CASE, region=region)
    }
    placed = CaseReport.objects.filter(report__in=reports).exclude(case=apart_from)
    unfit = set(reports) - fit | set(placed.values_list("report_id", flat=True))
    if unfit:
        raise ReportsUnfit(unfit)


def _check(  # noqa: PLR0917 - two callers, just above
    rows: QuerySet[Case], actor: Actor, action: Action, case: int, reason: str
) -> CaseAccess:
    access = _load(rows, case)
    if not may(actor, Action.READ_CASE, region=access.region, is_decided=access.is_over):
        raise CaseUnknown
    check_may(actor, action, region=access.region, is_decided=access.is_over, reason=reason)
    return access


def _load(rows: QuerySet[Case], case: int) -> CaseAccess:
    row = rows.filter(event=case).first()
    if row is None:
        raise CaseUnknown
    return CaseAccess(
        case=row.event,
        number=row.number,
        state=CaseState(row.state),
        region=row.region,
        agency=row.agency_id,
        lead=row.lead_id,
        parent=row.parent_id,
        offences=tuple(row.offences),
    )


__all__ = [
    "CaseAccess",
    "CaseUnknown",
    "ReportsUnfit",
    "check_case",
    "check_reports",
    "find_case",
    "list_family",
    "lock_case",
    "lock_case_standing",
]
