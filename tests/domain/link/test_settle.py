"""Names outlive growth, merge and split."""

from hypothesis import given, strategies as st

from tipline.domain.link.settle import settle

reports = st.integers(0, 12)


def test_growth_keeps_the_name():
    done = settle(old={1: "1", 2: "1"}, new={1: 5, 2: 5, 3: 5}, late={}, taken=())

    assert done.moves == {3: "1"}
    assert (done.merged, done.split, done.founded) == ((), (), ())


def test_the_larger_part_keeps_the_name_and_the_other_is_told_to_have_split():
    old = dict.fromkeys(range(1, 6), "1")
    done = settle(old=old, new={1: 0, 2: 0, 3: 1, 4: 1, 5: 1}, late={}, taken=["1"])

    assert done.moves == {1: "1-1", 2: "1-1"}
    assert done.split == (("1", "1-1"),)


def test_a_merged_cluster_takes_along_what_came_late():
    old = {1: "1", 2: "1", 3: "3"}
    done = settle(old=old, new={1: 0, 2: 0, 3: 0}, late={9: "3"}, taken=())

    assert done.merged == (("3", "1"),)
    assert done.moves == {3: "1", 9: "1"}


def test_a_report_without_links_leaves_its_cluster():
    assert settle(old={1: "1", 2: "1"}, new={1: 0}, late={}, taken=()).moves == {2: ""}


@given(
    st.dictionaries(reports, st.sampled_from("abc")), st.dictionaries(reports, st.integers(0, 4))
)
def test_the_named_parts_are_the_linked_parts(old, new):
    done = settle(old=old, new=new, late={}, taken=())
    after = {k: v for k, v in (old | done.moves).items() if v}

    assert after.keys() == new.keys()
    for one in new:
        for other in new:
            assert (after[one] == after[other]) == (new[one] == new[other])
    assert settle(old=after, new=new, late={}, taken=()).moves == {}
