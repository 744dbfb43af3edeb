"""The list of cases that an officer may read."""

from datetime import datetime

from django.db.models import Count, Q
from msgspec import Struct

from tipline.domain.case.state import AT_WORK
from tipline.domain.duties import Action, Actor, NotAllowed, Scope, find_grant
from tipline.domain.values import EVERYWHERE
from tipline.store.models import Case

PAGE_SIZE = 50
AT_WORK_ONLY = "at_work"


class CaseFilter(Struct, frozen=True, kw_only=True):
    """What to show; an empty field shows all. ``state`` may also be ``AT_WORK_ONLY``."""

    state: str = AT_WORK_ONLY
    region: str = ""
    agency: str = ""
    offence: str = ""
    words: str = ""  # in the number or the title
    lead: int | None = None


class CaseRow(Struct, frozen=True, kw_only=True):
    """One case of the list."""

    case: int
    number: str
    title: str
    state: str
    region: str
    agency: str
    offences: tuple[str, ...]
    lead_name: str
    opened_at: datetime
    reports: int


class CaseList(Struct, frozen=True):
    """One page; ``next`` is the ``before`` of the following one, 0 at the end."""

    rows: tuple[CaseRow, ...]
    next: int
    count: int


def list_cases(*, actor: Actor, filters: CaseFilter, before: int = 0) -> CaseList:
    """Give one page of the cases that ``actor`` may read, newest first.

    Raises:
        NotAllowed: the actor's role reads no cases.

    """
    found = Case.objects.filter(_limit(actor), _wish(filters))
    rows = found.filter(event__lt=before) if before else found
    rows = rows.select_related("lead").annotate(held=Count("places")).order_by("-event")
    page = list(rows[: PAGE_SIZE + 1])
    following = page[PAGE_SIZE - 1].event if len(page) > PAGE_SIZE else 0
    return CaseList(tuple(map(_read, page[:PAGE_SIZE])), following, found.count())


def _limit(actor: Actor) -> Q:
    grant = find_grant(actor, Action.READ_CASE)
    if grant is None:
        raise NotAllowed(Action.READ_CASE, "role")
    return Q() if grant.scope is Scope.ALL else _lie_in(actor.region)


def _lie_in(region: str) -> Q:
    if region == EVERYWHERE:
        return Q()
    stem = region[:2] if region.endswith("0000") else region.removesuffix("00")
    return Q(region__startswith=stem)


def _wish(filters: CaseFilter) -> Q:
    wish = Q(state__in=AT_WORK) if filters.state == AT_WORK_ONLY else Q()
    if filters.state and filters.state != AT_WORK_ONLY:
        wish &= Q(state=filters.state)
    if filters.region:
        wish &= _lie_in(filters.region)
    if filters.words:
        wish &= Q(title__icontains=filters.words) | Q(number__startswith=filters.words)
    if filters.offence:  # a list of codes as JSON, the same text on every engine
        wish &= Q(offences__icontains=f'"{filters.offence}"')
    given = {"agency": filters.agency, "lead": filters.lead}
    return wish & Q(**{name: value for name, value in given.items() if value})


def _read(row: Case) -> CaseRow:
    return CaseRow(
        case=row.event,
        number=row.number,
        title=row.title,
        state=row.state,
        region=row.region,
        agency=row.agency_id,
        offences=tuple(row.offences),
        lead_name=row.lead.get_full_name() if row.lead else "",
        opened_at=row.opened_at,
        reports=row.held,  # type: ignore[attr-defined]  # annotated
    )
