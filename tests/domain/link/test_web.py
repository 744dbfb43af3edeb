"""Chains and bridges, against a slow search over all."""

from datetime import date

from hypothesis import given, strategies as st

from tipline.domain.link.web import Web, find_chain, list_bridges, list_rotation

A, B, C = ("phone", "a"), ("phone", "b"), ("phone", "c")
edges = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from([("phone", f"p{n}") for n in range(6)])),
    max_size=30,
)


def parts(web, without=None):
    left, found = set(web.names), []
    while left:
        wait, part = [left.pop()], set()
        while wait:
            report = wait.pop()
            part.add(report)
            for name in web.names[report]:
                if name != without:
                    wait += [each for each in web.reports[name] if each not in part]
        left -= part
        found.append(part)
    return found


def test_the_chain_names_each_link():
    web = Web([(1, A), (2, A), (2, B), (3, B)])

    assert [(s.one, s.other, s.name, s.count) for s in find_chain(web, 1, 3)] == [
        (1, 2, A, 2),
        (2, 3, B, 2),
    ]
    assert find_chain(web, 1, 99) == ()


def test_a_bridge_tells_what_it_holds_together():
    web = Web([(1, A), (2, A), (3, B), (4, B), (5, B), (1, C), (3, C)])

    assert [(b.name, b.parts) for b in list_bridges(web)] == [(C, (3, 2))]


def test_rotation_counts_by_week():
    web = Web([(1, A), (2, A), (3, B), (4, B)])
    days = {1: date(2026, 5, 4), 2: date(2026, 5, 5), 3: date(2026, 5, 20), 4: date(2026, 5, 20)}

    weeks, rows = list_rotation(web, days)

    assert weeks == [date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)]
    assert [(row.name, row.counts) for row in rows] == [(A, (2, 0, 0)), (B, (0, 0, 2))]


@given(edges)
def test_bridges_are_what_a_slow_search_finds(told):
    web = Web(told)
    slow = {}
    for name, reports in web.reports.items():
        whole = next(part for part in parts(web) if reports[0] in part)
        left = [len(p) for p in parts(web, without=name) if p <= whole]
        if sum(1 for each in left if each > 1) > 1:
            slow[name] = tuple(sorted((each for each in left if each > 1), reverse=True))

    assert {each.name: each.parts for each in list_bridges(web)} == slow


@given(edges, st.integers(0, 9), st.integers(0, 9))
def test_a_chain_leads_from_one_to_the_other(told, one, other):
    web = Web(told)
    chain = find_chain(web, one, other)

    joined = one != other and any({one, other} <= part for part in parts(web))
    assert bool(chain) == joined
    at = one
    for step in chain:
        assert step.one == at
        assert {step.one, step.other} <= set(web.reports[step.name])
        at = step.other
    assert not chain or at == other
