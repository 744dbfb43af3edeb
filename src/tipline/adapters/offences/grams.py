"""Texts as a sparse table of grams, for fitting; the same grams that reading weighs."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from tipline.domain.triage.offence.grams import ROW_SHIFT, list_grams, list_rows, pair_rows
from tipline.domain.triage.offence.labelled import Recipe
from tipline.domain.triage.offence.letters import fold_letters, mask_letters

_AT_ONCE = 2_000
_GRAM = (1 << ROW_SHIFT) - 1
Numbers = NDArray[np.int64]


def tabulate(texts: Sequence[str], recipe: Recipe) -> tuple[sparse.csr_matrix, Numbers]:
    """Which of ``2**bits`` grams each text has, as a table of ones; and how many letters it has."""
    bounds = [*range(0, len(texts), _AT_ONCE), len(texts)]
    parts = [_tabulate(texts[first:last], recipe) for first, last in pairwise(bounds)]
    table = sparse.vstack([each for each, _ in parts], format="csr", dtype=np.float32)
    return table, np.concatenate([sizes for _, sizes in parts])


def _tabulate(texts: Sequence[str], recipe: Recipe) -> tuple[sparse.csr_matrix, Numbers]:
    stream = mask_letters(fold_letters(texts), with_stops=recipe.with_stops)
    rows = list_rows(stream)
    found = list(list_grams(stream, sizes=recipe.sizes, bits=recipe.bits))
    owners = np.concatenate([rows[is_whole] for _, is_whole in found])
    grams = np.concatenate([hashed[is_whole] for hashed, is_whole in found])
    pairs = pair_rows(owners, grams)
    edges = np.searchsorted(pairs >> ROW_SHIFT, np.arange(len(texts) + 1))
    ones = np.ones(pairs.size, dtype=np.float32)
    shape = (len(texts), 1 << recipe.bits)
    return sparse.csr_matrix((ones, pairs & _GRAM, edges), shape=shape), np.diff(stream.starts) - 1


def count_groups(table: sparse.csr_matrix, groups: Numbers) -> Numbers:
    """In how many groups each gram stands."""
    owners = np.repeat(groups, np.diff(table.indptr)).astype(np.int64)
    pairs = np.unique(owners << ROW_SHIFT | table.indices)
    return np.bincount(pairs & _GRAM, minlength=table.shape[1])
