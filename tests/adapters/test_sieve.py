"""Both sieves, Python's own and Polars', say the same of every text."""

import pytest
from hypothesis import given, strategies as st

from tipline.adapters.sieve import PolarsSieve
from tipline.domain.triage.scan import PlainSieve, Sieve, scan, scan_many

PATTERNS = ("[0-9]{3}", "(?i)abc", "微|信", r"^\s*x", "[^a-z]{2}")
TEXTS = st.lists(st.text() | st.text("013ABabc微信 \u200b\ud800xX\n"), max_size=20)


@pytest.fixture(params=[PlainSieve, PolarsSieve])
def sieve(request: pytest.FixtureRequest) -> Sieve:
    return request.param()


def test_a_bit_for_each_pattern(sieve: Sieve) -> None:
    assert list(sieve.sift(["123", "ABC 微", "", " x"], PATTERNS[:4])) == [1, 6, 0, 8]


def test_nothing_is_sifted_from_nothing(sieve: Sieve) -> None:
    assert list(sieve.sift([], PATTERNS)) == []


def test_lone_surrogates_pass(sieve: Sieve) -> None:
    assert list(sieve.sift(["\ud800 123"], PATTERNS[:1])) == [1]


@given(TEXTS)
def test_they_agree(texts: list[str]) -> None:
    plain, polars = PlainSieve(), PolarsSieve()

    assert list(plain.sift(texts, PATTERNS[:4])) == list(polars.sift(texts, PATTERNS[:4]))


@given(
    st.lists(
        st.from_regex(r"(微信|QQ|http://|1[38][0-9]{9}|[a-z]{3}\.(com|cn)|。| |[0-9]){1,6}"),
        max_size=20,
    )
)
def test_many_texts_read_as_each_does(texts: list[str]) -> None:
    assert scan_many(texts, sieve=PolarsSieve()) == [scan(each) for each in texts]
