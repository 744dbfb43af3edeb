"""Measures: what a decision must say, who stands behind it, and that all is undone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tipline.domain.disposal.measures import (
    ACTION_MOVES,
    MEASURES,
    ActionState,
    Measure,
    MeasureRefused,
    Step,
    SubjectKind,
    Verdict,
    check_second,
    check_step,
    check_verdict,
    first_state,
    write_statement,
)
from tipline.domain.duties import Role

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
CLOSE = Verdict(
    measure=Measure.SITE_CLOSED,
    subjects=((SubjectKind.SITE, "evil.example"),),
    offences=("FR-PHISH",),
    evidence=("inspection:7",),
    facts="The page asks for card numbers in the name of a bank.",
)


def test_a_complete_decision_passes_and_says_its_reasons() -> None:
    check_verdict(CLOSE, now=NOON)

    told = write_statement(CLOSE, decided_at=NOON)
    assert told.articles == (("266", "285"),)
    assert (told.automation, told.decided_by_machine, told.redress_days) == ("partial", False, 184)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"subjects": ()}, "subjects"),
        ({"subjects": ((SubjectKind.ITEM, "http://evil.example/a"),)}, "kind"),
        ({"offences": ()}, "offence"),
        ({"offences": ("XX-SPEECH",)}, "offence"),
        ({"evidence": ()}, "evidence"),
        ({"evidence": ("report:5",)}, "captured"),
        ({"facts": " \n"}, "facts"),
        ({"measure": Measure.SITE_BLOCKED}, "expiry"),
        ({"expires_at": NOON}, "expiry"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(changes, why) -> None:
    with pytest.raises(MeasureRefused, match=why):
        check_verdict(replace(CLOSE, **changes), now=NOON)


def test_a_block_has_an_end() -> None:
    blocked = replace(CLOSE, measure=Measure.SITE_BLOCKED, expires_at=NOON + timedelta(days=30))
    check_verdict(blocked, now=NOON)


@pytest.mark.parametrize("measure", Measure)
def test_what_takes_something_away_waits_for_a_second_person(measure) -> None:
    waits = measure not in {Measure.WARNED, Measure.FORWARDED, Measure.NONE}

    assert MEASURES[measure].needs_second == waits
    assert first_state(measure) is (ActionState.HELD if waits else ActionState.PENDING)


@given(st.sampled_from(ActionState), st.lists(st.sampled_from(Step), max_size=8))
def test_every_action_can_be_undone_until_it_is(state, steps) -> None:
    for step in steps:
        try:
            state = check_step(state, step)
        except MeasureRefused:
            assert (state, step) not in ACTION_MOVES
    if state is not ActionState.REVERSED:
        assert check_step(state, Step.REVERSE) is ActionState.REVERSED


@given(st.integers(1, 3), st.sampled_from(Role), st.integers(1, 3), st.sampled_from(Role))
def test_the_second_person_is_another_with_another_role(first, role, second, other) -> None:
    if first != second and role != other:
        check_second(first=(first, role), second=(second, other))
    else:
        with pytest.raises(MeasureRefused, match="second"):
            check_second(first=(first, role), second=(second, other))
