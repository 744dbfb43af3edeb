"""What may be done about a thing that was found to serve an offence, and how it is undone.

A decision names subjects, a measure, offences and the evidence for them; each subject then has its
own action. Which measures wait for a second person is a column of the table.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from tipline.domain.duties import Role
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.words import gettext_noop

SUBJECTS_MAX = 1_000  # of one decision
REDRESS_DAYS = 184  # an appeal is open at least so long: Regulation (EU) 2022/2065, article 20


class SubjectKind(StrEnum):
    """What can be acted on."""

    ITEM = "item"
    ACCOUNT = "account"
    SITE = "site"
    APP = "app"
    DOWNLOAD = "download"


SUBJECT_NAMES: Mapping[SubjectKind, str] = {
    SubjectKind.ITEM: gettext_noop("item"),
    SubjectKind.ACCOUNT: gettext_noop("account"),
    SubjectKind.SITE: gettext_noop("site"),
    SubjectKind.APP: gettext_noop("app"),
    SubjectKind.DOWNLOAD: gettext_noop("download"),
}


class Measure(StrEnum):
    """What is done about a subject."""

    CONTENT_REMOVED = "content_removed"
    ACCOUNT_CLOSED = "account_closed"
    SITE_CLOSED = "site_closed"
    SITE_BLOCKED = "site_blocked"
    DOWNLOAD_REMOVED = "download_removed"
    WARNED = "warned"
    FORWARDED = "forwarded"
    NONE = "none"


class MeasureWords(Struct, frozen=True, kw_only=True):
    """A measure: its public name, what it fits, and whether a second person must agree."""

    name: str
    fits: frozenset[SubjectKind]
    needs_second: bool = False
    is_lasting: bool = True  # may it have no end?


_EVERY = frozenset(SubjectKind)
_FILES = frozenset({SubjectKind.APP, SubjectKind.DOWNLOAD})
MEASURES: Mapping[Measure, MeasureWords] = {
    Measure.CONTENT_REMOVED: MeasureWords(
        name=gettext_noop("content removed"),
        fits=frozenset({SubjectKind.ITEM, SubjectKind.DOWNLOAD}),
        needs_second=True,
    ),
    Measure.ACCOUNT_CLOSED: MeasureWords(
        name=gettext_noop("account closed"),
        fits=frozenset({SubjectKind.ACCOUNT}),
        needs_second=True,
    ),
    Measure.SITE_CLOSED: MeasureWords(
        name=gettext_noop("site closed"), fits=frozenset({SubjectKind.SITE}), needs_second=True
    ),
    Measure.SITE_BLOCKED: MeasureWords(
        name=gettext_noop("site blocked"),
        fits=frozenset({SubjectKind.SITE}),
        needs_second=True,
        is_lasting=False,
    ),
    Measure.DOWNLOAD_REMOVED: MeasureWords(
        name=gettext_noop("download removed"), fits=_FILES, needs_second=True
    ),
    Measure.WARNED: MeasureWords(name=gettext_noop("warned"), fits=_EVERY),
    Measure.FORWARDED: MeasureWords(name=gettext_noop("forwarded"), fits=_EVERY),
    Measure.NONE: MeasureWords(name=gettext_noop("nothing done"), fits=_EVERY),
}


class ActionState(StrEnum):
    """Where an action stands."""

    HELD = "held"  # for a second person
    PENDING = "pending"  # decided, not carried out yet
    DONE = "done"
    REVERSED = "reversed"


ACTION_STATE_NAMES: Mapping[ActionState, str] = {
    ActionState.HELD: gettext_noop("waits for a second person"),
    ActionState.PENDING: gettext_noop("pending"),
    ActionState.DONE: gettext_noop("done"),
    ActionState.REVERSED: gettext_noop("reversed"),
}


class Step(StrEnum):
    """What can happen to an action."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    PERFORM = "perform"
    REVERSE = "reverse"


ACTION_MOVES: Mapping[tuple[ActionState, Step], ActionState] = {
    (ActionState.HELD, Step.CONFIRM): ActionState.PENDING,
    (ActionState.HELD, Step.REFUSE): ActionState.REVERSED,
    (ActionState.HELD, Step.REVERSE): ActionState.REVERSED,
    (ActionState.PENDING, Step.PERFORM): ActionState.DONE,
    (ActionState.PENDING, Step.REVERSE): ActionState.REVERSED,
    (ActionState.DONE, Step.REVERSE): ActionState.REVERSED,
}


REFUSALS: Mapping[str, str] = {
    "state": gettext_noop("The state of this no longer allows it."),
    "subjects": gettext_noop("Name at least one thing, and at most 1,000."),
    "kind": gettext_noop("This measure does not fit that kind of thing."),
    "offence": gettext_noop("Name at least one of the offences that this hotline handles."),
    "evidence": gettext_noop("Cite at least one finding, inspection or report that shows it."),
    "captured": gettext_noop("A site or an account is acted on only with captured evidence."),
    "facts": gettext_noop("Write down the facts that were found."),
    "expiry": gettext_noop("This measure needs an end that lies ahead."),
    "second": gettext_noop("A second person with another role must do this."),
    "reason": gettext_noop("Write down why. Your reason is kept."),
    "stale": gettext_noop("Somebody else decided meanwhile. Look at their decision first."),
    "case": gettext_noop("There is no such case, or it is not yours."),
}


