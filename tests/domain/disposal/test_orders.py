"""Orders and their alarms: what must always hold, whatever happens in whatever order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from tipline.domain.disposal.alarms import Bell, Timing, find_alarm, find_ringing, list_alarms
from tipline.domain.disposal.orders import (
    APPROVERS,
    MOVES,
    ORDER_MOVES,
    ORDER_STATE_NAMES,
    OVER,
    OrderRefused,
    OrderState,
    Person,
    check_approval,
    check_deadline,
    check_move,
    check_ratifier,
    may_move,
    needs_ratifying,
    write_number,
)
from tipline.domain.disposal.served import (
    ACT_NAMES,
    Act,
    Answer,
    AnswerRefused,
    Served,
    check_answer,
    find_state,
    list_acts,
    quotes,
)
from tipline.domain.duties import Role

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
STATES = st.sampled_from(OrderState)
PEOPLE = st.builds(Person, st.integers(1, 6), st.sampled_from(Role))


def test_every_state_has_a_name_and_leads_to_an_end() -> None:
    assert set(ORDER_STATE_NAMES) == set(OrderState)
    ending = set(OVER)
    while more := {state for (state, _), after in ORDER_MOVES.items() if after in ending} - ending:
        ending |= more
    assert ending == set(OrderState)


@given(STATES, st.sampled_from(sorted(MOVES)))
def test_a_move_that_is_not_in_the_table_is_refused(state: OrderState, move: str) -> None:
    if may_move(state, move):
        assert check_move(state, move) is ORDER_MOVES[state, move]
    else:
        with pytest.raises(OrderRefused):
            check_move(state, move)


def test_only_what_was_approved_or_is_an_emergency_is_issued() -> None:
    into = {(state, move) for (state, move), after in ORDER_MOVES.items() if after == "issued"}

    assert into == {(OrderState.APPROVED, "issue"), (OrderState.DRAFTED, "hurry")}


@given(PEOPLE, st.lists(PEOPLE, max_size=8))
def test_no_order_is_approved_by_one_person_or_without_both_roles(author, people) -> None:
    approvals: list[Person] = []
    is_approved = False
    for person in people:
        try:
            is_approved = check_approval(author, approvals, person)
        except OrderRefused:
            continue
        approvals.append(person)
        if is_approved:
            break
    behind = {author.id, *(each.id for each in approvals)}
    if is_approved:
        assert len(behind) == len(approvals) + 1 >= 2
        assert {author.role, *(each.role for each in approvals)} >= APPROVERS
    assert author.id not in {each.id for each in approvals}


def test_a_leads_draft_needs_the_legal_officer_alone_and_an_analysts_both() -> None:
    lead, legal = Person(1, Role.REGIONAL_LEAD), Person(2, Role.LEGAL_OFFICER)
    analyst = Person(3, Role.ANALYST)

    assert check_approval(lead, [], legal)
    assert not check_approval(analyst, [], legal)
    assert check_approval(analyst, [legal], lead)
    with pytest.raises(OrderRefused, match="twice"):
        check_approval(analyst, [legal], Person(4, Role.LEGAL_OFFICER))
    with pytest.raises(OrderRefused, match="twice"):
        check_approval(lead, [], Person(4, Role.ANALYST))


def test_whoever_hurried_an_order_out_does_not_ratify_it() -> None:
    lead, legal = Person(1, Role.REGIONAL_LEAD), Person(2, Role.LEGAL_OFFICER)

    analyst = Person(4, Role.ANALYST)
    check_ratifier(lead, lead, legal)
    check_ratifier(analyst, legal, lead)
    for unfit in (legal, Person(3, Role.LEGAL_OFFICER)):
        with pytest.raises(OrderRefused):
            check_ratifier(analyst, legal, unfit)
    assert needs_ratifying(lead, lead)
    assert not needs_ratifying(lead, legal)


def test_a_deadline_lies_ahead_and_an_emergency_within_three_days() -> None:
    check_deadline(deadline=NOON + 3 * DAY, now=NOON, is_emergency=True)
    for days, is_emergency in ((0, False), (366, False), (3.1, True)):
        with pytest.raises(OrderRefused):
            check_deadline(deadline=NOON + days * DAY, now=NOON, is_emergency=is_emergency)


def test_a_number_tells_region_year_and_serial() -> None:
    assert write_number(region="500000", year=2026, serial=12) == "Z500000-2026-000012"


# alarms

TIMINGS = st.builds(
    Timing,
    state=STATES,
    since=st.just(NOON),
    deadline=st.integers(1, 400).map(lambda hours: NOON + timedelta(hours=hours)),
    ratify_by=st.sampled_from([None, NOON + 3 * DAY]),
    complied_at=st.sampled_from([None, NOON]),
)
LATER = st.integers(0, 20 * 365 * 24).map(lambda hours: NOON + timedelta(hours=hours))


@given(TIMINGS, LATER)
def test_nothing_rings_before_its_time_and_nothing_due_is_silent(timing: Timing, now) -> None:
    ringing, following = find_ringing(timing, now=now), find_alarm(timing)

    assert (ringing is None) == (following is None or following.at > now)
    if ringing:
        assert ringing.at <= now


@given(TIMINGS, st.lists(LATER, max_size=30))
def test_in_any_walk_of_the_clock_each_alarm_rings_at_most_once(timing: Timing, clock) -> None:
    rung = []
    for now in clock:
        found = find_ringing(timing, now=now)
        if found:
            assert found.at <= now
            rung.append(found)
            timing = Timing(
                **{name: getattr(timing, name) for name in timing.__struct_fields__}
                | {"heard": found.at}
            )
    assert len(set(rung)) == len(rung)
    assert rung == sorted(rung)


@given(TIMINGS, LATER)
def test_however_late_a_running_order_expires_or_lapses(timing: Timing, now) -> None:
    due = {each.bell for each in list_alarms(timing) if each.at <= now}
    found = find_ringing(timing, now=now)

    if Bell.LAPSE in due:
        assert found
        assert found.bell is Bell.LAPSE
    elif Bell.EXPIRE in due:
        assert found
        assert found.bell is Bell.EXPIRE


def test_a_running_order_is_reminded_thrice_then_expires() -> None:
    timing = Timing(state=OrderState.ISSUED, since=NOON, deadline=NOON + 15 * DAY)

    assert [(each.bell, (each.at - NOON).days) for each in sorted(list_alarms(timing))] == [
        (Bell.REMIND, 8),
        (Bell.REMIND, 12),
        (Bell.REMIND, 14),
        (Bell.EXPIRE, 15),
    ]


def test_what_was_complied_with_is_checked_again_at_7_30_and_90_days() -> None:
    timing = Timing(
        state=OrderState.CLOSED, since=NOON, deadline=NOON, complied_at=NOON, heard=NOON + 7 * DAY
    )

    assert find_alarm(timing).at == NOON + 30 * DAY
    assert [(each.at - NOON).days for each in sorted(list_alarms(timing))] == [7, 30, 90]


def test_a_failed_order_is_escalated_after_three_days() -> None:
    timing = Timing(state=OrderState.FAILED, since=NOON, deadline=NOON)

    assert find_ringing(timing, now=NOON + 2 * DAY) is None
    assert find_ringing(timing, now=NOON + 3 * DAY).bell is Bell.ESCALATE


# the respondent


@given(STATES, st.sampled_from(Act))
def test_a_respondent_may_do_what_is_offered_and_nothing_else(state, act) -> None:
    answer = Answer(act=act, text="done", item=1, days=3)
    if act in list_acts(state):
        check_answer(answer, state=state, items=[1], has_files=False)
    else:
        with pytest.raises(AnswerRefused, match="act"):
            check_answer(answer, state=state, items=[1], has_files=False)
    assert act in ACT_NAMES


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(act=Act.ANSWER, item=1), "text"),
        (Answer(act=Act.ANSWER, item=9, text="done"), "item"),
        (Answer(act=Act.EXTENSION, text="ill", days=0), "days"),
        (Answer(act=Act.EXTENSION, text="ill", days=181), "days"),
        (Answer(act=Act.APPEAL), "text"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(answer, why) -> None:
    with pytest.raises(AnswerRefused, match=why):
        check_answer(answer, state=OrderState.ISSUED, items=[1, 2], has_files=False)


def test_a_file_is_answer_enough() -> None:
    check_answer(Answer(act=Act.ANSWER, item=1), state="issued", items=[1], has_files=True)


def test_an_appeal_stays_open_when_all_else_is_over() -> None:
    assert list_acts("closed") == (Act.APPEAL,) == list_acts("withdrawn")


def test_an_acknowledgement_counts_before_the_desk_has_heard_it() -> None:
    said = [Served(type="order.issued", at="", state="issued", deadline="")]

    assert find_state(said, [Act.ACKNOWLEDGE]) == "acknowledged"
    assert find_state(said, []) == "issued"


def test_an_extract_that_repeats_a_reporters_words_is_found() -> None:
    tip = "我妈妈被这个网站骗了五千元，网址是 http://evil.example/a ，请你们查一下"

    assert quotes("举报称：我妈妈被这个网站骗了五千元，网址是某处", tip)
    assert not quotes("页面要求输入银行卡号和短信验证码", tip)
    assert not quotes("http://evil.example/a", tip, besides=["http://evil.example/a"])


@given(st.text(alphabet="abcdefgh ,.", min_size=40), st.integers(0, 10))
def test_any_long_part_of_a_tip_is_a_quotation(tip, at) -> None:
    part = tip[at : at + 30]
    if sum(each.isalnum() for each in part) >= 16:
        assert quotes(f"it says {part}!", tip)
