"""IP addresses, version 4 and 6. Value: the usual written form (RFC 5952 for version 6)."""

import re
from collections.abc import Iterable, Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from tipline.domain.triage.identifiers.folding import Folded
from tipline.domain.triage.identifiers.hosts import DOT
from tipline.domain.values import Identifier

_FOUR = re.compile(
    rf"(?<![\d.a-z])(?<!\d,)(?:\d{{1,3}}{DOT}){{3}}\d{{1,3}}(?!\d|{DOT}\d|[a-z])", re.IGNORECASE
)
_SIX = re.compile(r"(?<![\w:.])[0-9a-f:]{6,39}(?![\w:]|\.\d)", re.IGNORECASE)
_DOTS = re.compile(DOT, re.IGNORECASE)
_VERSION = re.compile(r"(?:版本号?|版|/|(?<![a-z])(?:version|ver|v))[\s:.]*\Z")
_GROUPS_MIN = 3


def find(text: str) -> Iterable[Identifier]:
    """Find IP addresses in ``text``, not the numbers of versions."""
    return find_in(Folded(text))


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find IP addresses in a folded text."""
    for match in _FOUR.finditer(folded.plain):
        four = read_ipv4(match[0])
        if four and not _VERSION.search(folded.before(match.start(), 10)):
            yield folded.make("ip", four, match.span())
    for match in _SIX.finditer(folded.plain):
        six = read_ipv6(match[0])
        if six:
            yield folded.make("ip", six, match.span())


def read_ipv4(written: str) -> str | None:
    """Give the address that ``written`` names, dots perhaps defanged; None if it names none."""
    try:
        return str(IPv4Address(_DOTS.sub(".", written)))
    except AddressValueError:
        return None


def read_ipv6(written: str) -> str | None:
    """Give the address that ``written`` names; None if it names none or might be a time."""
    try:
        six = str(IPv6Address(written))
    except AddressValueError:
        return None
    return six if len([group for group in six.split(":") if group]) >= _GROUPS_MIN else None
