"""Reads IP addresses as people write and defang them."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_DOT = r"(?:\.|。|｡|点|·|[\[({【（] ?(?:[.。点]|[dD][oO]t) ?[\])}】）]| \. )"
FOUR = re.compile(
    rf"(?<![0-9.a-zA-Z])(?<![0-9],)(?:[0-9]{{1,3}}{_DOT}){{3}}[0-9]{{1,3}}(?![0-9]|{_DOT}[0-9]|[a-zA-Z])"
)
FOUR_GATE = rf"[0-9]{{1,3}}{_DOT}[0-9]{{1,3}}{_DOT}[0-9]{{1,3}}{_DOT}[0-9]"
_DOTS = re.compile(_DOT)
_GROUPS_MIN = 3


def read_ipv4(written: str) -> str | None:
    """Give the address that ``written`` names, dots perhaps defanged; None if it names none."""
    if not written[:1].isdigit():
        return None
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
