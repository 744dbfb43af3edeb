"""Reads host names: mends defanged dots, knows the public suffixes, writes Unicode lower case.

The public suffixes are the list that tldextract carries (https://publicsuffix.org); nothing is
loaded from the network.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from tipline.domain.triage.reading.suffixes import SUFFIXES

DOT = r"(?:\.|[。｡丶·•点]| ?[\[({【（「<] ?(?:[.。点]|[dD][oO0][tT]) ?[\])}】）」>] ?|[ ](?:[.。点]|[dD][oO0][tT])[ ])"
BROKEN_DOT = rf"(?:\.\r?\n|\r?\n\.|{DOT}| \.)"  # where it is sure that the name goes on
LETTERS = "-a-zA-Z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u058f"  # Latin, Greek, Cyrillic, Armenian
CHAIN = rf"[{LETTERS}]++(?:{DOT}[{LETTERS}]++)++"
ALONE = rf"(?<![{LETTERS}@._%~])"  # what may not stand before a host in running text
BROKEN_CHAIN = rf"[{LETTERS}]++(?:{BROKEN_DOT}[{LETTERS}]++)++"
WIDE_CHAIN = rf"[\w-]++(?:{DOT}[\w-]++)++"
_DOT = re.compile(BROKEN_DOT)
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)\Z")
_PLAIN = re.compile(r"(?:(?!xn--)[a-z0-9](?:-*+[a-z0-9]++){0,31}\.){1,40}[a-z]{2,24}")
_HIDING = (
    ("word_dot", re.compile(r"[点。｡丶·•]|dot|d0t", re.IGNORECASE)),
    ("bracketed_dot", re.compile(r"[\[({【（「<] ?[.。点d]")),
    ("spaced", re.compile(r" ")),
    ("split_lines", re.compile(r"\n")),
    ("punycode", re.compile(r"xn--", re.IGNORECASE)),
)
_PASSING = re.compile(
    r"[-a-z0-9àáâãäåăąǎạçćèéêëēęěìíîïīıłńñòóôõöøōőơùúûüūůýÿžžźζοαεικνρτυχνабвгдеёзіѕјӏорсԁԛԝухһкмнтѡҁ]+"
)  # noqa: RUF001 - they pass for Latin letters
_LABELS_MAX = 40
_HOST_CHARS_MAX = 253
_CHAIN_CHARS = 300
_STOPS = frozenset("。｡")
_STOP = re.compile("[。｡]")
_STOPS_MAX = 8

Cut = tuple[str, int, int]  # a host, and where it starts and ends


def read_host(written: str) -> str | None:
    """Give the canonical host (lower case, Unicode) if ``written`` is one under a known suffix."""
    plain = written.lower()
    if _PLAIN.fullmatch(plain) and len(plain) <= _HOST_CHARS_MAX:
        suffix = plain[plain.rfind(".") + 1 :]
        return plain if suffix in SUFFIXES and plain not in SUFFIXES else None
    host = read_any_host(written)
    if host is None or host in SUFFIXES:
        return None
    return host if host.rpartition(".")[2] in SUFFIXES else None


def read_any_host(written: str) -> str | None:
    """Give the canonical form of ``written`` if it has the shape of a host, whatever its suffix."""
    labels = [
        _read_label(label) for label in _DOT.split(unicodedata.normalize("NFKC", written).lower())
    ]
    host = ".".join(labels)
    is_shaped = 1 < len(labels) <= _LABELS_MAX and len(host) <= _HOST_CHARS_MAX
    return host if is_shaped and all(map(_LABEL.match, labels)) else None


def write_ascii(host: str) -> str:
    """Give ``host`` with its labels in punycode (RFC 3492); nothing where it is ASCII anyway."""
    if host.isascii():
        return ""
    labels = (each if each.isascii() else f"xn--{_encode(each)}" for each in host.split("."))
    return ".".join(labels)


def list_hiding(written: str, host: str) -> tuple[str, ...]:
    """Name the ways in which ``host`` was hidden where it stands as ``written``."""
    if written.lower() == host and host.isascii():
        return ()
    ways = [name for name, pattern in _HIDING if pattern.search(written)]
    return (*ways, "lookalike") if any(map(_mixes_scripts, host.split("."))) else tuple(ways)


def _mixes_scripts(label: str) -> bool:
    # Letters of other scripts that pass for Latin ones, alone under a Latin suffix or among such.
    return not label.isascii() and bool(_PASSING.fullmatch(label))


def _read_label(label: str) -> str:
    # Punycode is read where what it says is steady and writes the same again.
    if not label.startswith("xn--"):
        return label
    try:
        read = label[4:].encode("ascii").decode("punycode")
        again = _encode(read)
    except (UnicodeError, ValueError, OverflowError):
        return label
    is_steady = read == unicodedata.normalize("NFKC", read).lower() and bool(_LABEL.match(read))
    return read if is_steady and again == label[4:] and not read.isascii() else label


def _encode(label: str) -> str:
    return label.encode("punycode").decode("ascii")


@lru_cache(1024)
def cut_host(chain: str) -> tuple[str, int] | None:
    """Find the longest beginning of ``chain`` that is a host: the host, and characters taken.

    A chain is labels joined by dots, as ``x.com.Then``; what follows a host is left alone.
    """
    if not _STOP.search(chain):
        host = read_host(chain)
        if host and not _starts_sentence(chain):
            return host, len(chain)
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


def list_hosts(chain: str) -> Iterator[Cut]:
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
    if not written[written.rfind(".") + 1 :].istitle():
        return False
    *before, last = _DOT.split(written)
    return last.istitle() and not any(part[:1].isupper() for part in before)