class MeasureRefused(Exception):
    """A decision or an action that may not be so; ``why`` is a key of ``REFUSALS``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    @property
    def message(self) -> str:
        """Message id to show."""
        return REFUSALS[self.why]


class Verdict(Struct, frozen=True, kw_only=True):
    """What a person decides about one or many subjects at once.

    ``evidence`` are references such as "finding:12", "inspection:7" or "report:5". ``facts`` are
    public-safe. ``expires_at`` is when the measure ends by itself.
    """

    measure: Measure
    subjects: tuple[tuple[SubjectKind, str], ...]
    offences: tuple[str, ...]
    evidence: tuple[str, ...]
    facts: str
    provision: str = ""
    automation: str = "partial"  # how far a machine found it: none, partial, full
    expires_at: datetime | None = None


AUTOMATION: Mapping[str, str] = {
    "none": gettext_noop("found by people alone"),
    "partial": gettext_noop("found with the help of a machine"),
    "full": gettext_noop("found by a machine, checked by a person"),
}


class Statement(Struct, frozen=True, kw_only=True):
    """Why it was decided so, fit for the public: Regulation (EU) 2022/2065, article 17(3).

    ``articles`` are those of China's Criminal Law for each offence. A person always decides, so
    ``decided_by_machine`` is never true.
    """

    measure: str
    subjects: tuple[tuple[str, str], ...]
    facts: str
    offences: tuple[str, ...]
    articles: tuple[tuple[str, ...], ...]
    provision: str
    automation: str
    decided_at: datetime
    redress_days: int = REDRESS_DAYS
    decided_by_machine: bool = False
    expires_at: datetime | None = None


def check_verdict(verdict: Verdict, *, now: datetime) -> None:
    """Refuse a decision that says too little, or does what its measure is not for.

    Raises:
        MeasureRefused: with ``why``.

    """
    words = MEASURES[verdict.measure]
    refused = {
        "subjects": not 1 <= len(verdict.subjects) <= SUBJECTS_MAX,
        "kind": any(kind not in words.fits for kind, _ in verdict.subjects),
        "offence": not _are_offences(verdict.offences),
        "evidence": not verdict.evidence,
        "captured": words.needs_second and not _is_captured(verdict),
        "facts": not verdict.facts.strip(),
        "expiry": not _has_fit_end(verdict, now),
    }
    for why, is_so in refused.items():
        if is_so:
            raise MeasureRefused(why)


def first_state(measure: Measure) -> ActionState:
    """State that an action begins in."""
    return ActionState.HELD if MEASURES[measure].needs_second else ActionState.PENDING


def check_step(state: ActionState, step: Step) -> ActionState:
    """Give the state that ``step`` leads to.

    Raises:
        MeasureRefused: it leads nowhere from ``state``.

    """
    after = ACTION_MOVES.get((state, step))
    if after is None:
        raise MeasureRefused("state")
    return after


def check_second(*, first: tuple[int, Role], second: tuple[int, Role]) -> None:
    """Refuse a second person who is the first one, or has the same role.

    Raises:
        MeasureRefused: with ``why`` second.

    """
    if first[0] == second[0] or first[1] == second[1]:
        raise MeasureRefused("second")


def check_reason(reason: str) -> str:
    """Give the reason without blanks around it.

    Raises:
        MeasureRefused: nothing is left.

    """
    if not reason.strip():
        raise MeasureRefused("reason")
    return reason.strip()


def write_statement(verdict: Verdict, *, decided_at: datetime) -> Statement:
    """Write the public-safe reasons of a decision."""
    return Statement(
        measure=verdict.measure.value,
        subjects=tuple((kind.value, value) for kind, value in verdict.subjects),
        facts=verdict.facts.strip(),
        offences=verdict.offences,
        articles=tuple(OFFENCES[code].articles for code in verdict.offences),
        provision=verdict.provision.strip(),
        automation=verdict.automation,
        decided_at=decided_at,
        expires_at=verdict.expires_at,
    )


def _are_offences(codes: Sequence[str]) -> bool:
    return bool(codes) and all(code in OFFENCES for code in codes)


def _is_captured(verdict: Verdict) -> bool:
    kinds = {kind for kind, _ in verdict.subjects}
    if not kinds & {SubjectKind.SITE, SubjectKind.ACCOUNT}:
        return True
    return any(each.startswith(("finding:", "inspection:", "file:")) for each in verdict.evidence)


def _has_fit_end(verdict: Verdict, now: datetime) -> bool:
    if verdict.expires_at is None:
        return MEASURES[verdict.measure].is_lasting
    return verdict.expires_at > now
