"""What the reporter sees of their report."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, strategies as st

from tipline.domain.disposal.outcome import Outcome
from tipline.domain.disposal.state import ReportState
from tipline.domain.feedback.status import (
    Message,
    name_outcome,
    name_state,
    promise,
    summarise,
    word_reason,
)

RECEIVED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TAKEN = Message(type="state", at="2026-03-02T09:00Z", state="in_review")
ASKED = Message(type="question", at="2026-03-02T10:00Z", text="Which account?", question_id="q1")
DECIDED = Message(
    type="outcome", at="2026-03-05T10:00Z", outcome="ACTIONED", reason="account_closed"
)


def test_no_message_means_received() -> None:
    status = summarise([])

    assert (status.state, status.outcome, status.messages) == ("received", "", ())


def test_the_whole_way() -> None:
    assert summarise([TAKEN]).state == "in_review"
    assert summarise([TAKEN, ASKED]).state == "waiting"
    assert summarise([TAKEN, ASKED]).open_questions == ("q1",)
    assert summarise([TAKEN, ASKED], answered=frozenset({"q1"})).state == "in_review"
    status = summarise([DECIDED, TAKEN, ASKED], answered=frozenset({"q1"}))
    assert (status.state, status.outcome) == ("decided", "ACTIONED")
    assert status.messages == (TAKEN, ASKED, DECIDED)


def test_a_later_decision_replaces_an_earlier_one() -> None:
    later = Message(type="outcome", at="2026-04-01T10:00Z", outcome="NO_VIOLATION")

    assert summarise([later, DECIDED]).outcome == "NO_VIOLATION"


def test_an_outcome_that_asks_for_more_leaves_it_waiting() -> None:
    more = Message(type="outcome", at="2026-03-05T10:00Z", outcome="NEED_MORE_INFO")

    assert summarise([TAKEN, more]).state == "waiting"


@given(st.permutations([TAKEN, ASKED, DECIDED]))
def test_the_order_of_arrival_does_not_matter(messages: list[Message]) -> None:
    assert summarise(messages) == summarise([TAKEN, ASKED, DECIDED])


def test_a_message_is_json_without_empty_parts() -> None:
    encoded = msgspec.json.encode(TAKEN)

    assert encoded == b'{"type":"state","at":"2026-03-02T09:00Z","state":"in_review"}'
    assert msgspec.json.decode(encoded, type=Message) == TAKEN


@pytest.mark.parametrize("state", ReportState)
def test_the_promise_names_its_days(state: ReportState) -> None:
    promised = promise(received_at=RECEIVED_AT, outcome_days=30, state=state)

    sentence = promised.message % promised.params
    assert ("2026-03-31" in sentence) is ("%(outcome_on)s" in promised.message)
    assert (promised.outcome_by is None) is (state is ReportState.DECIDED)


def test_reading_is_promised_no_later_than_the_outcome() -> None:
    assert promise(received_at=RECEIVED_AT, outcome_days=30).params["read_on"] == "2026-03-08"
    assert promise(received_at=RECEIVED_AT, outcome_days=3).params["read_on"] == "2026-03-04"


def test_everything_has_a_name() -> None:
    assert all(name_state(state) for state in ReportState)
    assert all(name_outcome(outcome) for outcome in Outcome)
    assert "closed" in word_reason("account_closed")
