"""Canonical links: published vectors passed and links a second, each library in the same run."""

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

import ada_url
import urlcanon

from benchmarks.lists import vectors
from tipline.domain.triage.canonical import canonicalise, list_expressions

Canonicalise = Callable[[str], str]


def _urlcanon(url: str) -> str:
    return str(urlcanon.google(urlcanon.parse_url(url.encode("utf-8", "surrogateescape"))))


LIBRARIES: Mapping[str, Canonicalise] = {
    "tipline": lambda url: canonicalise(url).full,
    "urlcanon 0.3 google": _urlcanon,
    "ada-url": ada_url.normalize_url,
}


def count_vectors(work: Canonicalise) -> tuple[int, int]:
    """How many of Go's TestCanonicalURL hold, queries left out: positive, and must-fail."""
    right = sum(_try(work, url) == wanted for url, wanted in vectors.GO_URLS)
    refused = sum(_try(work, url) is None for url in vectors.GO_REFUSED)
    return right, refused


def _try(work: Canonicalise, url: str) -> str | None:
    # A library that gives no host where there is none has refused as well as it can.
    try:
        found = work(url).partition("?")[0]
    except Exception:  # noqa: BLE001 - whatever a library raises is a refusal
        return None
    return found if found.partition("://")[2].partition("/")[0] else None


def measure_rates(links: Sequence[str], *, rounds: int) -> dict[str, int]:
    """Links a second of CPU for each library, medians; and ours with all expressions."""
    works = {**LIBRARIES, "tipline with expressions": _list_all}
    return {name: median(_rate(work, links) for _ in range(rounds)) for name, work in works.items()}


def _list_all(url: str) -> str:
    return list_expressions(canonicalise(url))[0]


def _rate(work: Canonicalise, links: Sequence[str]) -> int:
    begun = time.process_time()
    for link in links:
        try:
            work(link)
        except Exception:  # noqa: BLE001 - a refusal is an answer, and costs what it costs
            continue
    return round(len(links) / (time.process_time() - begun))
