"""Known subjects: what lists and our own decisions say of a link, a number or an account."""

from tipline.domain.triage.known.entries import (
    KINDS,
    EntryRefused,
    hash_entry,
    list_entries,
    make_entry,
)
from tipline.domain.triage.known.hits import Hit, Standing, settle, weigh
from tipline.domain.triage.known.shelf import Kept, Shelf

__all__ = [
    "KINDS",
    "EntryRefused",
    "Hit",
    "Kept",
    "Shelf",
    "Standing",
    "hash_entry",
    "list_entries",
    "make_entry",
    "settle",
    "weigh",
]
