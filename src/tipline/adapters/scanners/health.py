"""Which scanners are there, how old their databases are, and how to get what is missing."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from tipline.adapters.scanners import rulebook
from tipline.adapters.scanners.clamav import ClamAV
from tipline.domain.evidence.files.signatures import DAYS_FRESH, describe_age

State = Literal["good", "degraded", "missing"]


class Health(NamedTuple):
    """One scanner: its name, how it is, and words with the one command that mends it."""

    part: str
    state: State
    words: str


def look_at_scanners(*, packs: Path, clamav: Path, now: dt.datetime) -> Iterator[Health]:
    """Look at each scanner that is not always there."""
    yield _look_at_rules(packs)
    yield _look_at_clamav(clamav, now)


def _look_at_rules(packs: Path) -> Health:
    files = rulebook.list_rule_files(packs)
    rules, refused = rulebook.compile_rules(files)
    own = len(rulebook.list_rule_files(None))
    words = f"{sum(1 for _ in rules):,} YARA rules, {len(files) - own} files of them in {packs}"
    if refused:
        named = "; ".join(f"{name}: {why}" for name, why in list(refused.items())[:5])
        return Health("scan rules", "degraded", f"{words}; {len(refused)} cannot be read: {named}")
    return Health("scan rules", "good", words)


def _look_at_clamav(folder: Path, now: dt.datetime) -> Health:
    clamav = ClamAV(folder)
    if not (clamav.scanner or clamav.client):
        words = "downloads are 'not scanned' by signatures; to install: apt-get install clamav"
        return Health("ClamAV", "missing", words)
    cure = f"freshclam --datadir={folder}"
    if clamav.database is None:
        words = f"no database in {folder}, so that downloads are 'not scanned'; to fetch: {cure}"
        return Health("ClamAV", "degraded", words)
    age = describe_age(built_at=clamav.database.built_at, now=now)
    words = f"database {age}, {clamav.database.signatures:,} signatures in {folder}"
    if (now - clamav.database.built_at).days > DAYS_FRESH:
        return Health("ClamAV", "degraded", f"{words}; to renew: {cure}")
    return Health("ClamAV", "good", words)
