"""What an inspection comes to: the answer that people and machines are given of it."""

import re
from urllib.parse import urlsplit

from msgspec import Struct

from tipline.domain.evidence.files.verdict import Verdict

_ODD = re.compile(r"[^A-Za-z0-9.-]+")
_HOST_CHARS = 80


class Flagged(Struct, frozen=True, kw_only=True):
    """An item for which a rule names an offence; ``box`` is x, y, width, height on the picture."""

    id: str
    offences: tuple[str, ...]
    confidence: float
    url: str
    box: tuple[int, int, int, int] | None


class Scanned(Struct, frozen=True, kw_only=True):
    """A file that the site handed over, and what the scanners say of it."""

    sha256: str
    type: str
    verdicts: tuple[Verdict, ...]


class Inspected(Struct, frozen=True, kw_only=True):
    """The answer of ``tipline inspect --json``; ``pages`` and ``refused`` are counts.

    ``result`` is ``complete``, ``partial`` or ``unreachable:REASON``.
    """

    package: str
    sha256: str
    result: str
    pages: int
    items: tuple[Flagged, ...]
    downloads: tuple[Scanned, ...]
    signals: tuple[str, ...]
    refused: int


def name_site(url: str) -> str:
    """Name the site of an address so that a file may be called so."""
    host = (urlsplit(url).hostname or "").strip(".")
    return _ODD.sub("-", host)[:_HOST_CHARS].strip("-.") or "site"
