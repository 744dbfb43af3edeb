"""Reads IP addresses as people write and defang them."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_DOT = r"(?:\.|。|｡|点|·|[\[({【（] ?(?:[.。点]|dot) ?[\])}】）]| \. )"
FOUR = re.compile(
    rf"(?<![\d.a-z])(?<!\d,)(?:\d{{1,3}}{_DOT}){{3}}\d{{1,3}}(?!\d|{_DOT}\d|[a-z])",
    re.IGNORECASE | re.ASCII,
)
FOUR_GATE = rf"[0-9]{{1,3}}{_DOT}[0-9]{{1,3}}{_DOT}[0-9]{{1,3}}{_DOT}[0-9]"
_DOTS = re.compile(_DOT, re.IGNORECASE)
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
