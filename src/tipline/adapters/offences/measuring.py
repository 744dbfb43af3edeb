"""Measures the recipes on the labelled sets: out of fold, by groups and, to compare, by rows."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold

from tipline.adapters.offences.fitting import (
    FOLDS,
    SEED,
    Fold,
    Taught,
    list_folds,
    number_texts,
    share_groups,
    test_folds,
)
from tipline.adapters.offences.sets import read_set
from tipline.domain.triage.offence.labelled import RECIPES, Labelled
from tipline.domain.triage.offence.scores import (
    Measured,
    Score,
    average_f1,
    fit_temperature,
    measure_calibration,
    score_classes,
    soften,
)

# What is measured: name, file, column of the label, kind that the macro figure leaves out.
SETS = (
    ("FBS SMS, 12 of its 13 labels", "text_zh_fbs_sms.csv.gz", "label_src", "FR_Phishing_Other_"),
    ("English SMS, 3 labels", "text_en_sms.csv.gz", "label_src", ""),
    ("Dark market titles, unseen vendors", "text_en_darkweb_listings.csv.gz", "label", ""),
    ("Job advertisements", "text_en_fakejobs.csv.gz", "label", ""),
    ("FBS SMS, our codes", "text_zh_fbs_sms.csv.gz", "label", ""),
)


def measure_all(folder: Path, *, seed: int = SEED) -> Iterator[Measured]:
    """Measure the recipes on each set.

    Raises:
        SetMissing: one is not there.

    """
    for name, file, column, left_out in SETS:
        labelled = list(read_set(folder, file, column=column))
        yield measure_set(name, labelled, left_out=left_out, seed=seed)


def measure_set(
    name: str, labelled: Sequence[Labelled], *, left_out: str = "", seed: int = SEED
) -> Measured:
    """Measure the recipe of the set's language on it."""
    recipe = RECIPES[labelled[0].language]
    codes = sorted({each.codes[0] for each in labelled})
    taught = number_texts(labelled, codes, recipe)
    folds = list_folds(taught, seed=seed)
    margins = test_folds(taught, recipe, folds).margins
    scores = score_classes(taught.kinds, margins.argmax(axis=1), len(codes))
    by_rows = test_folds(taught, recipe, split_rows(taught, seed=seed)).margins.argmax(axis=1)
    counted = [score for code, score in zip(codes, scores, strict=True) if code != left_out]
    without = codes.index(left_out) if left_out else -1
    random = score_classes(taught.kinds, by_rows, len(codes))
    return Measured(
        name=name,
        rows=tuple(_list_rows(codes, taught, scores)),
        macro=average_f1(counted),
        weighted=average_f1(scores, by_count=True),
        random=average_f1([s for code, s in zip(codes, random, strict=True) if code != left_out]),
        calibration=calibrate_across(margins, taught, folds, without=without),
        calibration_all=calibrate_across(margins, taught, folds),
        left_out=left_out,
    )


def split_rows(taught: Taught, *, seed: int) -> list[Fold]:
    """Split by rows, as many papers do: like texts stand on both sides, which flatters."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    return list(folds.split(taught.kinds, taught.kinds))


def calibrate_across(
    margins: NDArray[np.float32], taught: Taught, folds: Sequence[Fold], *, without: int = -1
) -> float:
    """Calibration error, each fold at the temperature of the others, ``without`` one kind's texts."""
    tops, is_right = np.zeros(taught.kinds.size), np.zeros(taught.kinds.size, dtype=bool)
    for others, test in folds:
        weights = share_groups(taught.groups[others])
        temperature = fit_temperature(margins[others], taught.kinds[others], weights=weights)
        sure = soften(margins[test], temperature)
        tops[test] = sure.max(axis=1)
        is_right[test] = sure.argmax(axis=1) == taught.kinds[test]
    kept = taught.kinds != without
    return measure_calibration(tops[kept], is_right[kept])


def _list_rows(
    codes: Sequence[str], taught: Taught, scores: Sequence[Score]
) -> Iterator[tuple[str, int, int, float, float, float]]:
    for number, (code, score) in enumerate(zip(codes, scores, strict=True)):
        groups = int(np.unique(taught.groups[taught.kinds == number]).size)
        yield code, score.count, groups, score.precision, score.recall, score.f1
