"""Finds every identifier in a text; where two overlap, the one that says more is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping

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
FINDERS: Mapping[str, Callable[[Folded], Iterable[Identifier]]] = {
    "url": url.find_in,
    "email": email.find_in,
    "wechat": wechat.find_in,
    "qq": qq.find_in,
    "bank_card": bank_card.find_in,
    "phone": phone.find_in,
    "shortcode": shortcode.find_in,
    "ip": ip.find_in,
    "domain": domain.find_in,
}


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
    for find in FINDERS.values():
        yield from find(folded)
