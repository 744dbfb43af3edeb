"""Outcomes, their reasons and the states that lead to them."""

import pytest

from tipline.domain.disposal.outcome import (
    MESSAGES,
    OUTCOMES,
    REASONS,
    DecisionRefused,
    Outcome,
    action_for,
    check_decision,
    check_may_decide,
    list_outcomes,
    list_reasons,
    state_after,
)
from tipline.domain.disposal.state import (
    AFTER_RELEASE,
    AFTER_REPLY,
    STATE_NAMES,
    TRANSITIONS,
    ReportState,
    TransitionRefused,
    check_may_become,
    may_become,
)
from tipline.domain.duties import Action


def test_every_outcome_has_words_and_reasons() -> None:
    assert set(OUTCOMES) == set(REASONS) == set(Outcome)
    assert all(len(list_reasons(outcome)) >= 2 for outcome in Outcome)
    keys = [template.key for templates in REASONS.values() for template in templates]
    assert len(keys) == len(set(keys)) == len(MESSAGES)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_can_be_decided_once_a_machine_has_read(outcome: Outcome) -> None:
    for state in (ReportState.ASSESSED, ReportState.IN_REVIEW, ReportState.WAITING):
        check_may_decide(state, outcome)
    with pytest.raises(DecisionRefused) as refused:
        check_may_decide(ReportState.RECEIVED, outcome)
    assert refused.value.why == "state"


def test_asking_for_more_leaves_the_report_waiting_and_the_rest_decides_it() -> None:
    waiting = {outcome for outcome in Outcome if state_after(outcome) is ReportState.WAITING}

    assert waiting == {Outcome.NEED_MORE_INFO}
    assert state_after("ACTIONED") is ReportState.DECIDED


def test_a_decision_is_overridden_by_another_and_by_nothing_else() -> None:
    check_may_decide("decided", "NO_VIOLATION")
    with pytest.raises(DecisionRefused):
        check_may_decide("decided", "NEED_MORE_INFO")
    assert TRANSITIONS[ReportState.DECIDED] == {ReportState.DECIDED}


def test_which_duty_an_outcome_takes() -> None:
    assert action_for("ACTIONED", "in_review") is Action.DECIDE_REPORT
    assert action_for("OUT_OF_SCOPE", "assessed") is Action.REJECT_OUT_OF_SCOPE
    assert action_for("OUT_OF_SCOPE", "decided") is Action.REVISE_DECISION
    assert Outcome.OUT_OF_SCOPE not in set(list_outcomes(frozenset({Action.DECIDE_REPORT})))


class TestWords:
    def decide(self, outcome: str, reason: str, **given: object) -> None:
        usual: dict[str, object] = {"params": {}, "text": ""}
        check_decision(outcome=outcome, reason=reason, **{**usual, **given})

    def test_complete(self) -> None:
        self.decide("ACTIONED", "account_closed")
        self.decide("ACTIONED", "actioned_other", text="The shop paid the money back.")
        self.decide("REFERRED", "other_region", params={"agency": "Chongqing"})
        self.decide("DUPLICATE_OF", "same_subject", other_report=0)

    @pytest.mark.parametrize(
        ("outcome", "reason", "given", "why"),
        [
            ("ACTIONED", "not_listed", {}, "reason"),
            ("ACTIONED", "", {}, "reason"),
            ("ACTIONED", "actioned_other", {"text": " \n"}, "text"),
            ("REFERRED", "other_region", {}, "params"),
            ("DUPLICATE_OF", "same_subject", {}, "other_report"),
            ("DUPLICATE_OF", "same_subject", {"other_report": ""}, "other_report"),
        ],
    )
    def test_incomplete(
        self, outcome: str, reason: str, given: dict[str, object], why: str
    ) -> None:
        with pytest.raises(DecisionRefused) as refused:
            self.decide(outcome, reason, **given)

        assert refused.value.why == why
        assert refused.value.message % refused.value.params


class TestStates:
    def test_every_state_has_a_name_and_a_row(self) -> None:
        assert set(STATE_NAMES) == set(TRANSITIONS) == set(ReportState)

    def test_every_state_is_reached_from_received(self) -> None:
        reached, found = set[ReportState](), {ReportState.RECEIVED}
        while found - reached:
            reached |= found
            found = found.union(*(TRANSITIONS[state] for state in reached))

        assert reached == set(ReportState)

    def test_nothing_becomes_received_again(self) -> None:
        assert not any(may_become(state, ReportState.RECEIVED) for state in ReportState)

    def test_a_refused_transition_names_both_ends(self) -> None:
        with pytest.raises(TransitionRefused, match="decided -> assessed"):
            check_may_become("decided", "assessed")

    @pytest.mark.parametrize("after", [AFTER_REPLY, AFTER_RELEASE])
    def test_a_reply_or_release_leads_where_the_table_leads(
        self, after: dict[ReportState, ReportState]
    ) -> None:
        moved = {state: to for state, to in after.items() if state is not to}

        assert set(after) == set(ReportState)
        assert set(moved.values()) == {ReportState.ASSESSED}
        assert all(may_become(state, to) for state, to in moved.items())
