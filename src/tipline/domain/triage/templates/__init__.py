"""Told before: campaign templates, found by their wording once identifiers are masked."""

from tipline.domain.triage.templates.nearest import (
    JOINS,
    KEEPS,
    Candidates,
    Nearest,
    TemplateIndex,
    choose_nearest,
    find_none,
)
from tipline.domain.triage.templates.signature import Signatures
from tipline.domain.triage.templates.skeleton import make_skeleton
from tipline.domain.triage.templates.wording import Wordings, read_key, read_wordings, write_key

__all__ = [
    "JOINS",
    "KEEPS",
    "Candidates",
    "Nearest",
    "Signatures",
    "TemplateIndex",
    "Wordings",
    "choose_nearest",
    "find_none",
    "make_skeleton",
    "read_key",
    "read_wordings",
    "write_key",
]
