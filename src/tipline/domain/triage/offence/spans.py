"""Which words of a text spoke for an offence: the n-grams that weighed most, merged into spans."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.offence.grams import list_grams
from tipline.domain.triage.offence.letters import Places, Stream
from tipline.domain.triage.offence.model import Floats, Voice

MOST = 3  # spans told
_SHARE = 0.25  # of the weightiest letter: what a letter must weigh to belong to a span
Spans = list[tuple[int, int]]


def find_spans(voice: Voice, stream: Stream, asked: Sequence[tuple[int, int]]) -> list[Spans]:
    """For each (row, kind) asked the spans of the text that spoke for the kind, weightiest first."""
    if not asked:
        return []
    rows, kinds = (np.array(each) for each in zip(*asked, strict=True))
    sizes = stream.starts[rows + 1] - stream.starts[rows] + 1  # from edge to edge, with both
    starts = np.concatenate(([0], np.cumsum(sizes)))
    places = np.arange(starts[-1]) + np.repeat(stream.starts[rows] - starts[:-1], sizes)
    weights = _weigh_letters(voice, stream, places, kinds=np.repeat(kinds, sizes))
    weights[starts[:-1]] = weights[starts[1:] - 1] = 0
    spans: list[Spans] = [[] for _ in asked]
    for number, first, last in _merge(weights, starts):
        spans[number].append((int(stream.begins[places[first]]), int(stream.ends[places[last]])))
    return spans


def _weigh_letters(
    voice: Voice, stream: Stream, places: Places, *, kinds: NDArray[np.int64]
) -> Floats:
    # A gram speaks for a kind by how much more it weighs for it than for the others on average.
    weights = np.zeros(places.size, dtype=np.float32)
    inside = np.minimum(places, stream.starts[-1] - 1)
    grams = list_grams(stream, sizes=voice.sizes, bits=voice.bits)
    for size, (hashed, is_whole) in zip(voice.sizes, grams, strict=True):
        found = voice.rows[(voice.slots[hashed] * is_whole)[inside], :-1]
        spoke = (found[np.arange(places.size), kinds] - found.mean(axis=1)) / size
        for step in range(size):
            weights[step:] += spoke[: places.size - step]
    return weights


def _merge(weights: Floats, starts: Places) -> Iterator[tuple[int, int, int]]:
    # Number of what was asked, first and last letter of each span; the weightiest first.
    heaviest = np.maximum.reduceat(weights, starts[:-1])
    owners = np.repeat(np.arange(starts.size - 1), np.diff(starts))
    is_heavy = (weights > 0) & (weights >= _SHARE * heaviest[owners])
    bounds = np.flatnonzero(np.diff(is_heavy, prepend=False, append=False))
    heads, tails = bounds[::2], bounds[1::2]
    if not heads.size:
        return
    summed = np.concatenate(([0.0], np.cumsum(weights, dtype=np.float64)))
    order = np.lexsort((heads, summed[heads] - summed[tails], owners[heads]))
    ranks = np.arange(heads.size) - np.searchsorted(owners[heads[order]], owners[heads[order]])
    for each in order[ranks < MOST].tolist():
        yield int(owners[heads[each]]), int(heads[each]), int(tails[each]) - 1
