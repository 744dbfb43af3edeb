"""What scanners say adds up so that a gap is never taken for a clearance."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from tipline.domain.evidence.files.indicators import SIGNS, SUSPICIOUS_FROM, judge_signs, weigh
from tipline.domain.evidence.files.signatures import DAYS_MAX, judge
from tipline.domain.evidence.files.verdict import (
    MESSAGES,
    WORDS,
    FileReport,
    Indicator,
    Verdict,
    add_up,
)
from tipline.domain.words import list_unfilled

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)
words = st.sampled_from(WORDS)


@given(st.lists(words))
def test_clean_needs_everybody(said: list[str]) -> None:
    assert (add_up(said) == "clean") == (set(said) == {"clean"})


@given(st.lists(words), words)
def test_one_more_word_never_makes_a_file_look_better(said: list[str], more: str) -> None:
    if said:
        assert WORDS.index(add_up([*said, more])) <= WORDS.index(add_up(said))


def test_nobody_looked_is_not_clean() -> None:
    assert FileReport(sha256="0" * 64, type="text/plain").word == "not_scanned"
    assert set(MESSAGES) == set(WORDS)


@given(st.integers(0, 4_000), st.sampled_from(["", "Eicar-Test-Signature"]))
def test_an_old_database_names_but_does_not_clear(days: int, found: str) -> None:
    verdict = judge(scanner="clamav", found=found, built_at=NOW - dt.timedelta(days=days), now=NOW)

    expected = "malicious" if found else "clean" if days <= DAYS_MAX else "not_scanned"
    assert verdict.word == expected
    assert "database" in verdict.detail


def test_without_a_database_nothing_was_scanned() -> None:
    assert judge(scanner="clamav", found="", built_at=None, now=NOW) == Verdict(
        "clamav", "not_scanned", "no signature database"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "of today"), (1, "1 day old"), (5, "5 days old"), (9, "9 days old, stale")],
)
def test_the_age_is_told(days: int, words: str) -> None:
    verdict = judge(scanner="clamav", found="", built_at=NOW - dt.timedelta(days=days), now=NOW)

    assert verdict.detail == f"database {words}"


@given(st.lists(st.sampled_from(sorted(SIGNS)), max_size=12))
def test_each_kind_of_sign_weighs_once_and_never_convicts(keys: list[str]) -> None:
    verdict = judge_signs(Indicator(key) for key in keys)

    assert weigh(Indicator(key) for key in keys) == sum(SIGNS[key].weight for key in set(keys))
    assert verdict.word in {"suspicious", "clean"}
    assert (verdict.word == "clean") == (
        sum(SIGNS[key].weight for key in set(keys)) < SUSPICIOUS_FROM
    )


def test_a_reason_can_be_said() -> None:
    indicator = Indicator("android.brand", {"brand": "ICBC", "package": "org.example"})

    assert list_unfilled(SIGNS[indicator.key].message, indicator.reason.params) == ()
