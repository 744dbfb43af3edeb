"""Show a reporter's words as they were sent, with nothing in them that acts or hides.

Links lose what makes them links, characters that cannot be seen or that turn the direction of a
line are shown by name, and what the machine recognised is marked. The result is the only HTML
that is put together here, and every part of it is escaped.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from msgspec import Struct

UNSEEN = {
    "\u00ad": "SHY",
    "\u061c": "ALM",
    "\u180e": "MVS",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2061": "FA",
    "\u2062": "IT",
    "\u2063": "IS",
    "\u2064": "IP",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
    "\ufff9": "IAA",
    "\ufffa": "IAS",
    "\ufffb": "IAT",
}
COMBINING_MAX = 3  # marks on one letter; Vietnamese and Thai need two

_SCHEME = re.compile(r"\b([a-z][a-z0-9+.-]{1,15}):(?=//|[^\s\d:])", re.IGNORECASE | re.ASCII)
_ACTING = frozenset({"javascript", "data", "vbscript", "file", "blob", "about", "intent", "tel"})
_HOST_KINDS = frozenset({"url", "domain", "ip", "ipv4", "ipv6", "email", "link"})
_DOTS = ".\u3002\uff0e\uff61"
_HIDDEN = re.compile(  # browsers end the lines of a form with CR LF: that CR hides nothing
    r"(\r(?!\n)|["
    + "".join(re.escape(each) for each in UNSEEN)
    + "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000e0000-\U000e0fff])"
)


class Mark(Struct, frozen=True):
    """A stretch of a text that the machine recognised, counted in characters.

    ``styles`` are further styles of the mark, ``told`` what is said of it where one points at it.
    """

    start: int
    end: int
    kind: str
    styles: tuple[str, ...] = ()
    told: str = ""


class Piece(Struct, frozen=True):
    """A stretch of a text from ``start`` on, and the mark that it has, if any."""

    text: str
    start: int
    mark: Mark | None = None

    @property
    def kind(self) -> str:
        """Kind of identifier that it is; nothing for plain text."""
        return self.mark.kind if self.mark else ""


def cut_pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Cut a text at its marks; of marks that overlap, the first and longest counts."""
    at = 0
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if mark.start < at or mark.end <= mark.start or mark.end > len(text):
            continue
        if mark.start > at:
            yield Piece(text[at : mark.start], at)
        yield Piece(text[mark.start : mark.end], mark.start, mark)
        at = mark.end
    if at < len(text):
        yield Piece(text[at:], at)


def defang(text: str, kind: str = "") -> str:
    """Write links so that no program follows them: ``hxxp``, ``[:]``, ``[.]`` in known hosts."""
    if kind in _HOST_KINDS:
        text = _break_host(text)
    return _SCHEME.sub(_break_scheme, text)


def show_text(
    text: str, marks: Iterable[Mark] = (), whys: Iterable[tuple[int, int]] = ()
) -> SafeString:
    """Give HTML of a text: defanged, marked, with the unseen made visible.

    ``whys`` are the stretches that speak for an offence; they are underlined through all marks.
    """
    pieces = list(cut_pieces(text, marks))
    letters = _defang_letters(text, pieces)
    underlined = _cover(len(text), whys)
    shown = (_show_piece(each, letters, underlined) for each in pieces)
    return format_html_join("", "{}", ((each,) for each in shown))


def show_unseen(text: str) -> SafeString:
    """Give HTML of a short text such as a file's name: the unseen made visible, nothing else."""
    return format_html_join("", "{}", ((each,) for each in _split_unseen(text)))


def spell_unseen(text: str) -> str:
    """Give a short text for where no HTML can be: the unseen as ``[RLO]``."""
    return _HIDDEN.sub(lambda found: f"[{_name_point(found[0])}]", _thin_out(text))


def show_line(text: str) -> SafeString:
    """Give HTML of an excerpt: defanged and the unseen made visible."""
    return show_unseen(defang(text))


