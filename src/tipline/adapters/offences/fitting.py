"""Fits a language's offence model with scikit-learn: a linear SVM over hashed grams, calibrated.

What decides (temperature, doubts, which kinds may be named) is measured out of fold: groups that
the fold's model has not seen. Nothing random is left open, so that the same texts give the same
bytes under the same locked libraries.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from tipline.adapters.offences.grams import count_groups, tabulate
from tipline.domain.triage.offence.labelled import Labelled, Recipe
from tipline.domain.triage.offence.model import Kind, Voice, Weighing, measure_trust
from tipline.domain.triage.offence.scores import (
    find_least,
    fit_temperature,
    score_classes,
    soften,
)
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE

FOLDS, SEED = 5, 0
Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]
Fold = tuple[Numbers, Numbers]


class Taught(Struct, frozen=True):
    """Texts as numbers: a table of grams, the kind, the group and the letters of each text."""

    table: sparse.csr_matrix
    kinds: Numbers
    groups: Numbers
    sizes: Numbers


class Fitted(Struct, frozen=True):
    """A linear model over the ``grams`` (numbers of columns) that it kept."""

    grams: Numbers
    rarity: Floats
    weights: Floats  # kinds by grams
    bias: Floats


def fit_voice(labelled: Sequence[Labelled], recipe: Recipe) -> Voice:
    """Fit a model to ``labelled`` texts of one language."""
    codes = sorted({each.codes[0] for each in labelled})
    taught = number_texts(labelled, codes, recipe)
    tested = test_folds(taught, recipe, list_folds(taught))
    temperature = fit_temperature(tested.margins, taught.kinds, weights=share_groups(taught.groups))
    sure = soften(tested.margins, temperature)
    return pack(
        fit(taught, recipe),
        recipe,
        kinds=tuple(
            _describe(code, number, taught, sure=sure, recipe=recipe)
            for number, code in enumerate(codes)
        ),
        temperature=round(temperature, 4),
        least_trust=math.floor(np.quantile(measure_trust(tested), recipe.refuse) * 1e4) / 1e4,
        most_letters=int(np.quantile(taught.sizes, 1 - recipe.refuse_long)),
    )


def number_texts(labelled: Sequence[Labelled], codes: Sequence[str], recipe: Recipe) -> Taught:
    """Turn texts into numbers; a text's kind is its first code's place among ``codes``."""
    kinds = np.searchsorted(codes, [each.codes[0] for each in labelled])
    names = [each.group or str(number) for number, each in enumerate(labelled)]
    groups = np.unique(names, return_inverse=True)[1]
    table, sizes = tabulate([each.text for each in labelled], recipe)
    return Taught(table, kinds.astype(np.int64), groups.astype(np.int64), sizes)


def list_folds(taught: Taught, *, seed: int = SEED) -> list[Fold]:
    """Split into folds that share no group: pairs of what teaches and what tests."""
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    return list(folds.split(taught.kinds, taught.kinds, taught.groups))


def test_folds(taught: Taught, recipe: Recipe, folds: Sequence[Fold]) -> Weighing:
    """Weigh every text by the model of the fold that did not see its group."""
    count = int(taught.kinds.max()) + 1
    margins = np.full((taught.kinds.size, count), -9.0, dtype=np.float32)
    known = np.zeros(taught.kinds.size, dtype=np.float32)
    for teach, test in folds:
        fitted = fit(take_rows(taught, teach), recipe, kinds=count)
        margins[test], known[test] = weigh(fitted, taught.table[test])
    return Weighing(margins, known, taught.sizes)


def take_rows(taught: Taught, rows: Numbers) -> Taught:
    """Take some of the texts."""
    return Taught(taught.table[rows], taught.kinds[rows], taught.groups[rows], taught.sizes[rows])


def fit(taught: Taught, recipe: Recipe, *, kinds: int | None = None) -> Fitted:
    """Fit one model to all that is given; one of the ``kinds`` that is not there weighs minus one."""
    counted = count_groups(taught.table, taught.groups)
    grams = np.flatnonzero(counted >= recipe.wordings_least)
    rare = (np.log((1 + taught.kinds.size) / (1 + counted[grams])) + 1) ** recipe.rarity
    rarity: Floats = rare.astype(np.float32)
    table = _scale(taught.table[:, grams], rarity)
    machine = LinearSVC(C=recipe.strength, random_state=SEED, max_iter=5_000)
    machine.fit(table, taught.kinds, sample_weight=weigh_texts(taught, recipe))
    weights, bias = _spread(machine, kinds or int(taught.kinds.max()) + 1)
    return Fitted(grams, rarity, weights, bias)


def _spread(machine: LinearSVC, count: int) -> tuple[Floats, Floats]:
    # Two kinds have one plane between them; kinds that were not there have none.
    planes, offsets = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        planes, offsets = np.vstack([-planes, planes]), np.append(-offsets, offsets)
    weights = np.zeros((count, planes.shape[1]), dtype=np.float32)
    bias = np.full(count, -1.0, dtype=np.float32)
    weights[machine.classes_], bias[machine.classes_] = planes, offsets
    return weights, bias


def share_groups(groups: Numbers) -> NDArray[np.float64]:
    """Weights of texts by which each group weighs the same."""
    return 1.0 / np.bincount(groups)[groups]


def weigh_texts(taught: Taught, recipe: Recipe) -> NDArray[np.float64]:
    """Weights of texts: those of one group share theirs, and rare kinds weigh more (recipe)."""
    alike = np.bincount(taught.groups)[taught.groups]
    weights = 1.0 / alike**recipe.crowd
    totals = np.bincount(taught.kinds, weights)
    present = np.count_nonzero(totals)
    return np.asarray(
        weights * (weights.sum() / (present * totals[taught.kinds])) ** recipe.balance
    )


def weigh(fitted: Fitted, table: sparse.csr_matrix) -> tuple[Floats, Floats]:
    """Margins of texts, and the share of their grams that the model knows."""
    kept = table[:, fitted.grams]
    margins = _scale(kept, fitted.rarity) @ fitted.weights.T + fitted.bias
    known = np.diff(kept.indptr) / np.maximum(np.diff(table.indptr), 1)
    return np.asarray(margins, dtype=np.float32), known.astype(np.float32)


def _scale(table: sparse.csr_matrix, rarity: Floats) -> sparse.csr_matrix:
    scaled = table.multiply(rarity[None, :]).tocsr()
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ scaled).tocsr()


def _describe(
    code: str, number: int, taught: Taught, *, sure: NDArray[np.float64], recipe: Recipe
) -> Kind:
    told, mine = sure.argmax(axis=1), taught.kinds == number
    score = score_classes(taught.kinds, told, number + 1)[number]
    wordings = int(np.unique(taught.groups[mine]).size)
    here = told == number
    least = find_least(sure[here, number], mine[here], recipe.precision_least)
    has_learnt = is_nameable(code) and wordings >= recipe.teach_least and least <= 1.0
    return Kind(
        code=code,
        may_name=code == NONE or has_learnt,
        least=0.0 if code == NONE else round(min(least, 1.0), 4),
        texts=int(mine.sum()),
        wordings=wordings,
        precision=round(score.precision, 4),
        recall=round(score.recall, 4),
        f1=round(score.f1, 4),
    )


def is_nameable(code: str) -> bool:
    """Tell whether the table of offences lets a text model name ``code``."""
    return code in OFFENCES and OFFENCES[code].model_may_name


def pack(fitted: Fitted, recipe: Recipe, **measured: Any) -> Voice:
    """Put a fitted model into the form that reads; weights are rounded to half precision."""
    slots = np.zeros(1 << recipe.bits, dtype=np.int32)
    slots[fitted.grams] = np.arange(1, fitted.grams.size + 1)
    rows = np.zeros((fitted.grams.size + 1, fitted.bias.size + 1), dtype=np.float32)
    rows[1:, :-1] = (fitted.weights * fitted.rarity).T
    rows[1:, -1] = fitted.rarity**2
    return Voice(
        language=recipe.language,
        sizes=recipe.sizes,
        bits=recipe.bits,
        with_stops=recipe.with_stops,
        slots=slots,
        rows=rows.astype(np.float16).astype(np.float32),
        bias=fitted.bias,
        **measured,
    )
