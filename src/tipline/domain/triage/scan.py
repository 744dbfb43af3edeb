"""Finds every identifier in a text; where two overlap, the one that says more is kept."""

from collections.abc import Callable, Iterable, Iterator

from tipline.domain.triage.identifiers import (
    bank_card,
    domain,
    email,
    ip,
    phone,
    qq,
    shortcode,
    url,
    wechat,
)
from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.values import Identifier

# In the order in which they are believed: what a word or a scheme names goes before bare digits.
_FINDERS: tuple[Callable[[Folded], Iterable[Identifier]], ...] = (
    url.find_in,
    email.find_in,
    wechat.find_in,
    qq.find_in,
    bank_card.find_in,
    phone.find_in,
    shortcode.find_in,
    ip.find_in,
    domain.find_in,
)
KINDS = ("url", "email", "wechat", "qq", "bank_card", "phone", "shortcode", "ip", "domain")


def scan(text: str) -> tuple[Identifier, ...]:
    """Find all identifiers in ``text``, in the order of their places and never overlapping."""
    folded = Folded(text)
    kept: dict[int, Identifier] = {}
    taken = bytearray(len(text))
    for found in _find_all(folded):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            kept[found.start] = found
    return tuple(kept[start] for start in sorted(kept))


def _find_all(folded: Folded) -> Iterator[Identifier]:
    for find in _FINDERS:
        yield from find(folded)
