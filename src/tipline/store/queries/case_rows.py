"""What a case's page shows, as frozen rows."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from tipline.domain.case.facts import Figure, Metric, Total
from tipline.store.queries.case import FactRow
from tipline.store.queries.case_access import CaseAccess
from tipline.store.queries.page import HistoryRow, NoteRow


class Kin(Struct, frozen=True):
    """Another case; of one that the reader may not read only its region is told."""

    region: str
    number: str = ""
    title: str = ""
    state: str = ""


class PlaceRow(Struct, frozen=True, kw_only=True):
    """A report in the case; the words only for those who may read it."""

    report: int
    state: str
    outcome: str
    offence: str
    region: str
    language: str
    excerpt: str
    is_readable: bool


class TaskRow(Struct, frozen=True, kw_only=True):
    """A task."""

    id: int
    text: str
    due_on: date | None
    to_name: str
    done_at: datetime | None
    done_by_name: str
    result: str


class PersonRow(Struct, frozen=True, kw_only=True):
    """A person, as far as is shown without a reason."""

    id: int
    role: str
    ordinal: int
    at: datetime
    by_name: str


class FlowRow(Struct, frozen=True, kw_only=True):
    """Money that went from one account to another."""

    id: int
    payer: str
    payee: str
    figure: Figure
    written: str
    moved_at: datetime | None
    source: str
    by_name: str
    reason: str
    supersedes: int | None
    is_withdrawn: bool
    superseded_by: int | None

    @property
    def is_effective(self) -> bool:
        """Whether it counts."""
        return self.superseded_by is None and not self.is_withdrawn


class HandoverRow(Struct, frozen=True, kw_only=True):
    """A transfer (``agency``) or a referral out (``name``)."""

    id: int
    number: str
    title: str
    agency: str
    name: str
    state: str
    reason: str
    by_name: str
    at: datetime
    answer: str
    answered_at: datetime | None


class LookRow(Struct, frozen=True):
    """An inspection."""

    id: int
    url: str
    state: str
    result: str
    at: datetime


class CasePage(Struct, frozen=True, kw_only=True):
    """A case as the desk shows it."""

    access: CaseAccess
    title: str
    method: str
    gang: str
    lead_name: str
    opened_at: datetime
    closed_at: datetime | None
    parent: Kin | None
    children: tuple[Kin, ...]
    merged: tuple[Kin, ...]  # cases that go on in this one
    merged_into: Kin | None
    reports: tuple[PlaceRow, ...]
    report_count: int
    open_reports: int
    subjects: tuple[tuple[str, str], ...]
    looks: tuple[LookRow, ...]
    people: tuple[PersonRow, ...]
    tasks: tuple[TaskRow, ...]
    notes: tuple[NoteRow, ...]
    facts: tuple[FactRow, ...]
    sums: Mapping[Metric, Mapping[str, Total]]
    flows: tuple[FlowRow, ...]
    handovers: tuple[HandoverRow, ...]
    timeline: tuple[HistoryRow, ...]  # newest first
