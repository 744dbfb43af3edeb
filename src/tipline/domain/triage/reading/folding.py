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
_ODD = "".join(map(re.escape, sorted((*SAME_LENGTH, *VANISHING))))
_CHINESE = f"[{''.join(CHINESE)}]"
_CHINESE_ROW = f"{_CHINESE}[ .·-]?{_DIGIT}[ .·-]?{_DIGIT}|{_DIGIT}[ .·-]?{_DIGIT}[ .·-]?{_CHINESE}"

# A text in which this is not found reads as it stands; also a pattern of Rust's regex.
FOLDING_GATE = f"[{_ODD}]|{_CHINESE_ROW}"
_GATE = re.compile(FOLDING_GATE)
_TABLE: dict[int, int | None] = {
    **{ord(each): ord(plain) for each, plain in SAME_LENGTH.items()},
    **dict.fromkeys(map(ord, VANISHING)),
}
_VANISHING = re.compile(f"[{''.join(map(re.escape, sorted(VANISHING)))}]")
_WIDE_QUERY = re.compile(r"？(?=[！-～])")
_ROW = re.compile(rf"(?<![0-9]){_DIGIT}(?:[ .·-]?{_DIGIT}){{2,}}")
_HAS_CHINESE = re.compile(_CHINESE)
_RADIO = re.compile("[幺洞]")
_TO_DIGITS = str.maketrans(dict(CHINESE))
_EDGES = re.compile(rf"({_CHINESE}?[ .·-]?)([0-9](?:[ .·-]?[0-9])*)([ .·-]?{_CHINESE}{{0,2}})")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_AFTER = frozenset("天年月日个万元块分人点次位千百十亿号小名家起")
_ROW_MIN, _RADIO_MIN, _MOBILE_DIGITS, _LONG = 5, 3, 11, 10


class Folded:
    """A text and ``plain``, its folded reading, in which detectors search."""

    __slots__ = ("_places", "_taken", "names", "plain", "text")

    def __init__(self, text: str, *, is_plain: bool = False) -> None:
        """Fold ``text``; ``is_plain`` says that ``FOLDING_GATE`` is known not to be in it."""
        self.text = self.plain = text
        self._places: list[int] | None = None
        self._taken = bytearray(len(text))
        self.names: Any = None  # kept by reading.names
        if not is_plain and _GATE.search(text):
            self.plain = _fold_rows(_WIDE_QUERY.sub("?", text).translate(_TABLE))
            if len(self.plain) != len(text):
                self._places = [at for at, each in enumerate(text) if each not in VANISHING]

    def make(
        self, kind: str, value: str, span: tuple[int, int], *hidden: str, also: str = ""
    ) -> Identifier:
        """Make an identifier of what stands at ``span`` of ``plain``.

        ``hidden`` are ways of hiding that its detector saw; those that single characters show are
        added. ``also`` is the same value in ASCII, where it has such a form.
        """
        start, end = self._place(span)
        surface = self.text[start:end]
        if self.plain is not self.text and not surface.isascii():
            hidden = (*hidden, *_list_styles(surface, self.plain[span[0] : span[1]]))
        if len(hidden) > 1:
            hidden = tuple(dict.fromkeys(hidden))
        return Identifier(
            kind, value, start, end, surface, hidden, judge_innocent(kind, value), also
        )

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
        return self.plain[max(0, place - count) : place].lower()

    def after(self, place: int, count: int) -> str:
        """Up to ``count`` characters that stand from ``place`` of ``plain``, in lower case."""
        return self.plain[place : place + count].lower()

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


def _list_styles(surface: str, plain: str) -> Iterator[str]:
    return (STYLES[each] for each in surface if each in STYLES and each not in plain)


def _fold_rows(plain: str) -> str:
    return _ROW.sub(_fold_row, plain) if _HAS_CHINESE.search(plain) else plain


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
