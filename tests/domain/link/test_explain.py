"""The shortest chain between two reports, and of several the one of the rarest identifiers."""

from collections.abc import Collection

from hypothesis import given, strategies as st

from tipline.domain.link.explain import Identifier, Step, explain


class Edges:
    def __init__(self, rows: Collection[tuple[str, str]]) -> None:
        self.rows = set(rows)

    def names_of(self, reports: Collection[str]) -> dict[str, list[Identifier]]:
        return {r: [("phone", v) for one, v in self.rows if one == r] for r in reports}

    def reports_of(self, identifiers: Collection[Identifier]) -> dict[Identifier, list[str]]:
        return {(k, v): [r for r, has in self.rows if has == v] for k, v in identifiers}

    def explain(self, one: str, two: str) -> list[Step] | None:
        return explain(one, two, names_of=self.names_of, reports_of=self.reports_of)


def test_the_chain_is_told_step_by_step() -> None:
    chain = Edges([("a", "1"), ("b", "1"), ("b", "2"), ("c", "2")]).explain("a", "c")

    assert [(step.one, step.two, step.value, step.weight) for step in chain or ()] == [
        ("a", "b", "1", 1.0),
        ("b", "c", "2", 1.0),
    ]


def test_the_rarer_identifier_explains() -> None:
    rows = [("a", "1"), ("b", "1"), *((report, "2") for report in "abcdefgh")]

    chain = Edges(rows).explain("a", "b")

    assert [(step.value, step.count) for step in chain or ()] == [("1", 2)]


def test_nothing_joins_strangers() -> None:
    assert Edges([("a", "1"), ("b", "2")]).explain("a", "b") is None


def test_what_everyone_names_explains_nothing() -> None:
    rows = [(str(number), "hotline") for number in range(1001)]

    assert Edges(rows).explain("1", "2") is None


@given(st.sets(st.tuples(st.sampled_from("abcdef"), st.sampled_from("12345")), max_size=14))
def test_a_chain_holds_and_reads_the_same_length_both_ways(rows: set[tuple[str, str]]) -> None:
    edges = Edges(rows)

    there, back = edges.explain("a", "b"), edges.explain("b", "a")

    assert (there is None) == (back is None)
    assert len(there or ()) == len(back or ())
    for step in there or ():
        assert {(step.one, step.value), (step.two, step.value)} <= rows
    for before, after in zip(there or (), (there or ())[1:], strict=False):
        assert before.two == after.one
