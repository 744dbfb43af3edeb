"""What a report's page shows, as frozen rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from tipline.domain.disposal.state import ReportState
from tipline.store.queries.opinion import AssessmentRow, CorrectionRow, MentionRow


class DecisionRow(Struct, frozen=True, kw_only=True):
    """One decision; ``overrides`` is the id of the earlier one that it replaces."""

    id: int
    at: datetime
    by: int
    by_name: str
    outcome: str
    reason: str
    params: Mapping[str, Any]
    text: str
    note: str
    other_report: int | None
    overrides: int | None


class LetterRow(Struct, frozen=True, kw_only=True):
    """One message to or from the reporter; ``leaf_index`` is None while it waits to be sent."""

    id: int
    direction: str
    type: str
    at: datetime
    by: int | None
    by_name: str
    state: str
    outcome: str
    reason: str
    params: Mapping[str, Any]
    text: str
    question_id: str
    leaf_index: int | None


class NoteRow(Struct, frozen=True):
    """A note for colleagues."""

    at: datetime
    by_name: str
    text: str


class FileRow(Struct, frozen=True, kw_only=True):
    """A file that came with the report, or with the reply at leaf ``record``."""

    id: int
    record: int
    number: int
    name: str
    type: str
    size: int
    sha256: str


class HistoryRow(Struct, frozen=True, kw_only=True):
    """One event; ``leaf_index`` is None until the ledger has it."""

    seq: int
    at: datetime
    by: int | None
    by_name: str
    kind: str
    subject: str
    body: Mapping[str, Any]
    hash: bytes
    leaf_index: int | None


class ReportPage(Struct, frozen=True, kw_only=True):
    """A report as the desk shows it."""

    report: int
    text: str
    details: Mapping[str, Any]
    language: str
    sender: str
    lane: str
    received_at: datetime
    leaf_hash: bytes
    has_contact: bool
    state: ReportState
    priority: int
    region: str
    agency: str
    offence: str
    held: tuple[str, ...]  # all offences that hold, the likeliest first
    template_group: str
    outcome: str
    claimed_by: int | None
    claimed_by_name: str
    claimed_until: datetime | None
    assigned_to: int | None
    assigned_to_name: str
    decided_at: datetime | None
    is_decided: bool
    holders: frozenset[int]  # claimed by and assigned to, for duties.may(assigned_to=...)
    is_skipped: bool
    mentions: tuple[MentionRow, ...]
    assessment: AssessmentRow | None
    corrections: tuple[CorrectionRow, ...]
    decisions: tuple[DecisionRow, ...]  # oldest first; the last one holds
    letters: tuple[LetterRow, ...]
    notes: tuple[NoteRow, ...]
    files: tuple[FileRow, ...]
    history: tuple[HistoryRow, ...]
