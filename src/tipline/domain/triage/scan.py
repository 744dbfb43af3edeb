"""Finds every identifier in a text; where two overlap, the one that says more is kept.

Each module of ``identifiers`` is one kind, or one way of writing it: drop a file in and it takes
part. It has ``find_in(folded)``, which gives what it finds in a folded text, and ``GATE``, a cheap
pattern: a text in which it finds anything always matches the gate. Gates are written so that both
Python's ``re`` and Rust's regex read them alike, so many texts can be sorted by another engine
first (``scan_many``) and the modules read only those texts that may hold something.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from msgspec import Struct

from tipline.domain.triage import identifiers
from tipline.domain.triage.reading.folding import FOLDING_GATE, Folded
from tipline.domain.values import Identifier

Find = Callable[[Folded], Iterator[Identifier]]

# In the order in which they are believed: what names itself by a word, a scheme or a checksum goes
# before bare digits. A module that is not named here comes last.
BELIEF = (
    "telegram", "whatsapp", "pay_account", "url_spaced", "url_schemed", "url_bare", "url_address", "email", "crypto", "sha256", "sha1", "md5",
    "icp_licence", "app_package", "courier", "order", "ipv6", "wechat", "qq", "id_card", "bank_card",
    "phone_mobile", "phone_landline", "phone_abroad", "ipv4", "phone_hidden", "shortcode",
    "domain", "wide_host", "app_name",
)  # fmt: skip

# Found so that they are taken for nothing else; they say nothing about who did it and link nothing.
ASIDE = frozenset({"order", "courier", "app_name"})

_NOTHING: tuple[Identifier, ...] = ()


class Kind(Struct, frozen=True):
    """One module of ``identifiers``: its name, what it finds, and the gate before it."""

    name: str
    find_in: Find
    gate: str


class Sieve(Protocol):
    """Tells for many texts at once which patterns are in them."""

    def sift(self, texts: Sequence[str], patterns: Sequence[str]) -> Sequence[int]:
        """Give a number for each text whose bit ``n`` says that ``patterns[n]`` is in it."""
        ...


class PlainSieve:
    """A sieve of Python's own regular expressions."""

    def sift(self, texts: Sequence[str], patterns: Sequence[str]) -> Sequence[int]:
        """Give a number for each text whose bit ``n`` says that ``patterns[n]`` is in it."""
        tests = [(1 << place, re.compile(each).search) for place, each in enumerate(patterns)]
        return [sum(bit for bit, search in tests if search(text)) for text in texts]


def _list_kinds() -> Iterator[Kind]:
    for found in iter_modules(identifiers.__path__):
        module = import_module(f"{identifiers.__name__}.{found.name}")
        yield Kind(found.name, module.find_in, module.GATE)


def _rank(kind: Kind) -> tuple[int, str]:
    return (BELIEF.index(kind.name) if kind.name in BELIEF else len(BELIEF), kind.name)


# Gates that are looked for as one pattern first, since few texts hold any of them. Larger groups
# are slower: the automaton of their pattern outgrows its cache.
_TOGETHER = (
    ("telegram", "whatsapp", "pay_account", "icp_licence", "app_name"),
    ("email", "app_package"),
    ("url_address", "ipv4", "ipv6"),
    ("bank_card", "id_card", "crypto", "sha256", "sha1", "md5"),
    ("phone_landline", "phone_abroad", "shortcode"),
)  # fmt: skip
KINDS: tuple[Kind, ...] = tuple(sorted(_list_kinds(), key=_rank))
_ALL = tuple(each.find_in for each in KINDS)
_SELDOM = tuple(name for group in _TOGETHER for name in group)
_GATES = {each.name: each.gate for each in KINDS}
_ALONE = tuple(each.name for each in KINDS if each.name not in _SELDOM)
_BITS = {name: bit for bit, name in enumerate((*_ALONE, *_SELDOM))}
_ALONE_BITS = (1 << len(_ALONE)) - 1


def _join_gates(names: Iterable[str]) -> str:
    gates = dict.fromkeys(_GATES[each] for each in names)
    return "|".join(f"(?i:{each[4:]})" if each[:4] == "(?i)" else f"(?:{each})" for each in gates)


_FIRST = (*(_GATES[each] for each in _ALONE), *map(_join_gates, _TOGETHER))
_THEN = tuple(_GATES[each] for each in _SELDOM)


def scan(text: str) -> tuple[Identifier, ...]:
    """Find all identifiers in ``text``, in the order of their places and never overlapping."""
    return _read(Folded(text), _ALL)


def scan_many(texts: Sequence[str], *, sieve: Sieve) -> list[tuple[Identifier, ...]]:
    """Find the identifiers of many texts: the same as ``scan`` of each, faster with a fast sieve."""
    odd = sieve.sift(texts, (FOLDING_GATE,))
    folded = {place: Folded(texts[place], is_plain=False) for place, bit in enumerate(odd) if bit}
    plain = [folded[place].plain if place in folded else each for place, each in enumerate(texts)]
    return [
        _read(folded.get(place) or Folded(text, is_plain=True), _choose(mask)) if mask else _NOTHING
        for place, (text, mask) in enumerate(zip(texts, _find_masks(plain, sieve), strict=True))
    ]


def _find_masks(texts: Sequence[str], sieve: Sieve) -> Sequence[int]:
    # For each folded text a bit for each gate, as ``_BITS`` counts them.
    masks = list(sieve.sift(texts, _FIRST))
    places = [place for place, mask in enumerate(masks) if mask >> len(_ALONE)]
    few = sieve.sift([texts[place] for place in places], _THEN)
    for place, mask in zip(places, few, strict=True):
        masks[place] = masks[place] & _ALONE_BITS | mask << len(_ALONE)
    return masks


@lru_cache(4096)
def _choose(mask: int) -> tuple[Find, ...]:
    return tuple(each.find_in for each in KINDS if mask >> _BITS[each.name] & 1)


def _read(folded: Folded, finders: Sequence[Find]) -> tuple[Identifier, ...]:
    kept = [found for find in finders for found in find(folded) if folded.claim(found)]
    if len(kept) > 1:
        kept.sort(key=_get_start)
    return tuple(kept)


def _get_start(found: Identifier) -> int:
    return found.start
