"""What is left of texts when nothing counts but their wording: the skeleton of a template.

Identifiers become one mark of their kind, runs of digits one mark, letters their plainest form
(width, case, accents and styles folded); spaces, punctuation, symbols and what is not seen vanish.
Done column-wise: all texts lie one behind the other in one array of code points.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tipline.domain.values import Identifier

DIGITS: Final = ord("0")  # the mark of a run of digits
_MARKS: Final = 0xF0000  # private use: no text's own letter is taken for a mark, see _fold
_UNKNOWN: Final = 0xFFFFFFFF
_DROPPED = frozenset(
    "MZPSC"
)  # Unicode's general categories: marks, spaces, punctuation, symbols, others
_folds = np.full(0x110000, _UNKNOWN, np.uint32)  # filled as letters are met; 0: nothing is left

# Links of all sorts are one kind, and so are ways to write to somebody: a template changes them.
_FAMILIES: Final = (
    ("url", "domain", "ipv4", "ipv6", "ip", "app_package"),
    ("bank_card", "pay_account", "crypto"),
    ("amount_cny",),
    ("id_card", "icp_licence", "md5", "sha1", "sha256", "order", "courier"),
)
_MARK_OF = {
    kind: _MARKS + place for place, family in enumerate(_FAMILIES, start=1) for kind in family
}


class Spans(Struct, frozen=True):
    """Where identifiers stand: text, first place, place after the last, and the mark of its kind."""

    texts: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    marks: NDArray[np.uint32]


class Skeletons(Struct, frozen=True):
    """Skeletons one behind the other: that of text ``i`` is ``codes[bounds[i]:bounds[i + 1]]``."""

    codes: NDArray[np.uint32]
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Characters of each skeleton."""
        return np.diff(self.bounds)

    def count_letters(self) -> NDArray[np.int64]:
        """Count the letters of each that stand for themselves: neither digits nor identifiers."""
        is_letter = (self.codes < _MARKS) & (self.codes != DIGITS)
        return np.diff(np.concatenate(([0], np.cumsum(is_letter)))[self.bounds])


def make_skeletons(texts: Sequence[str], identifiers: Sequence[Iterable[Identifier]]) -> Skeletons:
    """Make the skeletons of texts whose ``identifiers`` (in order, not overlapping) are known."""
    return fold_texts(texts, gather_spans(identifiers))


def make_skeleton(text: str, identifiers: Iterable[Identifier]) -> str:
    """Make one text's skeleton, as ``make_skeletons`` does."""
    codes = make_skeletons([text], [identifiers]).codes
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def gather_spans(identifiers: Sequence[Iterable[Identifier]]) -> Spans:
    """Lay the places of all texts' identifiers side by side."""
    rows = [
        (number, each.start, each.end, get_mark(each.kind))
        for number, found in enumerate(identifiers)
        for each in found
    ]
    table = np.array(rows, np.int64).reshape(-1, 4)
    return Spans(table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(np.uint32))


def get_mark(kind: str) -> int:
    """Code point that stands in a skeleton for an identifier of ``kind``."""
    return _MARK_OF.get(kind, _MARKS)


def fold_texts(texts: Sequence[str], spans: Spans) -> Skeletons:
    """Make skeletons of texts with ``spans`` masked."""
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = _fold(np.frombuffer(joined, np.uint32))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    bounds = np.concatenate(([0], np.cumsum(lengths)))
    _mask(codes, bounds, spans)
    return _squeeze(*_keep(codes, bounds, codes != 0))


def _fold(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    folded = _folds[codes]
    unknown = folded == _UNKNOWN
    if unknown.any():
        for code in np.unique(codes[unknown]).tolist():
            _folds[code] = _fold_letter(code)
        folded = _folds[codes]
    return folded


def _fold_letter(code: int) -> int:
    for letter in unicodedata.normalize("NFKD", chr(code).casefold()):
        category = unicodedata.category(letter)
        if category == "Nd":
            return DIGITS
        if category[0] not in _DROPPED:
            return ord(letter)
    return 0


def _mask(codes: NDArray[np.uint32], bounds: NDArray[np.int64], spans: Spans) -> None:
    if not len(spans.texts):
        return
    first, last = bounds[spans.texts] + spans.starts, bounds[spans.texts] + spans.ends
    depth = np.zeros(len(codes) + 1, np.int8)
    np.add.at(depth, first, 1)
    np.add.at(depth, last, -1)
    codes[np.cumsum(depth[:-1], dtype=np.int8) > 0] = 0
    codes[first] = spans.marks


def _keep(
    codes: NDArray[np.uint32], bounds: NDArray[np.int64], is_kept: NDArray[np.bool_]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    counts = np.concatenate(([0], np.cumsum(is_kept)))
    return codes[is_kept], counts[bounds]


def _squeeze(codes: NDArray[np.uint32], bounds: NDArray[np.int64]) -> Skeletons:
    # Of digits that follow each other in one text, only the first stays.
    is_digit = codes == DIGITS
    is_kept = np.ones(len(codes), np.bool_)
    is_kept[1:] = ~(is_digit[1:] & is_digit[:-1])
    is_kept[bounds[:-1][bounds[:-1] < len(codes)]] = True
    return Skeletons(*_keep(codes, bounds, is_kept))
