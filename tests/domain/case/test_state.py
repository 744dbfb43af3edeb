"""States of a case, and its number."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.case.number import NumberRefused, read_serial, write_number
from tipline.domain.case.people import PersonRefused, check_person
from tipline.domain.case.state import (
    CASE_STATES,
    CASE_TRANSITIONS,
    CaseState,
    CaseStateRefused,
    check_at_work,
    check_case_may_become,
)

states = st.sampled_from(list(CaseState))


@given(states, states)
def test_only_what_the_table_names_follows(state, to):
    if to in CASE_TRANSITIONS[state]:
        check_case_may_become(state, to)
        return
    with pytest.raises(CaseStateRefused):
        check_case_may_become(state, to)


def test_a_merged_case_stays_merged_and_a_closed_one_is_not_worked():
    assert not CASE_TRANSITIONS[CaseState.MERGED]
    assert set(CASE_STATES) == set(CASE_TRANSITIONS) == set(CaseState)
    for state in (CaseState.CLOSED, CaseState.MERGED):
        with pytest.raises(CaseStateRefused):
            check_at_work(state)


@given(st.integers(1, 10**8))
def test_the_serial_part_comes_back(serial):
    number = write_number(region="310000", year=2026, serial=serial)
    assert read_serial(number) == serial


def test_a_number_is_region_year_serial():
    assert write_number(region="310000", year=2026, serial=123) == "310000-2026-000123"
    for wrong in ("", "310000-2026", "310000-2026-12", "x10000-2026-000001"):
        with pytest.raises(NumberRefused):
            read_serial(wrong)


def test_of_a_person_something_is_said_in_the_fields_that_people_have():
    assert check_person({"name": " 张三 ", "about": " "}) == {"name": "张三"}
    for told in ({}, {"name": " "}, {"belief": "x"}):
        with pytest.raises(PersonRefused):
            check_person(told)
