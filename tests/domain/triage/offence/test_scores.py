"""Figures are what their definitions say, and a contest is won only by more than chance."""

import numpy as np
import pytest

from tipline.domain.triage.offence.contest import compare
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.scores import (
    average_f1,
    find_least,
    fit_temperature,
    measure_calibration,
    score_classes,
    soften,
)
from tipline.domain.triage.opinion import Guess, Opinion


def test_scores_count_what_was_right() -> None:
    scores = score_classes(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 2)

    assert (scores[0].precision, scores[0].recall) == (1.0, 0.5)
    assert scores[1].f1 == pytest.approx(0.8)
    assert average_f1(scores) == pytest.approx((2 / 3 + 0.8) / 2)


def test_calibration_is_nought_for_a_model_that_is_as_right_as_it_says() -> None:
    sure, right = np.full(100, 0.8), np.arange(100) < 80

    assert measure_calibration(sure, right) == pytest.approx(0.0, abs=1e-9)
    assert measure_calibration(sure, np.zeros(100, dtype=bool)) == pytest.approx(0.8)


def test_the_temperature_makes_margins_as_sure_as_they_are_right() -> None:
    draw = np.random.default_rng(1)
    logits = draw.normal(size=(4_000, 3)) * 2
    true = np.array([draw.choice(3, p=row) for row in soften(logits, 1.0)])

    assert fit_temperature(logits * 0.2, true) == pytest.approx(0.2, rel=0.15)


def test_the_least_confidence_keeps_the_precision() -> None:
    sure = np.linspace(1.0, 0.0, 100)
    right = np.arange(100) < 50

    least = find_least(sure, right, 0.9)

    assert (right[sure >= least]).mean() >= 0.9
    assert find_least(sure, np.zeros(100, dtype=bool), 0.9) > 1


def say(code: str | None) -> Opinion:
    guesses = (Guess(code, 0.9),) if code else ()
    return Opinion(offences=guesses, unsure=code is None, language="zh")


def test_a_model_wins_only_by_more_than_chance() -> None:
    texts = [Labelled(text=f"text {n}", codes=("FR-PHISH",)) for n in range(100)]
    unsure, right = [say(None)] * 100, [say("FR-PHISH")] * 100
    mixed = [say("FR-PHISH" if n % 2 else "IL-DOC") for n in range(100)]

    assert compare(texts, old=unsure, new=right).is_better
    assert not compare(texts, old=right, new=right).is_better
    assert not compare(texts, old=unsure, new=mixed).is_better
    assert not compare(texts[:20], old=unsure[:20], new=right[:20]).is_better
    assert not compare([], old=[], new=[]).is_better
