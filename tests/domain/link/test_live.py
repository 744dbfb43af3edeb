"""A report goes to one cluster or founds one; hubs and single weak clues bring it nowhere."""

from hypothesis import given, strategies as st

from tipline.domain.link.live import HUB_LEAST, Owner, choose, name_cluster, place

clues = st.lists(
    st.tuples(st.sampled_from(["phone", "wechat", "ip", "cert", "bank_card"]), st.integers(1, 30)),
    max_size=4,
    unique_by=lambda clue: clue[1],
)


def test_one_strong_clue_is_enough_and_one_weak_is_not():
    owners = {1: Owner("7", 1, 1), 2: Owner("7", 4, 4), 3: Owner("7", 4, 4)}

    assert choose([("phone", 1)], owners).cluster == "7"
    assert choose([("ip", 2)], owners) is None
    assert choose([("ip", 2), ("cert", 3)], owners).because == (("ip", 2), ("cert", 3))


def test_a_hub_brings_a_report_nowhere():
    assert choose([("phone", 1)], {1: Owner("7", 10, HUB_LEAST)}) is None
    assert choose([("phone", 1)], {1: Owner("7", 10**6 - 1, 10**6)}) is not None


def test_a_report_that_names_two_clusters_joins_neither():
    owners = {1: Owner("7", 5, 5), 2: Owner("8", 5, 5)}

    placed = place([(9, [("phone", 1), ("wechat", 2)])], owners, taken=["7", "8"])

    assert placed[9].cluster == "9"
    assert owners[1] == Owner("7", 5, 6)


def test_a_new_name_is_never_one_that_was_used():
    assert name_cluster(4, {"4", "4-1"}) == "4-2"


@given(st.lists(clues, max_size=30))
def test_live_never_unites_and_counts_what_it_saw(named):
    reports = list(enumerate(named))
    owners: dict[int, Owner] = {}

    placed = place(reports, owners, taken=())
    again: dict[int, Owner] = {}
    for report, told in reports:  # one at a time comes to the same
        assert place(
            [(report, told)], again, taken={p.cluster for r, p in placed.items() if r < report}
        ) == {r: p for r, p in placed.items() if r == report}

    assert set(placed) == {report for report, told in reports if told}
    assert owners == again
    for identifier, owner in owners.items():
        naming = [r for r, told in reports if identifier in {each for _, each in told}]
        assert owner.total == len(naming)
        assert owner.mine == sum(placed[r].cluster == owner.cluster for r in naming)
