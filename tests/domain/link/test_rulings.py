"""What people ruled is obeyed, whatever the identifiers say."""

import pytest
from hypothesis import given, strategies as st

from tipline.domain.link.rulings import RulingsContradict, join_rulings, split

UNITS = st.integers(1, 8)
NAMES = st.lists(st.tuples(st.integers(2, 4), st.integers(1, 4), UNITS), max_size=20)
APART = st.lists(st.tuples(UNITS, UNITS).filter(lambda pair: pair[0] != pair[1]), max_size=6)


def test_a_chain_of_rulings_is_one_group() -> None:
    assert join_rulings([("c", "b"), ("b", "a")], []) == [("a", "a"), ("b", "a"), ("c", "a")]


def test_a_report_is_never_apart_from_itself() -> None:
    with pytest.raises(RulingsContradict):
        join_rulings([], [("a", "a")])


@given(NAMES, APART)
def test_no_pair_stays_together_and_nothing_is_lost(
    names: list[tuple[int, int, int]], apart: list[tuple[int, int]]
) -> None:
    parts = split(range(1, 9), names, apart)

    assert set(parts) == set(range(1, 9))
    assert all(parts[one] != parts[two] for one, two in apart)
    assert parts == split(range(8, 0, -1), names[::-1], [(two, one) for one, two in apart[::-1]])


def test_the_rarer_identifier_decides_who_stays() -> None:
    parts = split([1, 2, 3], [(5, 1, 1), (5, 1, 3), (2, 2, 2), (2, 2, 3)], [(1, 2)])

    assert parts == {1: 1, 2: 2, 3: 2}
