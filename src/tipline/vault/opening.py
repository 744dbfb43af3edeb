"""Open what the vault keeps, and refuse what does not match its commitment."""

from collections.abc import Callable
from hashlib import sha256

from msgspec import DecodeError, msgpack

from tipline.vault.digests import commit_to
from tipline.vault.entries import HolderNote, Opened, SealedFile, Stored
from tipline.vault.records import CONTACT_BOUND, KEK_BOUND, LENGTHS, ONCE, bind
from tipline.vault.refusals import SealBroken
from tipline.vault.sealing import OpeningKey, decrypt, decrypt_by, unpad

_FILES = msgpack.Decoder(tuple[SealedFile, ...])
_SALT, _PREV = slice(0, 32), slice(32, 64)
_WORDS_AT = 64 + LENGTHS.size


def open_record(stored: Stored, desk_key: OpeningKey) -> Opened:
    """Open a record that the desk may read.

    Raises:
        SealBroken: it is sealed to someone else, was changed, or its words are not those that
            the ledger has the commitment of.

    """
    bound = bind(stored.kind, stored.box)

    def unwrap() -> bytes:
        return decrypt_by(desk_key.open_cipher(stored.sealed_kek, KEK_BOUND), stored.keybox, bound)

    return _open(stored, "desk", unwrap)


def open_message(stored: Stored, private_key: bytes) -> Opened:
    """Open a record sealed to a code holder, with ``CodeKeys.private_key``.

    Raises:
        SealBroken: as for ``open_record``.

    """
    bound = bind(stored.kind, stored.box)
    return _open(stored, "holder", lambda: OpeningKey(private_key).open(stored.keybox, bound))


def open_holder_box(stored: Stored, holder_secret: bytes) -> HolderNote:
    """Open the holder's own part of a record, with ``CodeKeys.holder_secret``.

    Raises:
        SealBroken: there is none, it was changed, or the code is another's.

    """
    plain = decrypt(holder_secret, stored.holder_box, bind(stored.kind, stored.box))
    salt, prev, text_sha256, details_sha256 = (plain[at : at + 32] for at in range(0, 128, 32))
    note = unpad(plain[128:]) if len(plain) > 128 else b""
    return HolderNote(salt, prev, text_sha256, details_sha256, note)


def open_contact(contact_box: bytes, identity_key: OpeningKey) -> bytes:
    """Open a reporter's contact, with the identity key.

    Raises:
        SealBroken: the box was changed or the key is another.

    """
    return unpad(identity_key.open(contact_box, CONTACT_BOUND))


def list_files(files: bytes) -> tuple[SealedFile, ...]:
    """Read the plain list of a record's sealed files.

    Raises:
        SealBroken: it was changed.

    """
    try:
        return _FILES.decode(files) if files else ()
    except (DecodeError, UnicodeDecodeError) as broken:
        raise SealBroken("the list of files cannot be read") from broken


def _open(stored: Stored, reader: str, unwrap: Callable[[], bytes]) -> Opened:
    if stored.reader != reader:
        raise SealBroken(f"record {stored.index} is sealed to the {stored.reader}")
    try:
        plain = decrypt(unwrap(), ONCE + stored.ciphertext, bind(stored.kind, stored.box))
    except SealBroken as broken:
        raise SealBroken(f"record {stored.index}: {broken}") from broken
    return _check(stored, plain)


def _check(stored: Stored, plain: bytes) -> Opened:
    if len(plain) < _WORDS_AT:  # sealed well by somebody who does not keep the format
        raise SealBroken(f"record {stored.index}: it is too short to be one")
    text_size, details_size = LENGTHS.unpack_from(plain, 64)
    text = plain[_WORDS_AT : _WORDS_AT + text_size]
    details = plain[_WORDS_AT + text_size : _WORDS_AT + text_size + details_size]
    commitment = commit_to(
        salt=plain[_SALT],
        kind=stored.kind,
        prev=plain[_PREV],
        text_sha256=sha256(text).digest(),
        details_sha256=sha256(details).digest(),
    )
    if commitment != stored.commitment:
        raise SealBroken(f"record {stored.index}: its words are not those committed to")
    return Opened(
        index=stored.index,
        kind=stored.kind,
        text=text,
        details=details,
        prev=plain[_PREV],
        salt=plain[_SALT],
        box=stored.box,
        holder_key=stored.holder_key,
        contact_box=stored.contact_box,
        files=list_files(stored.files),
        row_digest=stored.row_digest,
        leaf_hash=stored.leaf_hash,
    )
