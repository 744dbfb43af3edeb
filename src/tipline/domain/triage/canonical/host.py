"""The host of a link in its canonical form."""

import re

import ada_url

from tipline.domain.triage.canonical.address import read_ipv4, read_ipv6
from tipline.domain.triage.canonical.escapes import escape

_TAIL_BACKWARDS = re.compile(rb"(?:\d*:|\.)*")  # ports and dots, from the end: linear
_DOTS = re.compile(r"\.{2,}")
_ASCII_HOST = re.compile(r"[a-z0-9._-]+\Z")


def read_host(written: bytes) -> str:
    """Give the host of ``written``, an authority without escapes; nothing where it names none.

    User name and port are dropped, dots that mean nothing too; an IP address is written as four
    decimals, a name in letters of any script in ASCII as browsers do it (UTS 46).
    """
    plain = _cut_tail(written[written.rfind(b"@") + 1 :].lstrip(b"."))
    if plain[:1] == b"[":
        return _read_bracketed(plain)
    host = _trim(escape(plain))
    if not plain.isascii():
        host = _trim(_read_wide(plain) or host)
    return read_ipv4(host) or host.lower()


def _cut_tail(plain: bytes) -> bytes:
    match = _TAIL_BACKWARDS.match(plain[::-1])
    return plain[: len(plain) - match.end()] if match else plain


def _read_bracketed(plain: bytes) -> str:
    inside, bracket, _rest = plain[1:].rpartition(b"]")
    if not bracket:
        return ""
    return read_ipv6(escape(inside)) or escape(plain).lower()


def _read_wide(plain: bytes) -> str:
    # A name that is not UTF-8, or that browsers refuse, stays as it is, escaped.
    try:
        host = ada_url.idna.encode(_trim(plain.decode("utf-8"))).decode("ascii")
    except ValueError:
        return ""
    return host if _ASCII_HOST.match(host) else ""


def _trim(host: str) -> str:
    return _DOTS.sub(".", host).strip(".")
