"""A linear model over hashed n-grams: what a file of it holds, and how it weighs texts."""

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.triage.offence.grams import ROW_SHIFT, list_grams, list_rows, pair_rows
from tipline.domain.triage.offence.letters import Places, Stream

Floats = NDArray[np.float32]
_GRAM = (1 << ROW_SHIFT) - 1
_KNOWN_WORTH = 2.0  # of a margin
_SECOND_LEAST = 0.5  # confidence of a further kind among all but the first


class Kind(Struct, frozen=True, kw_only=True):
    """One answer of a model: an offence's code, or "NONE".

    ``may_name``: enough different texts taught it, and from the confidence ``least`` on it was
    right often enough on texts unlike them; where not, whatever looks so is unsure. ``texts`` and
    ``wordings`` count what taught it; the figures are out of fold, before any doubt.
    """

    code: str
    may_name: bool
    least: float = 0.0
    texts: int = 0
    wordings: int = 0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0


class Voice(Struct, frozen=True, kw_only=True):
    """The model of one language.

    ``rows``: for each gram it knows, the weight for each kind and, last, the square of the gram's
    own weight; row 0 is all nothing, for grams it does not know. ``slots``: 2**bits places, each
    the number of its gram's row.
    """

    language: str
    sizes: tuple[int, ...]
    bits: int
    with_stops: bool
    kinds: tuple[Kind, ...]
    slots: NDArray[np.int32]
    rows: Floats
    bias: Floats
    temperature: float
    least_trust: float
    most_letters: int


class Weighing(Struct, frozen=True):
    """How texts weighed: ``margins`` rows by kinds; ``known``, the share of grams that the model
    knows; ``sizes``, the letters and marks of each.
    """

    margins: Floats
    known: Floats
    sizes: Places


def weigh_stream(voice: Voice, stream: Stream) -> Weighing:
    """Weigh every row of ``stream``."""
    count = stream.starts.size - 1
    pairs, seen, all_grams = _find_known(voice, stream)
    margins = np.tile(voice.bias, (count, 1))
    if pairs.size:
        owners = pairs >> ROW_SHIFT
        heads = np.flatnonzero(np.diff(owners, prepend=-1))
        sums = np.add.reduceat(voice.rows[pairs & _GRAM], heads, axis=0)
        margins[owners[heads]] += sums[:, :-1] / np.sqrt(sums[:, -1:])
    known = (seen / np.maximum(all_grams, 1)).astype(np.float32)
    return Weighing(margins, known, np.diff(stream.starts) - 1)


def _find_known(voice: Voice, stream: Stream) -> tuple[Places, Places, Places]:
    count, rows = stream.starts.size - 1, list_rows(stream)
    pairs, seen, every = [], np.zeros(count, np.int64), np.zeros(count, np.int64)
    for grams, is_whole in list_grams(stream, sizes=voice.sizes, bits=voice.bits):
        found = voice.slots[grams] * is_whole
        is_known = found > 0
        seen += np.add.reduceat(is_known, stream.starts[:-1], dtype=np.int64)
        every += np.add.reduceat(is_whole, stream.starts[:-1], dtype=np.int64)
        pairs.append(rows[is_known] << ROW_SHIFT | found[is_known])
    joined = np.concatenate(pairs)
    return pair_rows(joined >> ROW_SHIFT, joined & _GRAM), seen, every


def list_confidences(voice: Voice, margins: Floats) -> Floats:
    """Confidences of all kinds, which sum to one in each row (a softmax at the temperature)."""
    scaled = margins / np.float32(voice.temperature)
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def measure_trust(weighing: Weighing) -> Floats:
    """How much each text is of a kind that the model has seen: its best margin, and known grams.

    Text of another kind has both low; either alone lets through more of it at the same loss.
    """
    return np.asarray(weighing.margins.max(axis=1) + _KNOWN_WORTH * weighing.known)


def is_trusted(voice: Voice, weighing: Weighing) -> NDArray[np.bool_]:
    """Tell of each row whether the model has seen its like: else it is unsure, however it weighs."""
    is_short = weighing.sizes <= voice.most_letters
    return (measure_trust(weighing) >= voice.least_trust) & is_short


def list_named(voice: Voice, margins: Floats) -> Iterator[list[tuple[int, float]]]:
    """For each row the kinds that it is taken for, the surest first, with their confidences.

    The first is the likeliest. Another is added where its own one-against-all weighing says yes,
    with its confidence among all but the first.
    """
    confidences = list_confidences(voice, margins)
    firsts = confidences.argmax(axis=1).tolist()
    says_yes = (margins > 0).sum(axis=1).tolist()
    tops = confidences.max(axis=1).tolist()
    for row, (first, top) in enumerate(zip(firsts, tops, strict=True)):
        named = [(first, top)]
        if says_yes[row] > 1:
            named += _list_more(margins[row], confidences[row], first)
        yield named


def _list_more(margins: Floats, confidences: Floats, first: int) -> Sequence[tuple[int, float]]:
    rest = max(1e-9, 1.0 - float(confidences[first]))
    more = [(int(kind), float(confidences[kind]) / rest) for kind in np.flatnonzero(margins > 0)]
    more = [
        (kind, min(1.0, sure)) for kind, sure in more if kind != first and sure >= _SECOND_LEAST
    ]
    return sorted(more, key=lambda each: -each[1])
