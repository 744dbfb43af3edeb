"""Folds a text for reading by machine while every place still points at the original.

Full-width letters, digits and the marks that links and numbers use become ASCII, the ideographic
space a space, and characters of no width vanish. Full-width commas, stops and brackets stay: they
end a link, their ASCII forms may be part of one.
"""

import re
from re import Match

from tipline.domain.values import Identifier

_WIDE = "０１２３４５６７８９．／：＠＋－＿＝＆％＃［］"  # noqa: RUF001 - the forms that are folded
_LETTERS = (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_SHIFT = 0xFEE0
_UNSEEN = frozenset(
    {0x00AD, 0x180E, 0x20E3, 0xFE0E, 0xFE0F, 0xFEFF}
    | set(range(0x200B, 0x2010))
    | set(range(0x202A, 0x202F))
    | set(range(0x2060, 0x2070))
)
_TABLE: dict[int, int | None] = {
    **{code: code - _SHIFT for code in (*map(ord, _WIDE), *_LETTERS)},
    0x3000: 0x20,
    0x00A0: 0x20,
    **dict.fromkeys(_UNSEEN),
}
_ANY_UNSEEN = re.compile(f"[{''.join(map(chr, sorted(_UNSEEN)))}]")


class Folded:
    """A text and ``plain``, its folded reading, in which detectors search."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text.translate(_TABLE)
        self._places = _list_places(text) if _ANY_UNSEEN.search(text) else None

    def make(self, kind: str, value: str, span: tuple[int, int]) -> Identifier:
        """Make an identifier of what stands at ``span`` of ``plain``."""
        start, end = span
        if self._places is not None:
            start, end = self._places[start], self._places[end - 1] + 1
        return Identifier(kind, value, start, end, self.text[start:end])

    def is_whole(self, match: Match[str]) -> bool:
        """Tell whether the match is all that the text says, as when a field held only a number."""
        return match[0].strip() == self.plain.strip() != ""

    def before(self, place: int, count: int) -> str:
        """Up to ``count`` characters that stand before ``place`` of ``plain``, in lower case."""
        return self.plain[max(0, place - count) : place].lower()

    def after(self, place: int, count: int) -> str:
        """Up to ``count`` characters that stand from ``place`` of ``plain``, in lower case."""
        return self.plain[place : place + count].lower()


def _list_places(text: str) -> list[int]:
    return [place for place, each in enumerate(text) if ord(each) not in _UNSEEN]
