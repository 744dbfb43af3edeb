"""What goes into the vault and what comes out: plain structs, no behaviour.

All byte strings are raw (never hex or base64); all sizes are bytes.
"""

from msgspec import Struct

ENTRIES_MAX = 1_000
FILES_MAX = 100
PART_BYTES_MAX = 16_000_000
NO_LEAF = bytes(32)


class SealedFile(Struct, frozen=True, array_like=True, gc=False):
    """The plain part of an attachment; its name, type and key travel in ``Entry.details``."""

    file_id: str
    size: int
    sealed_size: int
    sealed_sha256: bytes


class Entry(Struct, frozen=True, kw_only=True):
    """One thing to keep: what a person sent, what the desk says back, or what the desk did.

    ``kind`` is "report", "reply" (from a code holder), "message" (to a code holder), "event"
    (an audit row of the desk) or a later kind: 1 to 32 ASCII letters, digits, "." and "_".
    """

    kind: str
    text: bytes = b""  # committed part 1, exactly as sent
    details: bytes = b"{}"  # committed part 2, canonical JSON
    box: bytes = b""  # CodeKeys.box of the code holder this belongs to, or nothing
    holder_key: bytes = b""  # CodeKeys.holder_key, kept in the open on a "report"
    holder_secret: bytes = b""  # CodeKeys.holder_secret; given: the holder can rebuild the proof
    holder_note: bytes = b""  # more for the holder alone, sealed under holder_secret
    contact: bytes = b""  # sealed apart, to the identity key
    to: bytes = b""  # nothing: readable by the desk; else by this X25519 public key only
    files: tuple[SealedFile, ...] = ()
    prev: bytes = NO_LEAF  # leaf hash of the record before on the same thread


class Retry(Struct, frozen=True, gc=False):
    """Makes a second try of the same unit give the first one's answer.

    ``key`` is the idempotency key as given, ``body`` the SHA-256 of what it came with,
    ``answer`` what to give back; the vault keeps only a hash of the key and the answer sealed.
    """

    key: bytes
    body: bytes
    answer: bytes


class Unit(Struct, frozen=True):
    """1 to 1,000 entries that are kept together, at neighbouring leaf indexes, or not at all."""

    entries: tuple[Entry, ...]
    retry: Retry | None = None


class Appended(Struct, frozen=True, gc=False):
    """Where a unit is kept, durably: leaves ``first_index`` to ``first_index + count - 1``.

    ``answer`` is the retry's answer (the first one's when ``replayed``), ``size`` the number of
    leaves under the checkpoint that covers the unit.
    """

    first_index: int
    count: int
    answer: bytes
    replayed: bool
    size: int


class Stored(Struct, frozen=True, kw_only=True, gc=False):
    """One record as it lies in the vault; its sealed parts open with ``open_*`` and a key."""

    index: int
    kind: str
    reader: str  # whose key opens it: "desk" or "holder"
    box: bytes
    holder_key: bytes
    sealed_kek: bytes
    keybox: bytes
    ciphertext: bytes
    holder_box: bytes
    contact_box: bytes
    files: bytes
    commitment: bytes
    row_digest: bytes
    leaf_hash: bytes


class Opened(Struct, frozen=True, kw_only=True):
    """A record that was opened and whose commitment was found to match its words."""

    index: int
    kind: str
    text: bytes
    details: bytes
    prev: bytes
    salt: bytes
    box: bytes
    holder_key: bytes
    contact_box: bytes
    files: tuple[SealedFile, ...]
    row_digest: bytes
    leaf_hash: bytes


class HolderNote(Struct, frozen=True):
    """What a code holder can open of their own record: enough to rebuild its proof."""

    salt: bytes
    prev: bytes
    text_sha256: bytes
    details_sha256: bytes
    note: bytes
