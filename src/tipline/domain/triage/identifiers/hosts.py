"""Reads host names: mends defanged dots, knows the public suffixes, writes Unicode lower case.

The public suffixes are the list that tldextract carries (https://publicsuffix.org); nothing is
loaded from the network.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice

import tldextract

DOT = r"(?:\.|。|｡|\[\.\]|\(\.\)|\{\.\}|【\.】|\[dot\]|\(dot\)|\[点\]|\(点\))"
_LETTERS = "-a-z0-9\u00c0-\u024f\u0370-\u058f"  # Latin, Greek, Cyrillic, Armenian
CHAIN = rf"[{_LETTERS}]++(?:{DOT}[{_LETTERS}]++)++"
ALONE = rf"(?<![{_LETTERS}@._%~])"  # what may not stand before a host in running text
WIDE_CHAIN = rf"[\w-]++(?:{DOT}[\w-]++)++"
_DOT = re.compile(DOT, re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)\Z")
_LABELS_MAX = 40
_HOST_CHARS_MAX = 253
_CHAIN_CHARS = 300
_STOPS = frozenset("。｡")
_STOP = re.compile("[。｡]")
_STOPS_MAX = 8
_RESERVED = frozenset({"example", "test", "invalid", "onion"})  # RFC 2606, RFC 7686
_FILE_ENDINGS = frozenset({"zip", "mov", "md", "py", "sh", "pl", "rs", "so", "ps", "ml"})


@cache
def _list_suffixes() -> frozenset[str]:
    listed = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None).tlds
    return _RESERVED.union(listed)


def looks_like_file(host: str) -> bool:
    """Tell whether a bare ``host`` may as well be the name of a file, as ``setup.py``."""
    return host.rpartition(".")[2] in _FILE_ENDINGS


def read_host(written: str) -> str | None:
    """Give the canonical host (lower case, Unicode) if ``written`` is one under a known suffix."""
    host = read_any_host(written)
    if host is None or host in _list_suffixes():
        return None
    return host if host.rpartition(".")[2] in _list_suffixes() else None


def read_any_host(written: str) -> str | None:
    """Give the canonical form of ``written`` if it has the shape of a host, whatever its suffix."""
    labels = [
        _read_label(label) for label in _DOT.split(unicodedata.normalize("NFKC", written).lower())
    ]
    host = ".".join(labels)
    is_shaped = 1 < len(labels) <= _LABELS_MAX and len(host) <= _HOST_CHARS_MAX
    return host if is_shaped and all(map(_LABEL.match, labels)) else None


def _read_label(label: str) -> str:
    # Punycode (RFC 3492) is read where what it says is steady and writes the same again. A label
    # that mixes ASCII with Chinese stays in punycode: next to prose nobody sees where it begins.
    if not label.startswith("xn--"):
        return f"xn--{_encode(label)}" if _is_mixed(label) else label
    try:
        read = label[4:].encode("ascii").decode("punycode")
        again = _encode(read)
    except (UnicodeError, ValueError, OverflowError):
        return label
    is_steady = read == unicodedata.normalize("NFKC", read).lower() and bool(_LABEL.match(read))
    is_plain = read.isascii() or _is_mixed(read)
    return read if is_steady and again == label[4:] and not is_plain else label


def _encode(label: str) -> str:
    return label.encode("punycode").decode("ascii")


def _is_mixed(label: str) -> bool:
    return any(map(str.isascii, label)) and any(
        unicodedata.category(each) == "Lo" for each in label
    )


def cut_host(chain: str) -> tuple[str, int] | None:
    """Find the longest beginning of ``chain`` that is a host: the host, and characters taken.

    A chain is labels joined by dots, as ``x.com.Then``; what follows a host is left alone.
    """
    ends = [each.start() for each in _DOT.finditer(chain)][1:_LABELS_MAX]
    for end in (*islice(_find_stops(chain), 1), len(chain), *reversed(ends)):
        written = chain[:end]
        host = None if _starts_sentence(written) else read_host(written)
        if host:
            return host, end
    return None


def _find_stops(chain: str) -> Iterator[int]:
    # A Chinese full stop between two whole hosts ends a sentence; within one it is a dot.
    stops = (each.start() for each in islice(_STOP.finditer(chain), _STOPS_MAX))
    return (stop for stop in stops if read_host(chain[:stop]) and _begins_host(chain[stop + 1 :]))


def _begins_host(chain: str) -> bool:
    return any(map(read_host, (_STOP.split(chain, 1)[0], chain[:_HOST_CHARS_MAX])))


def list_hosts(chain: str) -> Iterator[tuple[str, int, int]]:
    """Hosts in ``chain``, each with its span: one, or several that Chinese full stops part."""
    start = 0
    cut = cut_host(chain[:_CHAIN_CHARS])
    while cut:
        yield cut[0], start, start + cut[1]
        start += cut[1] + 1
        has_next = chain[start - 1 : start] in _STOPS
        cut = cut_host(chain[start : start + _CHAIN_CHARS]) if has_next else None


def cut_wide_host(chain: str) -> tuple[str, int] | None:
    """Like ``cut_host`` for a chain of any letters, which may run on into the next words."""
    found = cut_host(chain)
    last = [each.end() for each in _DOT.finditer(chain)][-1]
    ends = (end for end in range(min(len(chain) - 1, last + 63), last, -1) if _may_part(chain, end))
    hosts = ((host, end) for end in ends if (host := read_host(chain[:end])))
    return found or next(hosts, None)


def _may_part(chain: str, end: int) -> bool:
    return not (chain[end - 1].isascii() and chain[end].isascii())


def _starts_sentence(written: str) -> bool:
    # In "it was him.So" and "see x.com.Now" the last label begins a sentence.
    *before, last = _DOT.split(written)
    return last.istitle() and not any(part[:1].isupper() for part in before)
