"""Which words of a text spoke for an offence: the n-grams that weighed most, merged into spans."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.offence.grams import list_grams
from tipline.domain.triage.offence.letters import Places, Stream
from tipline.domain.triage.offence.model import Floats, Voice

MOST = 3  # spans told
_SHARE = 0.25  # of the weightiest letter: what a letter must weigh to belong to a span
_WORDS = np.ones(0x80, dtype=bool)  # of ASCII: letters, digits and marks; all else is in words
_WORDS[[*range(0x20, 0x30), *range(0x3A, 0x61), *range(0x7B, 0x80)]] = False
Spans = list[tuple[int, int]]


def find_spans(voice: Voice, stream: Stream, asked: Sequence[tuple[int, int]]) -> list[Spans]:
    """For each (row, kind) asked the spans of the text that spoke for the kind, weightiest first."""
    if not asked:
        return []
    rows, kinds = (np.array(each) for each in zip(*asked, strict=True))
    sizes = stream.starts[rows + 1] - stream.starts[rows] + 1  # from edge to edge, with both
    starts = np.concatenate(([0], np.cumsum(sizes)))
    places = np.arange(starts[-1]) + np.repeat(stream.starts[rows] - starts[:-1], sizes)
    is_edge = np.zeros(places.size, dtype=bool)
    is_edge[starts[1:] - 1] = True
    weights = _weigh_letters(voice, stream, places, kinds=np.repeat(kinds, sizes), is_over=is_edge)
    is_edge[starts[:-1]] = True
    weights[is_edge] = 0
    grown = _grow(
        weights, starts, _list_words(stream, places, is_edge) if voice.with_stops else None
    )
    spans: list[Spans] = [[] for _ in asked]
    owners, firsts, lasts = grown
    begins, ends = stream.begins[places[firsts]].tolist(), stream.ends[places[lasts]].tolist()
    for number, begin, end in zip(owners.tolist(), begins, ends, strict=True):
        spans[number].append((begin, end))
    return spans


def _list_words(stream: Stream, places: Places, is_edge: NDArray[np.bool_]) -> Places:
    # Number of the word that each letter is in; what parts words is in none (-1).
    codes = stream.codes[np.minimum(places, stream.codes.size - 1)]
    is_apart = is_edge | ~(_WORDS[np.minimum(codes, _WORDS.size - 1)])
    return np.where(is_apart, -1, np.cumsum(is_apart))


def _grow(weights: Floats, starts: Places, words: Places | None) -> tuple[Places, Places, Places]:
    # Where words stand apart, a word that holds a heavy letter is told whole.
    if words is not None:
        sums = np.zeros(int(words.max(initial=0)) + 1, dtype=np.float32)
        inside = words >= 0
        np.maximum.at(sums, words[inside], weights[inside])
        weights = np.where(inside, sums[words], 0).astype(np.float32)
    return _merge(weights, starts)


def _weigh_letters(
    voice: Voice,
    stream: Stream,
    places: Places,
    *,
    kinds: NDArray[np.int64],
    is_over: NDArray[np.bool_],
) -> Floats:
    # A gram speaks for a kind by how much more it weighs for it than for the others on average.
    weights = np.zeros(places.size, dtype=np.float32)
    inside = np.minimum(places, stream.starts[-1] - 1)
    grams = list_grams(stream, sizes=voice.sizes, bits=voice.bits)
    for size, (hashed, is_whole) in zip(voice.sizes, grams, strict=True):
        found = voice.rows[(voice.slots[hashed] * is_whole)[inside], :-1]
        spoke = (found[np.arange(places.size), kinds] - found.mean(axis=1)) / size
        spoke[is_over] = 0  # it would speak for the next text
        for step in range(size):
            weights[step:] += spoke[: places.size - step]
    return weights


def _merge(weights: Floats, starts: Places) -> tuple[Places, Places, Places]:
    # Number of what was asked, first and last letter of each span; the weightiest first.
    heaviest = np.maximum.reduceat(weights, starts[:-1])
    owners = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    is_heavy = (weights > 0) & (weights >= _SHARE * heaviest[owners])
    bounds = np.flatnonzero(np.diff(is_heavy, prepend=False, append=False))
    if not bounds.size:
        return bounds, bounds, bounds
    heads, tails = bounds[::2], bounds[1::2]
    totals = np.add.reduceat(weights, bounds)[::2]  # an edge, which weighs nothing, ends them all
    order = np.lexsort((heads, -totals, owners[heads]))
    ranked = owners[heads[order]]
    kept = order[np.arange(heads.size) - np.searchsorted(ranked, ranked) < MOST]
    return owners[heads[kept]], heads[kept], tails[kept] - 1
