"""How well a model did: figures of each kind, calibration, and the temperature that mends it."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Margins = NDArray[np.floating]
_BINS = 15
_ENOUGH = 20  # texts above a threshold, for it to mean anything


class Score(Struct, frozen=True):
    """Precision, recall and F1 of one kind, and how many texts were of it."""

    precision: float
    recall: float
    f1: float
    count: int


def score_classes(true: Numbers, told: Numbers, kinds: int) -> list[Score]:
    """Score each of the ``kinds`` 0.. by what was ``true`` and what was ``told``; -1 told is nothing."""
    return [_score(true == kind, told == kind) for kind in range(kinds)]


def _score(is_true: NDArray[np.bool_], is_told: NDArray[np.bool_]) -> Score:
    right, told, true = (int(each.sum()) for each in (is_true & is_told, is_told, is_true))
    f1 = 2 * right / (told + true) if told + true else 0.0
    return Score(right / told if told else 0.0, right / true if true else 0.0, f1, true)


def average_f1(scores: list[Score], *, by_count: bool = False) -> float:
    """Mean F1 over kinds: each the same (macro), or by how many texts were of it (weighted)."""
    weights = [each.count if by_count else 1 for each in scores]
    return float(np.average([each.f1 for each in scores], weights=weights))


def soften(margins: Margins, temperature: float) -> NDArray[np.float64]:
    """Softmax of the margins at a temperature: rows sum to one."""
    scaled = margins.astype(np.float64) / temperature
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def measure_calibration(confidences: NDArray[np.float64], is_right: NDArray[np.bool_]) -> float:
    """Expected calibration error over 15 equal bins (Guo et al., ICML 2017)."""
    bins = np.minimum((confidences * _BINS).astype(int), _BINS - 1)
    errors = 0.0
    for each in np.unique(bins):
        here = bins == each
        errors += here.mean() * abs(confidences[here].mean() - is_right[here].mean())
    return float(errors)


def fit_temperature(
    margins: Margins, true: Numbers, *, weights: NDArray[np.float64] | None = None
) -> float:
    """Temperature of the least negative log-likelihood, by golden section between .02 and 2.

    ``weights`` of texts keep one wording that was told often from deciding it.
    """
    low, high, ratio = np.log(0.02), np.log(2.0), (np.sqrt(5) - 1) / 2
    rows = np.arange(true.size)

    def lose(log_temperature: float) -> float:
        sure = soften(margins, float(np.exp(log_temperature)))[rows, true]
        return float(-np.average(np.log(np.maximum(sure, 1e-12)), weights=weights))

    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if lose(left) < lose(right) else (left, high)
    return float(np.exp((low + high) / 2))


def find_least(
    confidences: NDArray[np.float64], is_right: NDArray[np.bool_], precision: float
) -> float:
    """Lowest confidence from which on at least ``precision`` were right; 2.0 where there is none.

    Twenty texts at least must stand above it.
    """
    order = np.argsort(-confidences, kind="stable")
    share = np.cumsum(is_right[order]) / np.arange(1, order.size + 1)
    enough = np.flatnonzero((share >= precision) & (np.arange(order.size) >= _ENOUGH - 1))
    return float(confidences[order][enough[-1]]) if enough.size else 2.0


class Measured(Struct, frozen=True, kw_only=True):
    """How a recipe did on one labelled set: ``rows`` are (kind, texts, groups, precision, recall, F1).

    ``left_out`` is a kind that the macro and the calibration figure leave out. ``calibration`` is the
    expected calibration error at a temperature that was fitted to other folds; ``calibration_all``
    has the left-out kind in it.
    """

    name: str
    rows: tuple[tuple[str, int, int, float, float, float], ...]
    macro: float
    weighted: float
    random: float
    calibration: float
    calibration_all: float
    left_out: str = ""
