"""IP addresses as people and browsers write them."""

import re
from collections.abc import Iterable
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_PART = re.compile(r"(?:0[xX][0-9a-fA-F]+|[0-9]+)\Z")
_RUBBISH = re.compile(r"(\d{1,3}(?:\.\d{1,3}){3}) ")
_RUBBISH_MAX = 15
_HIGHEST = 0xFFFF_FFFF
_NAT64 = int(IPv6Address("64:ff9b::")) >> 32


def read_ipv4(written: str) -> str:
    """Give a host that is an IPv4 address as four decimals, else nothing.

    One to four parts, each decimal, octal (0...) or hexadecimal (0x...), the last one filling what
    is left: "0x12.1" is 18.0.0.1. As in google/safebrowsing, a part that is too large loses its
    higher bits, and "10.1.2.3 more" of up to 15 characters is the address before the space.
    """
    if len(written) <= _RUBBISH_MAX and (match := _RUBBISH.match(written)):
        written = match[1]
    parts = written.split(".")
    if len(parts) > 4:
        return ""
    numbers = [_read_number(part) for part in parts]
    if any(number is None for number in numbers):
        return ""
    return _join(number for number in numbers if number is not None)


def read_ipv6(written: str) -> str:
    """Give what stands between brackets in its shortest form with brackets, else nothing.

    Mapped (::ffff:1.2.3.4) and translated (64:ff9b::1.2.3.4) addresses are given as IPv4; the last
    part stays dotted where all before it is nothing (::192.9.5.5).
    """
    try:
        address = IPv6Address(written)
    except AddressValueError:
        return ""
    inner = address.ipv4_mapped or _find_inner(int(address), address.scope_id)
    if inner is not None:
        return str(inner)
    number = int(address)
    if 0xFFFF < number <= _HIGHEST:
        return f"[::{IPv4Address(number)}]"
    return f"[{address.compressed}]".lower()


def _find_inner(number: int, scope: str | None) -> IPv4Address | None:
    is_translated = number >> 32 == _NAT64 and scope is None
    return IPv4Address(number & _HIGHEST) if is_translated else None


def _read_number(part: str) -> int | None:
    if not _PART.match(part):
        return None
    try:
        number = int(part, _base_of(part))
    except ValueError:  # 08 is no octal number; and int() reads only so many digits
        return None
    return number if number <= _HIGHEST else None


def _base_of(part: str) -> int:
    if part[:2] in {"0x", "0X"}:
        return 16
    return 8 if len(part) > 1 and part[0] == "0" else 10


def _join(numbers: Iterable[int]) -> str:
    *first, last = numbers
    rest = 4 - len(first)
    tail = (last & (1 << 8 * rest) - 1).to_bytes(rest, "big")
    return ".".join(map(str, (*(each & 0xFF for each in first), *tail)))
