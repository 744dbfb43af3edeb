"""What beats what: an exception, our own decision, the entry that tells more."""

from datetime import date

from hypothesis import given, strategies as st

from tipline.domain.triage.known import Hit, Standing, list_entries, settle, weigh
from tipline.domain.triage.reasons import REASONS, render

ENTRIES = list_entries("url", "https://shop.host.example.com/pay/now?x=1")
DAY = date(2026, 5, 4)


def make_hit(entry: str, *, is_bad: bool = True, is_own: bool = False) -> Hit:
    if is_own:
        return Hit(entry=entry, is_bad=is_bad, source="own", since=DAY, report=7)
    return Hit(entry=entry, is_bad=is_bad, source="a bank", since=DAY, list_name="phish")


def test_an_exception_for_the_subject_beats_every_list_and_decision() -> None:
    hits = [make_hit(ENTRIES[0]), make_hit("example.com/"), make_hit(ENTRIES[0], is_own=True)]

    assert settle(ENTRIES, hits, {ENTRIES[0]}) == ()


def test_an_exception_for_a_shop_leaves_its_listed_page_listed() -> None:
    page, host = make_hit("shop.host.example.com/pay/"), make_hit("example.com/")

    assert settle(ENTRIES, [page, host], {"shop.host.example.com/"}) == (page,)


def test_an_exception_elsewhere_means_nothing_here() -> None:
    hit = make_hit("example.com/")

    assert settle(ENTRIES, [hit], {"other.example.com/"}) == (hit,)


def test_our_own_decision_comes_first() -> None:
    own, listed = make_hit("example.com/", is_own=True), make_hit(ENTRIES[0], is_bad=False)

    assert settle(ENTRIES, [listed, own], ()) == (own, listed)
    assert weigh(settle(ENTRIES, [listed, own], ())) is Standing.BAD


def test_the_entry_that_tells_more_decides_between_lists() -> None:
    page = make_hit("shop.host.example.com/pay/")
    platform = make_hit("example.com/", is_bad=False)

    assert weigh(settle(ENTRIES, [platform, page], ())) is Standing.BAD
    assert weigh(settle(ENTRIES, [platform], ())) is Standing.GOOD
    assert weigh(()) is Standing.UNKNOWN


def test_lists_that_differ_on_one_entry_are_a_dispute() -> None:
    hits = settle(ENTRIES, [make_hit("example.com/"), make_hit("example.com/", is_bad=False)], ())

    assert weigh(hits) is Standing.DISPUTED


@given(
    st.lists(st.tuples(st.sampled_from(ENTRIES), st.booleans(), st.booleans()), max_size=6),
    st.sets(st.sampled_from(ENTRIES), max_size=3),
)
def test_more_exceptions_never_accuse_more(told: list, removed: set[str]) -> None:
    hits = [make_hit(entry, is_bad=bad or own, is_own=own) for entry, bad, own in told]
    before, after = settle(ENTRIES, hits, ()), settle(ENTRIES, hits, removed)

    assert [hit for hit in before if hit in after] == list(after)
    assert not any(hit.entry in removed for hit in after)


def test_every_hit_has_words() -> None:
    payee = Hit(entry="bank_card\t1", is_bad=True, source="own", since=DAY, report=7, is_payee=True)
    every = [make_hit("a/"), make_hit("a/", is_bad=False), make_hit("a/", is_own=True), payee]

    for hit in every:
        words = render(hit.reason, language="en", translate=str)
        assert "2026-05-04" in words
        assert ("no. 7" in words) is hit.is_own
    assert {hit.reason.key for hit in every} == {key for key in REASONS if key.startswith("hit.")}
