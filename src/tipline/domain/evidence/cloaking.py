"""Whether a site shows different things to different visitors."""

import re

from msgspec import Struct

_WORDS = re.compile(r"[^\W\d_]+")
_LIKE = 0.5


class Seen(Struct, frozen=True):
    """What one visitor saw at an address."""

    url: str
    final_url: str
    status: int
    text: str


def compare(one: Seen, other: Seen) -> str:
    """Tell how two visitors' views of one address differ: nothing, ``status``, ``address``, ``text``.

    Layouts differ between profiles, so texts count as different only where less than half of the
    runs of letters that either holds is shared.
    """
    if (one.status < 400) != (other.status < 400):
        return "status"
    if _host(one.final_url) != _host(other.final_url):
        return "address"
    return "text" if _likeness(one.text, other.text) < _LIKE else ""


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].removeprefix("www.").removeprefix("m.")


def _likeness(one: str, other: str) -> float:
    mine, theirs = _grams(one), _grams(other)
    either = len(mine | theirs)
    return len(mine & theirs) / either if either else 1.0


def _grams(text: str) -> frozenset[str]:
    words = (each.lower() for each in _WORDS.findall(text[:200_000]))
    return frozenset(gram for word in words for gram in _cut(word))


def _cut(word: str) -> list[str]:
    # Chinese has no spaces: pairs of letters; words of other scripts stay whole.
    if word.isascii():
        return [word]
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]
