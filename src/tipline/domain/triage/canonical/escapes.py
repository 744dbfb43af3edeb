"""Percent escapes, undone until none is left and then written once."""

import re
from re import Match

_ESCAPE = re.compile(rb"%(?:25)*([0-9A-Fa-f]{2})")  # %2541 is an escaped escape
_UNSAFE = re.compile(rb"[^!-~]|[#%]")
_PASSES = 8
_HEX = frozenset(b"0123456789abcdefABCDEF")
_PERCENT = ord("%")


def unescape(written: bytes) -> bytes:
    """Undo percent escapes until there are none, in time linear in the length.

    In which order escapes are undone makes no difference, since no escape overlaps another.
    """
    for _ in range(_PASSES):
        if b"%" not in written:
            return written
        plainer = _ESCAPE.sub(_decode, written)
        if plainer == written:
            return written
        written = plainer
    return _unescape_nested(written)


def escape(plain: bytes) -> str:
    """Escape what is not printable ASCII, and "#" and "%", with small hexadecimal digits."""
    return _UNSAFE.sub(_encode, plain).decode("ascii")


def _decode(match: Match[bytes]) -> bytes:
    return bytes((int(match[1], 16),))


def _encode(match: Match[bytes]) -> bytes:
    return b"%%%02x" % match[0][0]


def _unescape_nested(written: bytes) -> bytes:
    # Escapes that make escapes ("%%34%31"): byte by byte, each as soon as it is whole.
    plain = bytearray()
    for each in written:
        plain.append(each)
        while _ends_in_escape(plain):
            plain[-3:] = (int(plain[-2:], 16),)
    return bytes(plain)


def _ends_in_escape(plain: bytearray) -> bool:
    return len(plain) > 2 and plain[-3] == _PERCENT and plain[-2] in _HEX and plain[-1] in _HEX
