"""Folds a text for reading by machine while every place still points at the original.

Full-width, circled, mathematical and other forms of letters and digits become ASCII, so do Chinese
digits that stand in a row like a number, and characters that cannot be seen vanish. Full-width
commas, stops and brackets stay: they end a link, their ASCII forms may be part of one.
"""

import re
from collections.abc import Iterator
from re import Match
from typing import Any

from tipline.domain.triage.reading.characters import CHINESE, SAME_LENGTH, STYLES, VANISHING
from tipline.domain.triage.reading.innocent import judge_innocent
from tipline.domain.values import Identifier

_DIGIT = f"[0-9{''.join(CHINESE)}]"
_CHINESE = f"[{''.join(CHINESE)}]"
_CHINESE_ROW = f"{_CHINESE}[ .·，、-]?{_DIGIT}[ .·，、-]?{_DIGIT}|{_DIGIT}[ .·，、-]?{_DIGIT}[ .·，、-]?{_CHINESE}"
_ODD = frozenset((*SAME_LENGTH, *VANISHING))

# A text in which this is not found reads as it stands; also a pattern of Rust's regex.
FOLDING_GATE = f"[{''.join(map(re.escape, sorted(_ODD)))}]|{_CHINESE_ROW}"
_ANY_ROW = re.compile(_CHINESE_ROW)
_TABLE: dict[int, int | None] = {
    **{ord(each): ord(plain) for each, plain in SAME_LENGTH.items()},
    **dict.fromkeys(map(ord, VANISHING)),
}
_LOWER = {**{code: code + 32 for code in range(65, 91)}}
_CHINESE_DIGITS = frozenset(CHINESE)
_WIDE_QUERY = re.compile(r"？(?=[！-～])")
_ROW = re.compile(rf"(?<![0-9]){_DIGIT}(?:[ .·，、-]?{_DIGIT}){{2,}}")
_RADIO = re.compile("[幺洞]")
_TO_DIGITS = str.maketrans(dict(CHINESE))
_EDGES = re.compile(rf"({_CHINESE}?[ .·-]?)([0-9](?:[ .·-]?[0-9])*)([ .·-]?{_CHINESE}{{0,2}})")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_AFTER = frozenset("天年月日个万元块分人点次位千百十亿号小名家起")
_ROW_MIN, _RADIO_MIN, _MOBILE_DIGITS, _LONG = 5, 3, 11, 10


class Folded:
    """A text and ``plain``, its folded reading, in which detectors search."""

    __slots__ = ("_low", "_places", "_taken", "names", "plain", "text")

    def __init__(self, text: str, *, is_plain: bool | None = None) -> None:
        """Fold ``text``; ``is_plain`` says whether ``FOLDING_GATE`` is known not to be in it."""
        self.text = self.plain = text
        self._places: list[int] | None = None
        self._taken = bytearray(len(text))
        self.names: Any = None  # kept by reading.names
        self._low: str | None = None
        if not (reads_as_it_stands(text) if is_plain is None else is_plain):
            mended = _WIDE_QUERY.sub("?", text) if "？" in text else text
            self.plain = _fold_rows(mended.translate(_TABLE))
            if len(self.plain) != len(text):
                self._places = [at for at, each in enumerate(text) if each not in VANISHING]

    @property
    def low(self) -> str:
        """``plain`` in lower case, place by place."""
        if self._low is None:
            low = self.plain.lower()
            self._low = low if len(low) == len(self.plain) else self.plain.translate(_LOWER)
        return self._low

    def make(
        self,
        kind: str,
        value: str,
        span: tuple[int, int],
        *hidden: str,
        also: str = "",
        innocent: str | None = None,
    ) -> Identifier:
        """Make an identifier of what stands at ``span`` of ``plain``.

        ``hidden`` are ways of hiding that its detector saw; those that single characters show are
        added. ``also`` is the same value in ASCII, where it has such a form; ``innocent`` is why
        it accuses nobody, where that is known already.
        """
        start, end = self._place(span)
        surface = self.text[start:end]
        if self.plain is not self.text and not surface.isascii():
            hidden = (*hidden, *_list_styles(surface, self.plain[span[0] : span[1]]))
        if len(hidden) > 1:
            hidden = tuple(dict.fromkeys(hidden))
        if innocent is None:
            innocent = judge_innocent(kind, value)
        return Identifier(kind, value, start, end, surface, hidden, innocent, also)

    def claim(self, found: Identifier) -> bool:
        """Take the place of ``found``, unless some of it is taken already; tells whether it was."""
        if self._taken.find(1, found.start, found.end) >= 0:
            return False
        self._taken[found.start : found.end] = b"\1" * (found.end - found.start)
        return True

    def is_taken(self, span: tuple[int, int]) -> bool:
        """Tell whether some of ``span`` of ``plain`` was claimed for something else."""
        start, end = self._place(span)
        return self._taken.find(1, start, end) >= 0

    def is_whole(self, match: Match[str]) -> bool:
        """Tell whether the match is all that the text says, as when a field held only a number."""
        return match[0].strip() == self.plain.strip() != ""

    def before(self, place: int, count: int) -> str:
        """Up to ``count`` characters that stand before ``place`` of ``plain``, in lower case."""
        return self.low[max(0, place - count) : place]

    def after(self, place: int, count: int) -> str:
        """Up to ``count`` characters that stand from ``place`` of ``plain``, in lower case."""
        return self.low[place : place + count]

    def is_seam(self, place: int) -> bool:
        """Tell whether the way of writing changes at ``place`` of ``plain``, as in ``appａｂｃ``."""
        if self.plain is self.text or place == 0:
            return False
        left, right = (self.text[self._place((at, at + 1))[0]] for at in (place - 1, place))
        return STYLES.get(left) != STYLES.get(right)

    def _place(self, span: tuple[int, int]) -> tuple[int, int]:
        if self._places is None:
            return span
        return self._places[span[0]], self._places[span[1] - 1] + 1


def reads_as_it_stands(text: str) -> bool:
    """Tell whether ``text`` holds nothing to fold; the same as ``FOLDING_GATE`` not found in it."""
    if text.isascii():
        return True
    is_odd = not _ODD.isdisjoint(text)
    return not (is_odd or (not _CHINESE_DIGITS.isdisjoint(text) and _ANY_ROW.search(text)))


def _list_styles(surface: str, plain: str) -> Iterator[str]:
    return (STYLES[each] for each in surface if each in STYLES and each not in plain)


def _fold_rows(plain: str) -> str:
    return plain if _CHINESE_DIGITS.isdisjoint(plain) else _ROW.sub(_fold_row, plain)


def _fold_row(row: Match[str]) -> str:
    # Chinese digits in a row are a number where there are enough of them.
    written = row[0]
    digits = written.translate(_TO_DIGITS)
    if digits == written:
        return written
    count = sum(map(str.isdigit, digits))
    edges = _EDGES.fullmatch(written)
    if count < (_RADIO_MIN if _RADIO.search(written) else _ROW_MIN):
        return written
    return written if edges and _has_words(row, edges, digits) else digits


def _has_words(row: Match[str], edges: Match[str], digits: str) -> bool:
    # One at the edge of an ASCII number may be a word of the sentence, as in "13800138000一天".
    if len(edges[2]) != _MOBILE_DIGITS and _MOBILE.fullmatch(digits):
        return False
    is_long = len(edges[2]) >= _LONG or not digits.isdigit()
    return is_long or row.string[row.end() : row.end() + 1] in _AFTER
