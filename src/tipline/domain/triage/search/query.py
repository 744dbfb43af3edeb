"""What somebody looks for: words that all must be there, each in any of its writings.

A query is folded like a report, so "138-0013-8000" and "+86 13800138000" look for one number.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from tipline.domain.triage.reading.folding import Folded
from tipline.domain.triage.scan import ASIDE, scan
from tipline.domain.triage.search.letters import list_pieces
from tipline.domain.values import Identifier
from tipline.domain.words import Param, gettext_noop

QUERY_MAX, TERMS_MAX = 400, 12
_TERM = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')

WHY_REFUSED: Mapping[str, str] = {
    "empty": gettext_noop("Write what to look for."),
    "short": gettext_noop(
        "“%(word)s” is too short: at least two Chinese letters, or three of others."
    ),
    "long": gettext_noop("Look for less at once: at most %(most)s letters and %(terms)s words."),
}


class QueryRefused(ValueError):
    """This cannot be looked for; ``why`` is a key of ``WHY_REFUSED``, ``params`` fill it."""

    def __init__(self, why: str, **params: Param) -> None:
        super().__init__(why)
        self.why, self.params = why, params

    @property
    def message(self) -> str:
        """Message id to show, to be filled with ``params``."""
        return WHY_REFUSED[self.why]


class Term(Struct, frozen=True):
    """One thing looked for: any of its writings, in lower case and folded."""

    writings: tuple[str, ...]

    @property
    def pieces(self) -> tuple[tuple[str, ...], ...]:
        """For each writing the pieces of an index that must be there."""
        return tuple(tuple(list_pieces(each)) for each in self.writings)


class Query(Struct, frozen=True):
    """What somebody looks for. ``identifiers`` are (kind, canonical value)."""

    terms: tuple[Term, ...]
    identifiers: tuple[tuple[str, str], ...]

    def is_in(self, text: str) -> bool:
        """Tell whether every term is in ``text``, which ``fold_text`` has written."""
        return all(any(each in text for each in term.writings) for term in self.terms)

    def find_place(self, text: str) -> tuple[int, int]:
        """Start and end of the first term's first writing in ``text``; (0, 0) if it is not there."""
        for term in self.terms:
            for writing in term.writings:
                at = text.find(writing)
                if at >= 0:
                    return at, at + len(writing)
        return 0, 0


def fold_text(text: str) -> str:
    """Write ``text`` as it is looked through: folded, in lower case."""
    return Folded(text).low


def read_query(asked: str) -> Query:
    """Read what an officer typed: words, "phrases in quotes", numbers, links.

    Raises:
        QueryRefused: it is empty, too long, or a word is too short to be looked for.

    """
    if not asked.strip():
        raise QueryRefused("empty")
    found = [each for each in scan(asked) if each.kind not in ASIDE]
    rest = _cut(asked, found)
    words = [_read_word(match) for match in _TERM.finditer(fold_text(rest))]
    terms = (*map(_read_identifier, found), *map(_read_term, filter(None, words)))
    if len(asked) > QUERY_MAX or len(terms) > TERMS_MAX:
        raise QueryRefused("long", most=QUERY_MAX, terms=TERMS_MAX)
    if not terms:
        raise QueryRefused("empty")
    return Query(terms, tuple(dict.fromkeys((each.kind, each.value) for each in found)))


def _cut(asked: str, found: list[Identifier]) -> str:
    kept, at = [], 0
    for each in found:
        kept.append(asked[at : each.start])
        at = each.end
    return " ".join([*kept, asked[at:]])


def _read_word(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), "").strip()


def _read_identifier(found: Identifier) -> Term:
    # As everybody writes it, as it was typed, and in ASCII where it has such a form.
    writings = (found.value, found.surface, found.ascii, _cut_country(found.value))
    return Term(tuple(dict.fromkeys(fold_text(each) for each in writings if each)))


def _cut_country(value: str) -> str:
    return value.removeprefix("+86") if value.startswith("+86") else ""


def _read_term(word: str) -> Term:
    if not list(list_pieces(word)):
        raise QueryRefused("short", word=word)
    return Term((word,))
