"""What the reporter sees: the messages sealed to their code, and where the report stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from tipline.domain.disposal.outcome import MESSAGES, OUTCOMES, Outcome
from tipline.domain.disposal.state import ReportState
from tipline.domain.words import Param, gettext_noop

READ_DAYS = 7  # acknowledged in earnest: Directive (EU) 2019/1937, article 9


class Message(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing said to the holder of a code; encoded as JSON it is the sealed record's text.

    ``at`` is ISO 8601 to the minute. ``reason`` is a key of the outcome's reasons, ``text`` what the
    officer wrote for the reporter, ``question_id`` what an answer refers to.
    """

    type: Literal["state", "question", "outcome"]
    at: str
    state: str = ""
    outcome: str = ""
    reason: str = ""
    params: Mapping[str, Param] = {}
    text: str = ""
    question_id: str = ""


class Status(Struct, frozen=True, kw_only=True):
    """Where a report stands after all its messages, oldest first."""

    state: str
    outcome: str
    messages: tuple[Message, ...]
    open_questions: tuple[str, ...] = ()


def summarise(messages: Sequence[Message], *, answered: frozenset[str] = frozenset()) -> Status:
    """Tell state and outcome from what was said so far.

    ``answered`` are the ids of questions that the reporter answered. No message at all means
    that the report was received and nobody has taken it up yet.
    """
    ordered = tuple(sorted(messages, key=lambda message: message.at))
    asked = tuple(each.question_id for each in ordered if each.type == "question")
    unanswered = tuple(each for each in asked if each not in answered)
    outcomes = [each for each in ordered if each.type == "outcome"]
    return Status(
        state=_find_state(ordered, unanswered),
        outcome=outcomes[-1].outcome if outcomes else "",
        messages=ordered,
        open_questions=unanswered,
    )


def _find_state(ordered: tuple[Message, ...], unanswered: tuple[str, ...]) -> str:
    for message in reversed(ordered):
        if message.type == "question" and message.question_id not in unanswered:
            return ReportState.IN_REVIEW.value
        state = _STATE_OF[message.type](message)
        if state:
            return state
    return ReportState.RECEIVED.value


def _state_said(message: Message) -> str:
    return message.state


def _state_of_question(_message: Message) -> str:
    return ReportState.WAITING.value


def _state_of_outcome(message: Message) -> str:
    return message.state or OUTCOMES[Outcome(message.outcome)].leads_to.value


_STATE_OF = {
    "state": _state_said,
    "question": _state_of_question,
    "outcome": _state_of_outcome,
}


class Promise(Struct, frozen=True, kw_only=True):
    """What happens next: a message id, its fill, and the times themselves (None once decided)."""

    message: str
    params: Mapping[str, Param]
    read_by: datetime | None
    outcome_by: datetime | None


STATES: Mapping[ReportState, str] = {
    ReportState.RECEIVED: gettext_noop("received"),
    ReportState.ASSESSED: gettext_noop("waiting for an officer"),
    ReportState.IN_REVIEW: gettext_noop("being handled by an officer"),
    ReportState.WAITING: gettext_noop("waiting for your answer"),
    ReportState.DECIDED: gettext_noop("decided"),
}

PROMISES: Mapping[ReportState, str] = {
    ReportState.RECEIVED: gettext_noop(
        "An officer will have read your report by %(read_on)s. You will find an outcome here by "
        "%(outcome_on)s."
    ),
    ReportState.ASSESSED: gettext_noop(
        "Your report waits for an officer, who will have read it by %(read_on)s. You will find an "
        "outcome here by %(outcome_on)s."
    ),
    ReportState.IN_REVIEW: gettext_noop(
        "An officer is looking into your report. You will find an outcome here by %(outcome_on)s."
    ),
    ReportState.WAITING: gettext_noop(
        "We asked you something and go on when you have answered on this page."
    ),
    ReportState.DECIDED: gettext_noop(
        "Your report is decided. You can still add to it here with your code."
    ),
}


def promise(
    *, received_at: datetime, outcome_days: int, state: ReportState | str = ReportState.RECEIVED
) -> Promise:
    """Say what happens next and by when, days counted from when the report was received."""
    read_by = received_at + timedelta(days=min(READ_DAYS, outcome_days))
    outcome_by = received_at + timedelta(days=outcome_days)
    is_over = ReportState(state) is ReportState.DECIDED
    return Promise(
        message=PROMISES[ReportState(state)],
        params={
            "read_on": read_by.date().isoformat(),
            "outcome_on": outcome_by.date().isoformat(),
        },
        read_by=None if is_over else read_by,
        outcome_by=None if is_over else outcome_by,
    )


def name_state(state: ReportState | str) -> str:
    """Message id of what a state is called towards the reporter."""
    return STATES[ReportState(state)]


def name_outcome(outcome: Outcome | str) -> str:
    """Message id of an outcome's public name."""
    return OUTCOMES[Outcome(outcome)].name


def word_reason(reason: str) -> str:
    """Message id of an outcome's reason, to be filled with the message's ``params``.

    Raises:
        KeyError: no such reason.

    """
    return MESSAGES[reason]
