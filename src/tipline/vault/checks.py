"""Whether a unit is fit to be kept."""

import re
from typing import NoReturn

from tipline.vault.entries import ENTRIES_MAX, FILES_MAX, PART_BYTES_MAX, Entry, Unit
from tipline.vault.refusals import UnitRefused

_KIND = re.compile(r"[A-Za-z0-9._]{1,32}", re.ASCII)
_FILE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_PART_SIZES = (  # part, the sizes it may have
    ("box", (0, 16)),
    ("holder_key", (0, 32)),
    ("holder_secret", (0, 32)),
    ("to", (0, 32)),
    ("prev", (32,)),
)
_FREE_PARTS = ("text", "details", "holder_note", "contact")


def check_unit(unit: Unit) -> None:
    """Check shapes and sizes before anything is sealed.

    Raises:
        UnitRefused: naming the entry and the part.

    """
    if not 1 <= len(unit.entries) <= ENTRIES_MAX:
        raise UnitRefused(f"a unit has 1 to {ENTRIES_MAX} entries, not {len(unit.entries)}")
    if unit.retry is not None and (not unit.retry.key or len(unit.retry.body) != 32):
        raise UnitRefused("a retry has a key and the SHA-256 of a body")
    for position, entry in enumerate(unit.entries):
        _check_entry(entry, position)


def _check_entry(entry: Entry, position: int) -> None:
    if not _KIND.fullmatch(entry.kind):
        _refuse(position, "kind")
    for part, sizes in _PART_SIZES:
        if len(getattr(entry, part)) not in sizes:
            _refuse(position, part)
    for part in _FREE_PARTS:
        if len(getattr(entry, part)) > PART_BYTES_MAX:
            _refuse(position, part)
    if entry.files:
        _check_files(entry, position)


def _check_files(entry: Entry, position: int) -> None:
    ids = [each.file_id for each in entry.files]
    if len(ids) > FILES_MAX or len(set(ids)) != len(ids) or not all(map(_FILE_ID.fullmatch, ids)):
        _refuse(position, "files")


def _refuse(position: int, part: str) -> NoReturn:
    raise UnitRefused(f"entry {position}: its {part} is not fit to be kept")