def _defang_letters(text: str, pieces: Iterable[Piece]) -> list[str]:
    # Letter by letter, so that no mark that begins inside a link puts it together again.
    letters = list(text)
    for piece in pieces:
        if piece.kind in _HOST_KINDS:
            for place in _list_dots(piece):
                letters[place] = "[.]"
    for found in _SCHEME.finditer(text):
        broken = _break_scheme(found)
        if broken.endswith("[:]"):
            letters[found.end() - 1] = "[:]"
        else:
            letters[found.start() : found.end()] = list(broken)
    return letters


def _list_dots(piece: Piece) -> Iterator[int]:
    _, colon, _ = piece.text.partition("://")
    begin = piece.text.index("://") + 3 if colon else 0
    end = piece.text.find("/", begin)
    host = piece.text[begin : end if end >= 0 else None]
    return (piece.start + begin + at for at, each in enumerate(host) if each in _DOTS)


def _cover(length: int, whys: Iterable[tuple[int, int]]) -> bytearray:
    covered = bytearray(length)
    for start, end in whys:
        for place in range(max(start, 0), min(end, length)):
            covered[place] = 1
    return covered


def _show_piece(piece: Piece, letters: list[str], underlined: bytearray) -> SafeString:
    at = range(piece.start, piece.start + len(piece.text))
    runs = groupby(at, key=underlined.__getitem__)
    shown = format_html_join(
        "", "{}", ((_show_run(letters, list(run), is_why=bool(why)),) for why, run in runs)
    )
    if piece.mark is None:
        return shown
    names = " ".join(f"is-{name_class(each)}" for each in (piece.kind, *piece.mark.styles))
    if not piece.mark.told:
        return format_html('<mark class="{}">{}</mark>', names, shown)
    return format_html('<mark class="{}" title="{}">{}</mark>', names, piece.mark.told, shown)


def _show_run(letters: list[str], places: list[int], *, is_why: bool) -> SafeString:
    shown = show_unseen("".join(letters[places[0] : places[-1] + 1]))
    return format_html('<u class="why-here">{}</u>', shown) if is_why else shown


def name_class(kind: str) -> str:
    """Style of a mark of this kind, in letters that no attribute trips over."""
    return re.sub(r"[^a-z0-9-]", "-", kind.lower())


def _break_host(text: str) -> str:
    before, colon, after = text.partition("://")
    scheme, rest = (before + colon, after) if colon else ("", before)
    host, slash, path = rest.partition("/")
    return scheme + re.sub(f"[{_DOTS}]", "[.]", host) + slash + path


def _break_scheme(found: re.Match[str]) -> str:
    scheme = found[1]
    if scheme.lower() in {"http", "https"}:
        return scheme[0] + "xx" + scheme[3:] + ":"
    is_link = found.string.startswith("//", found.end())
    return f"{scheme}[:]" if is_link or scheme.lower() in _ACTING else found[0]


def _split_unseen(text: str) -> Iterator[str | SafeString]:
    parts = _HIDDEN.split(_thin_out(text))
    for number, part in enumerate(parts):
        if number % 2 == 0 or _joins_pictures(part, parts[number - 1], parts[number + 1]):
            yield part
        else:
            yield _name_unseen(part)


def _joins_pictures(character: str, before: str, after: str) -> bool:
    # A zero-width joiner between two pictures makes one picture of them and hides nothing.
    return character == "\u200d" and _is_picture(before[-1:]) and _is_picture(after[:1])


def _is_picture(character: str) -> bool:
    return character == "\ufe0f" or (character != "" and unicodedata.category(character) == "So")


def _name_unseen(character: str) -> SafeString:
    shown = '<span class="unseen" title="{}" dir="ltr">{}</span>'
    return format_html(shown, f"U+{ord(character):04X}", _name_point(character))


def _name_point(character: str) -> str:
    return UNSEEN.get(character, f"U+{ord(character):04X}")


def _thin_out(text: str) -> str:
    # Letters piled high with marks would cover the lines around them.
    if not any(unicodedata.combining(each) for each in text):
        return text
    kept: list[str] = []
    pile = 0
    for each in text:
        pile = pile + 1 if unicodedata.combining(each) else 0
        if pile <= COMBINING_MAX:
            kept.append(each)
        elif pile == COMBINING_MAX + 1:
            kept.append("\u2026")
    return "".join(kept)
