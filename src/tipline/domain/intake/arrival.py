"""What arrives at the desk: a report or a reply, opened and read."""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

from tipline.domain.values import region_contains

_PLAIN_MAX = 200  # characters of the short fields that the desk keeps in columns


class ArrivalUnreadable(ValueError):
    """The record opened, but its two parts are not those of a report or reply."""


class ArrivedFile(Struct, frozen=True, kw_only=True):
    """A file beside the words; ``key`` opens it."""

    file_id: str
    name: str
    type: str
    size: int
    sha256: str
    key: bytes


class Arrival(Struct, frozen=True, kw_only=True):
    """One report or reply. ``details`` is all of the second part but the files' keys."""

    index: int
    text: str
    details: Mapping[str, Any]
    received_at: datetime
    language: str
    region: str
    sender: str
    lane: str
    question_id: str
    files: tuple[ArrivedFile, ...]
    box: bytes
    holder_key: bytes
    contact_box: bytes
    leaf_hash: bytes


class Envelope(Struct, frozen=True, kw_only=True):
    """The plain parts of a record, taken over as they are."""

    index: int
    box: bytes
    holder_key: bytes
    contact_box: bytes
    leaf_hash: bytes


class _File(Struct, frozen=True, kw_only=True):
    file_id: str
    name: str = ""
    type: str = ""
    size: int = 0
    sha256: str = ""
    key: str = ""


class _Known(Struct, frozen=True, kw_only=True):
    received_at: str
    language: str | None = None
    region: str | None = None
    sender: str | None = None
    lane: str | None = None
    question_id: str | None = None
    files: tuple[_File, ...] = ()


_known = msgspec.json.Decoder(_Known)
_any = msgspec.json.Decoder(dict[str, Any])


def read_arrival(*, text: bytes, details: bytes, envelope: Envelope) -> Arrival:
    """Read the two parts of a report's or reply's record.

    Raises:
        ArrivalUnreadable: not UTF-8, not the JSON of such a record, or a NUL in it, which the
            desk's database could not keep.

    """
    try:
        words, known, rest = text.decode(), _known.decode(details), _any.decode(details)
        received_at = _read_moment(known.received_at)
        files = tuple(_read_file(each) for each in known.files)
    except (ValueError, msgspec.MsgspecError, binascii.Error) as wrong:
        raise ArrivalUnreadable(type(wrong).__name__) from wrong
    # A backslash that a person typed stands doubled in JSON and begins no escape.
    if b"\0" in text or b"\\u0000" in details.replace(b"\\\\", b""):
        raise ArrivalUnreadable("NUL")
    return Arrival(
        index=envelope.index,
        text=words,
        details=_hide_keys(rest),
        received_at=received_at,
        language=_shorten(known.language, 20),
        region=_read_region(known.region),
        sender=_shorten(known.sender, _PLAIN_MAX),
        lane=_shorten(known.lane, 20),
        question_id=_shorten(known.question_id, 40),
        files=files,
        box=envelope.box,
        holder_key=envelope.holder_key,
        contact_box=envelope.contact_box,
        leaf_hash=envelope.leaf_hash,
    )


def _read_moment(written: str) -> datetime:
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _read_file(told: _File) -> ArrivedFile:
    return ArrivedFile(
        file_id=_shorten(told.file_id, 64),
        name=told.name,
        type=_shorten(told.type, _PLAIN_MAX),
        size=told.size,
        sha256=_shorten(told.sha256, 64),
        key=base64.b64decode(told.key),
    )


def _hide_keys(details: dict[str, Any]) -> dict[str, Any]:
    files = [{k: v for k, v in each.items() if k != "key"} for each in details.get("files", ())]
    return {**details, "files": files} if files else details


def _shorten(value: str | None, most: int) -> str:
    return (value or "")[:most]


def _read_region(code: str | None) -> str:
    # What is not a region is as good as not told: triage then finds one.
    return code if code and region_contains(code, code) else ""
