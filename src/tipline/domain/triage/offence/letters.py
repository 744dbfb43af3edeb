"""Texts as a stream of letters to learn from: folded, with numbers and links masked, in bulk.

What identifies somebody must not be learnt, and what was written to evade must not matter: capital
and full-width letters are folded, marks that nobody sees are dropped, a link becomes one mark,
numbers become a mark for their length. Everything is done for all texts at once, in numpy.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]

# Marks that stand in the stream for what was masked, and for the edge of a text.
EDGE, FEW, LINK, NAME, LONG, SOME, SPACE = 1, 2, 3, 4, 5, 6, 32
# What a letter is.
GONE, HAN, LATIN, DIGIT, JOINT, STOP, FOREIGN = range(7)
_SIZE = 0x20000
_JOINTS = "./:@_-%?=&#~+"  # what may stand inside a link
_NAME_LEAST = 6  # letters and digits mixed: at least so long to be taken for an account


def _build_tables() -> tuple[Codes, NDArray[np.uint8]]:
    fold = np.arange(_SIZE, dtype=np.uint32)
    kind = np.full(_SIZE, STOP, dtype=np.uint8)
    for first, last, what in _KINDS:
        kind[first : last + 1] = what
    for first, last, to, size in _FOLDS:
        count = last - first + 1
        fold[first : last + 1] = to + np.arange(count, dtype=np.uint32) % size
        kind[first : last + 1] = kind[to]
    for joint in _JOINTS:
        kind[[ord(joint), ord(joint) + 0xFEE0]] = JOINT
    fold[0xFF01:0xFF5F] = fold[0x21:0x7F]
    kind[0xFF01:0xFF5F] = kind[0x21:0x7F]
    fold[kind == DIGIT] = ord("0")
    return fold, kind


# first, last, what they are
_KINDS = (
    (0x30, 0x39, DIGIT), (0x61, 0x7A, LATIN), (0xAD, 0xAD, GONE), (0xDF, 0xF6, LATIN),
    (0xF8, 0x24F, LATIN), (0x250, 0x1FFF, FOREIGN), (0x200B, 0x200F, GONE), (0x202A, 0x202E, GONE),
    (0x2060, 0x2064, GONE), (0x2070, 0x2089, DIGIT), (0x2460, 0x249B, DIGIT),
    (0x24EA, 0x24FF, DIGIT), (0x2776, 0x2793, DIGIT), (0x3041, 0x312F, FOREIGN),
    (0x3400, 0x4DBF, HAN), (0x4E00, 0x9FFF, HAN), (0xAC00, 0xD7A3, FOREIGN), (0xF900, 0xFAFF, HAN),
    (0xFE00, 0xFE0F, GONE), (0xFEFF, 0xFEFF, GONE), (0x1D7CE, 0x1D7FF, DIGIT),
)  # fmt: skip
# first, last, where they fold to, after how many it starts again
_FOLDS = (
    (0x41, 0x5A, 0x61, 26), (0xC0, 0xD6, 0xE0, 23), (0xD8, 0xDE, 0xF8, 7),
    (0x249C, 0x24B5, 0x61, 26), (0x24B6, 0x24E9, 0x61, 26), (0x1D400, 0x1D6A3, 0x61, 26),
    (0x1F130, 0x1F149, 0x61, 26), (0x1F170, 0x1F189, 0x61, 26),
)  # fmt: skip
_FOLD, _KIND = _build_tables()
_SIZE_LATIN = 0x80
SCRIPTS = (HAN, LATIN, FOREIGN)
# Numbers of up to three digits, four to six (short codes, verification codes), and longer ones.
_NUMBER_MARKS = np.array([FEW, FEW, FEW, FEW, SOME, SOME, SOME, LONG], dtype=np.uint32)


class Letters(Struct, frozen=True):
    """The letters of many texts in a row, each text led by one edge; a last edge ends them all.

    ``codes`` are folded letters, ``kinds`` what they are, ``places`` where they stand in their
    text; row ``r`` goes from ``starts[r]`` to ``starts[r + 1]``.
    """

    codes: Codes
    kinds: NDArray[np.uint8]
    places: Places
    starts: Places


class Stream(Struct, frozen=True):
    """What is learnt from: letters and marks, with the place in the text where each begins and ends.

    Row ``r`` goes from ``starts[r]``, its leading edge, to ``starts[r + 1]``, the next one's.
    """

    codes: Codes
    begins: Places
    ends: Places
    starts: Places


def fold_letters(texts: Sequence[str]) -> Letters:
    """Fold the letters of ``texts`` and drop what nobody sees."""
    joined = "\0".join(("", *texts, "")).encode("utf-32-le", "surrogatepass")
    raw = np.frombuffer(joined, dtype=np.uint32)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)) + 1
    edges = np.concatenate(([0], np.cumsum(sizes)))
    known = np.minimum(raw, _SIZE - 1)
    kinds, codes = _KIND[known], _FOLD[known]
    codes[edges], kinds[edges] = EDGE, STOP
    kept = np.flatnonzero(kinds)
    starts = np.searchsorted(kept, edges)
    firsts = np.repeat(edges + 1, np.diff(np.append(starts, kept.size)))
    return Letters(codes[kept], kinds[kept], kept - firsts, starts)


def count_kinds(letters: Letters) -> Places:
    """Count Han, Latin and foreign letters of each row: an array of rows by three."""
    each = [np.add.reduceat(letters.kinds == kind, letters.starts) for kind in SCRIPTS]
    return np.stack(each, axis=1)[:-1].astype(np.int64)


def mask_letters(letters: Letters, *, with_stops: bool) -> Stream:
    """Mask links, accounts and numbers; ``with_stops`` keeps spaces and punctuation too."""
    codes, kinds = letters.codes.copy(), letters.kinds
    is_kept = (kinds != STOP) & (kinds != JOINT)
    ends = letters.places + 1
    inside = np.flatnonzero(
        (kinds == LATIN) & (codes < _SIZE_LATIN) | (kinds == DIGIT) | (kinds == JOINT)
    )
    if with_stops:
        _keep_stops(codes, kinds, is_kept)
    if inside.size:
        _mask_runs(
            Letters(codes, kinds, letters.places, letters.starts),
            inside,
            is_kept=is_kept,
            ends=ends,
        )
    is_kept[letters.starts] = True
    kept = np.flatnonzero(is_kept)
    starts = np.searchsorted(kept, letters.starts)
    return Stream(codes[kept], letters.places[kept], ends[kept], starts)


def _keep_stops(codes: Codes, kinds: NDArray[np.uint8], is_kept: NDArray[np.bool_]) -> None:
    stops = (kinds == STOP) | (kinds == JOINT)
    is_space = stops & ((codes <= SPACE) | (codes == 0xA0) | (codes == 0x3000)) & (codes != EDGE)
    codes[is_space] = SPACE
    before = np.concatenate(([False], is_space[:-1] | (codes[:-1] == EDGE)))
    is_kept |= stops
    is_kept &= ~(is_space & before)


def _mask_runs(
    letters: Letters, inside: Places, *, is_kept: NDArray[np.bool_], ends: Places
) -> None:
    # A run: letters, digits and joints side by side, in ASCII. One mark stands for a whole link or
    # account; elsewhere one mark stands for each number.
    codes, kinds = letters.codes, letters.kinds[inside]
    heads = _find_heads(inside)
    is_digit, is_letter = kinds == DIGIT, kinds == LATIN
    digits = np.add.reduceat(is_digit, heads, dtype=np.int64)
    latins = np.add.reduceat(is_letter, heads, dtype=np.int64)
    links = np.logical_or.reduceat(_find_links(codes[inside], is_digit | is_letter, inside), heads)
    tails = np.append(heads[1:], inside.size)
    marks = np.zeros(heads.size, dtype=np.uint32)
    marks[(digits >= 2) & (latins >= 1) & (digits + latins >= _NAME_LEAST)] = NAME
    marks[links & (latins >= 1)] = LINK
    whole = np.repeat(marks, tails - heads)
    is_kept[inside[whole > 0]] = False
    _put(
        letters,
        is_kept,
        ends,
        at=inside[heads[marks > 0]],
        last=inside[tails[marks > 0] - 1],
        marks=marks[marks > 0],
    )
    loose = inside[is_digit & (whole == 0)]
    if loose.size:
        _mask_numbers(letters, loose, is_kept=is_kept, ends=ends)


def _mask_numbers(
    letters: Letters, loose: Places, *, is_kept: NDArray[np.bool_], ends: Places
) -> None:
    heads = _find_heads(loose)
    sizes = np.diff(np.append(heads, loose.size))
    marks = _NUMBER_MARKS[np.minimum(sizes, _NUMBER_MARKS.size - 1)]
    is_kept[loose] = False
    _put(letters, is_kept, ends, at=loose[heads], last=loose[heads + sizes - 1], marks=marks)


def _put(
    letters: Letters,
    is_kept: NDArray[np.bool_],
    ends: Places,
    *,
    at: Places,
    last: Places,
    marks: Codes,
) -> None:
    is_kept[at] = True
    letters.codes[at] = marks
    ends[at] = letters.places[last] + 1


def _find_heads(places: Places) -> Places:
    # Where runs of places side by side begin.
    return np.flatnonzero(np.diff(places, prepend=-2) != 1)


def _find_links(codes: Codes, is_word: NDArray[np.bool_], inside: Places) -> NDArray[np.bool_]:
    # A dot or an @ between two letters or digits, or :// after one.
    found = np.zeros(codes.size, dtype=bool)
    near = (np.diff(inside[:-1]) == 1) & (np.diff(inside[1:]) == 1) if codes.size > 2 else found[:0]
    middle, before, after = codes[1:-1], is_word[:-2], is_word[2:]
    between = ((middle == ord(".")) | (middle == ord("@"))) & before & after
    scheme = (middle == ord(":")) & before & (codes[2:] == ord("/"))
    found[1:-1] = near & (between | scheme)
    return found
