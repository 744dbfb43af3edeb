"""Knows what accuses nobody: hotlines, short codes, banks, carriers, platforms, examples.

The list is ``innocent.txt`` beside this file; it says itself how to add to it. Addresses that no
host in the internet has are known by rule (RFC 6890 and the registries that it began).
"""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from ipaddress import ip_address
from re import compile as compile_pattern

_HOST = compile_pattern(r"(?:[a-z]+://)?(\[[^\]]+\]|[^/:?#]+)(?::[0-9]+)?[/?#]?(.*)", 16)
_FRONT = frozenset({"www", "m", "wap"})
_EXAMPLE_CALL = compile_pattern(r"\+1[2-9][0-9]{2}55501[0-9]{2}")  # kept for fiction (NANPA)


def _read_list() -> Iterator[tuple[str, str, str]]:
    listed = files(__package__).joinpath("innocent.txt").read_text("utf-8")
    for line in listed.splitlines():
        words = line.split()
        if words and not line.startswith("#"):
            yield from ((words[1], value, words[0]) for value in words[2:])


_LISTED: Mapping[tuple[str, str], str] = {
    (kind, value): reason for kind, value, reason in _read_list()
}
_BEGINNINGS: Mapping[str, Mapping[str, str]] = {
    kind: {
        value[:-1]: why for (of, value), why in _LISTED.items() if of == kind and value[-1] == "*"
    }
    for kind in ("phone", "shortcode")
}
_HOSTS = {value: why for (of, value), why in _LISTED.items() if of == "domain" and value[0] != "."}
_FAMILIES = {
    value[1:]: why for (of, value), why in _LISTED.items() if of == "domain" and value[0] == "."
}
_SIZES = {kind: sorted({*map(len, begins)}) for kind, begins in _BEGINNINGS.items()}


def judge_innocent(kind: str, value: str) -> str:
    """Say why an identifier accuses nobody; nothing where it may."""
    judge = _JUDGES.get(kind)
    return judge(kind, value) if judge else ""


def judge_host(host: str, *, is_front: bool) -> str:
    """Say why a host accuses nobody; ``is_front`` tells that its front page is meant."""
    name, _, below = host.partition(".")
    if is_front:
        reason = _HOSTS.get(host) or (name in _FRONT and _HOSTS.get(below))
        if reason:
            return reason
    while host:
        reason = _FAMILIES.get(host)
        if reason:
            return reason
        host = host.partition(".")[2]
    return ""


def _judge_number(kind: str, value: str) -> str:
    known = _LISTED.get((kind, value))
    if known is not None:
        return known
    begins = _BEGINNINGS[kind]
    found = (begins[value[:size]] for size in _SIZES[kind] if value[:size] in begins)
    return next(found, "example" if _EXAMPLE_CALL.fullmatch(value) else "")


def _judge_domain(_kind: str, value: str) -> str:
    return judge_host(value, is_front=True)


def _judge_url(_kind: str, value: str) -> str:
    match = _HOST.match(value)
    if not match:
        return ""
    host = match[1]
    if host[-1:].isdigit() or host.startswith("["):
        return _judge_address("", host.strip("[]"))
    return judge_host(host, is_front=not match[2])


def _judge_email(_kind: str, value: str) -> str:
    reason = judge_host(value.rpartition("@")[2], is_front=False)
    return reason if reason in {"example", "official", "bank", "carrier"} else ""


def _judge_address(_kind: str, value: str) -> str:
    try:
        address = ip_address(value)
    except ValueError:
        return ""
    return "" if address.is_global and not address.is_multicast else "reserved"


_JUDGES = {
    "phone": _judge_number,
    "whatsapp": lambda _, value: _judge_number("phone", value),
    "shortcode": _judge_number,
    "domain": _judge_domain,
    "url": _judge_url,
    "email": _judge_email,
    "ipv4": _judge_address,
    "ipv6": _judge_address,
}


def list_known(kind: str) -> Iterator[str]:
    """Values of ``kind`` that the list holds, ranges left out."""
    return (value for of, value in _LISTED if of == kind and not value.endswith("*"))
