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


def tabulate(texts: Sequence[str], recipe: Recipe) -> sparse.csr_matrix:
    """Which of ``2**bits`` grams each text has: a table of ones, one row a text."""
    bounds = [*range(0, len(texts), _AT_ONCE), len(texts)]
    parts = [_tabulate(texts[first:last], recipe) for first, last in pairwise(bounds)]
    return sparse.vstack(parts, format="csr", dtype=np.float32)


def _tabulate(texts: Sequence[str], recipe: Recipe) -> sparse.csr_matrix:
    stream = mask_letters(fold_letters(texts), with_stops=recipe.with_stops)
    rows = list_rows(stream)
    found = list(list_grams(stream, sizes=recipe.sizes, bits=recipe.bits))
    owners = np.concatenate([rows[is_whole] for _, is_whole in found])
    grams = np.concatenate([hashed[is_whole] for hashed, is_whole in found])
    pairs = pair_rows(owners, grams)
    grams = pairs & ((1 << ROW_SHIFT) - 1)
    edges = np.searchsorted(pairs >> ROW_SHIFT, np.arange(len(texts) + 1))
    ones = np.ones(grams.size, dtype=np.float32)
    return sparse.csr_matrix((ones, grams, edges), shape=(len(texts), 1 << recipe.bits))


def count_groups(table: sparse.csr_matrix, groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """In how many groups each gram stands."""
    owners = np.repeat(groups, np.diff(table.indptr)).astype(np.int64)
    pairs = np.unique(owners << ROW_SHIFT | table.indices)
    return np.bincount(pairs & ((1 << ROW_SHIFT) - 1), minlength=table.shape[1])
