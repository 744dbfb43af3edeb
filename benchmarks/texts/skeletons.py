"""Skeletons of unrelated messages put together from the same pieces, millions at a time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.templates.skeleton import Skeletons, fold_texts, gather_spans

PIECES_A_TEXT = (4, 12)


def fold_pieces(pieces: Sequence[str]) -> Skeletons:
    """Fold pieces as texts are folded."""
    return fold_texts(pieces, gather_spans([()] * len(pieces)))


def draw_skeletons(pieces: Skeletons, count: int, draw: np.random.Generator) -> Skeletons:
    """Draw ``count`` skeletons of 4 to 11 pieces each."""
    counts = draw.integers(*PIECES_A_TEXT, count)
    chosen = draw.integers(0, len(pieces), counts.sum())
    lengths = pieces.lengths[chosen]
    ends = np.cumsum(lengths)
    starts = np.repeat(pieces.bounds[chosen] - (ends - lengths), lengths)
    codes = pieces.codes[starts + np.arange(ends[-1])]
    bounds = np.concatenate(([0], ends[np.cumsum(counts) - 1]))
    return Skeletons(codes, bounds)


def edit_skeletons(skeletons: Skeletons, edits: float, draw: np.random.Generator) -> Skeletons:
    """Replace that share of letters by others of the same skeletons."""
    codes = skeletons.codes.copy()
    changed: NDArray[np.int64] = np.flatnonzero(draw.random(len(codes)) < edits)
    codes[changed] = draw.choice(codes, len(changed))
    return Skeletons(codes, skeletons.bounds)
