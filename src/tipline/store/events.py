"""The shape of an event, its canonical bytes and its hash: what the chain is made of."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import Struct

_LABEL = b"tipline/v1/event\0"
FIRST = bytes(32)  # what the first event is bound to
_encoder = msgspec.json.Encoder(order="sorted")


class Recorded(Struct, frozen=True, kw_only=True):
    """One event as it stands in the chain. ``at`` is in UTC; ``by`` is None for the machine."""

    seq: int
    at: datetime
    by: int | None
    kind: str
    subject: str
    body: Mapping[str, Any]
    prev_hash: bytes
    hash: bytes

    @property
    def author(self) -> int:
        """The officer who did it.

        Raises:
            ChainBroken: the machine did what only an officer may do.

        """
        if self.by is None:
            raise ChainBroken(f"event {self.seq} has no author")
        return self.by

    @property
    def number(self) -> int:
        """Number of the subject: 17 for "report:17"."""
        return read_number(self.subject)


class ChainBroken(Exception):
    """An event's hash is not that of its words, or it does not follow the one before."""


def read_number(subject: str) -> int:
    """Number of a subject such as "report:17"."""
    return int(subject.partition(":")[2])


def encode_body(body: Mapping[str, Any]) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8."""
    return _encoder.encode(body)


def write_at(at: datetime) -> str:
    """Write a time as it is hashed: ISO 8601 in UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def hash_event(event: Recorded) -> bytes:
    """Bind an event to the one before: SHA-256 over a label, that one's hash and its own words."""
    return hash_parts(event, encode_body(event.body))


def hash_parts(event: Recorded, body: bytes) -> bytes:
    """Like ``hash_event``, for a body that is encoded already."""
    head = (event.seq, write_at(event.at), event.by, event.kind, event.subject)
    return hashlib.sha256(_LABEL + event.prev_hash + _encoder.encode(head) + body).digest()


def encode_event(event: Recorded) -> bytes:
    """Write an event as the vault keeps it."""
    return _encoder.encode(
        {
            "v": 1,
            "seq": event.seq,
            "at": write_at(event.at),
            "by": event.by,
            "kind": event.kind,
            "subject": event.subject,
            "body": event.body,
            "prev": event.prev_hash.hex(),
            "hash": event.hash.hex(),
        }
    )


def decode_event(details: bytes) -> Recorded:
    """Read an event that the vault kept, and check its hash.

    Raises:
        ChainBroken: the hash is not that of its words.

    """
    told = msgspec.json.decode(details)
    event = Recorded(
        seq=told["seq"],
        at=datetime.fromisoformat(told["at"]),
        by=told["by"],
        kind=told["kind"],
        subject=told["subject"],
        body=told["body"],
        prev_hash=bytes.fromhex(told["prev"]),
        hash=bytes.fromhex(told["hash"]),
    )
    if hash_event(event) != event.hash:
        raise ChainBroken(f"event {event.seq}")
    return event
