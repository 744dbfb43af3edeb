"""Which words of a text spoke for an offence: the n-grams that weighed most, merged into spans."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.offence.grams import list_grams
from tipline.domain.triage.offence.letters import Places, Stream
from tipline.domain.triage.offence.model import Floats, Voice

MOST = 3  # spans told
_SHARE = 0.25  # of the weightiest letter: what a letter must weigh to belong to a span


def find_spans(
    voice: Voice, stream: Stream, asked: Sequence[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """For each (row, kind) asked the spans of the text that spoke for the kind, weightiest first."""
    if not asked:
        return []
    weights = _weigh_letters(voice, stream, asked)
    return [
        _merge(stream, int(stream.starts[row]), letters)
        for (row, _), letters in zip(asked, weights, strict=True)
    ]


def _weigh_letters(voice: Voice, stream: Stream, asked: Sequence[tuple[int, int]]) -> list[Floats]:
    # A gram speaks for a kind by how much more it weighs for it than for the others on average.
    grams = [
        (size, voice.slots[hashed] * is_whole)
        for size, (hashed, is_whole) in zip(
            voice.sizes, list_grams(stream, sizes=voice.sizes, bits=voice.bits), strict=True
        )
    ]
    return [_weigh_row(voice, stream, grams, row=row, kind=kind) for row, kind in asked]


def _weigh_row(
    voice: Voice, stream: Stream, grams: list[tuple[int, NDArray[np.int32]]], *, row: int, kind: int
) -> Floats:
    start, end = int(stream.starts[row]), int(stream.starts[row + 1])
    letters = np.zeros(end - start + 4, dtype=np.float32)
    for size, found in grams:
        weights = voice.rows[found[start:end]]
        spoke = (weights[:, kind] - weights[:, :-1].mean(axis=1)) / size
        for step in range(size):
            letters[step : step + spoke.size] += spoke
    return letters[1 : end - start]  # without the edge


def _merge(stream: Stream, edge: int, letters: Floats) -> list[tuple[int, int]]:
    if not letters.size or letters.max() <= 0:
        return []
    is_heavy = letters >= letters.max() * _SHARE
    bounds = np.flatnonzero(np.diff(is_heavy, prepend=False, append=False))
    heads, tails = bounds[::2], bounds[1::2]
    totals = np.add.reduceat(letters, bounds[:-1] if bounds[-1] == letters.size else bounds)[::2]
    order = np.argsort(-totals, kind="stable")[:MOST]
    return [_place(stream, edge + 1 + int(heads[each]), edge + int(tails[each])) for each in order]


def _place(stream: Stream, first: int, last: int) -> tuple[int, int]:
    begins: Places = stream.begins
    return int(begins[first]), int(stream.ends[last])
