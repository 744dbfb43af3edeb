"""Which files a package may hold, by their names alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tipline.domain.evidence.verdict import Fault

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.p7s"
STAMP = "manifest.json.p7s.tsr"
SUMS = "SHA256SUMS"
UNLISTED = frozenset({MANIFEST, SIGNATURE, STAMP, SUMS})  # each is held by another one of them
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}")


def is_plain(name: str) -> bool:
    """Tell whether a name is relative, ASCII, at most four deep and hides nothing."""
    return len(name) <= 200 and _NAME.fullmatch(name) is not None


def find_odd_names(names: Iterable[str]) -> Iterator[Fault]:
    """Name what is twice there, twice but for its case, both file and folder, or not plain."""
    told = list(names)
    for name, times in Counter(told).items():
        if times > 1:
            yield Fault(name, "is there more than once")
        if not is_plain(name):
            yield Fault(name, "is not a name that a package may hold")
    for name, times in Counter(each.lower() for each in set(told)).items():
        if times > 1:
            yield Fault(name, "is there twice but for upper and lower case")
    folders = {name[:at] for name in told for at, sign in enumerate(name) if sign == "/"}
    for name in sorted(folders & set(told)):
        yield Fault(name, "is both a file and a folder")


def find_strangers(names: Iterable[str], listed: Iterable[str]) -> Iterator[Fault]:
    """Name what is there and not listed, and what is listed and not there."""
    there, told = set(names) - UNLISTED, set(listed)
    for name in sorted(there - told):
        yield Fault(name, "is not listed in the manifest")
    for name in sorted(told - there):
        yield Fault(name, "is listed in the manifest and missing")
