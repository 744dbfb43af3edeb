"""Turn entries into sealed rows: one key a record, wrapped under one key a commit."""

import struct
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import msgpack

from tipline.vault.digests import ROW_LABEL, commit_to, hash_fields, hash_leaf, hash_retry
from tipline.vault.entries import Entry, Retry, Unit
from tipline.vault.retries import seal_answer, tag_body
from tipline.vault.sealing import PAD_TO, Draw, Lot, Sealer, encrypt, pad

# A sealed row, in the order of the record table's columns from unit_size on.
Row = tuple[int, str, str, bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes | None, bytes, bytes, bytes, bytes, bytes]  # fmt: skip
RetryPart = tuple[bytes, bytes, bytes]

KEK_BOUND = b"tipline/v1/kek"
CONTACT_BOUND = b"tipline/v1/contact"
NO_RETRY: RetryPart = (b"", b"", b"")
LENGTHS = struct.Struct(">II")
UNIT_SIZE = struct.Struct(">I")
ONCE = bytes(12)  # the nonce of a key that encrypts one thing only


class CommitSealer:
    """Seals the records of one commit to the desk's key, contacts to the identity key."""

    def __init__(self, *, desk_public: bytes, identity_public: bytes) -> None:
        self._identity_public = identity_public
        self._identity: Sealer | None = None
        self._draw = Lot().draw
        kek = self._draw(32)
        self._kek = AESGCM(kek)
        self.sealed_kek = Sealer(desk_public, draw=self._draw).seal(kek, KEK_BOUND)

    def seal_unit(self, unit: Unit) -> list[Row]:
        """Seal all entries of a unit; the retry lies on the first row."""
        first, *others = unit.entries
        retry = seal_retry(unit.retry, draw=self._draw) if unit.retry else NO_RETRY
        rows = [self._seal(first, len(unit.entries), retry)]
        rows += [self._seal(entry, 0, NO_RETRY) for entry in others]
        return rows

    def _seal(self, entry: Entry, unit_size: int, retry: RetryPart) -> Row:
        salt, dek, bound = self._draw(32), self._draw(32), bind(entry.kind, entry.box)
        hashes = (sha256(entry.text).digest(), sha256(entry.details).digest())
        ciphertext = AESGCM(dek).encrypt(ONCE, _frame(entry, salt), bound)
        reader, sealed_kek, keybox = self._wrap(dek, entry.to, bound)
        holder_box = self._seal_for_holder(entry, (salt, entry.prev, *hashes))
        contact_box = self._seal_contact(entry.contact) if entry.contact else b""
        files = msgpack.encode(entry.files) if entry.files else b""
        sealed = (entry.box, entry.holder_key, keybox, ciphertext, holder_box, contact_box, files)
        commitment = commit_to(
            salt=salt,
            kind=entry.kind,
            prev=entry.prev,
            text_sha256=hashes[0],
            details_sha256=hashes[1],
        )
        fields = (UNIT_SIZE.pack(unit_size), entry.kind.encode(), reader.encode(), sealed_kek)
        digest = hash_fields(ROW_LABEL, (*fields, *sealed, *retry))
        proof = (commitment, digest, hash_leaf(commitment, digest))
        return (
            unit_size,
            entry.kind,
            reader,
            *sealed,
            retry[0] or None,
            retry[1],
            retry[2],
            *proof,
        )

    def _wrap(self, dek: bytes, to: bytes, bound: bytes) -> tuple[str, bytes, bytes]:
        if to:
            return "holder", b"", Sealer(to, draw=self._draw).seal(dek, bound)
        nonce = self._draw(12)
        return "desk", self.sealed_kek, nonce + self._kek.encrypt(nonce, dek, bound)

    def _seal_contact(self, contact: bytes) -> bytes:
        if self._identity is None:
            self._identity = Sealer(self._identity_public, draw=self._draw)
        return self._identity.seal(pad(contact), CONTACT_BOUND)

    def _seal_for_holder(self, entry: Entry, proof: tuple[bytes, ...]) -> bytes:
        if not entry.holder_secret:
            return b""
        note = pad(entry.holder_note) if entry.holder_note else b""
        bound = bind(entry.kind, entry.box)
        return encrypt(entry.holder_secret, b"".join((*proof, note)), bound, draw=self._draw)


def bind(kind: str, box: bytes) -> bytes:
    """What a record's ciphertext is bound to, so that it cannot be shown as another's."""
    return kind.encode() + b"\0" + box


def seal_retry(retry: Retry, *, draw: Draw) -> RetryPart:
    """The three retry columns: hash of the key, tag of the body, sealed answer."""
    return hash_retry(retry.key), tag_body(retry), seal_answer(retry, draw=draw)


def _frame(entry: Entry, salt: bytes) -> bytes:
    lengths = LENGTHS.pack(len(entry.text), len(entry.details))
    plain = b"".join((salt, entry.prev, lengths, entry.text, entry.details))
    return plain + bytes(-len(plain) % PAD_TO)
