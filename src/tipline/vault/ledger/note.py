"""Signed notes: c2sp.org/signed-note, with Ed25519 keys.

A note is a text, an empty line, and a line for each signature. Keys travel as text: a verifier
key (``name+id+base64``) in the open, a signer key (``PRIVATE+KEY+name+id+base64``) never.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tipline.vault.ledger.refusals import NoteRefused

ED25519 = b"\x01"
KEY_BYTES = 32
NOTE_BYTES_MAX = 1_000_000
SIGNATURES_MAX = 100
_MARK = "— "
_SIGNER = "PRIVATE+KEY+"


class Signature(NamedTuple):
    """A signature line: who claims to have signed, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    """A note taken apart; nothing in it is verified."""

    text: str
    signatures: tuple[Signature, ...]


class NoteVerifier:
    """A public key that is trusted under a name."""

    def __init__(self, name: str, public: bytes) -> None:
        self.name = _check_name(name)
        self.key_id = _hash_key(name, public)
        self.public = public
        self._key = _load_public(public)

    @classmethod
    def read(cls, vkey: str) -> "NoteVerifier":
        """Read a verifier key.

        Raises:
            NoteRefused: it is none, or not one for Ed25519.

        """
        name, key_id, public = _read_key(vkey.strip())
        verifier = cls(name, public)
        if verifier.key_id.hex() != key_id:
            raise NoteRefused("the verifier key is mistyped: its parts do not belong together")
        return verifier

    @property
    def vkey(self) -> str:
        """The verifier key as text."""
        return f"{self.name}+{self.key_id.hex()}+{write_base64(ED25519 + self.public)}"

    def is_of(self, signature: Signature) -> bool:
        """Whether a signature line claims this key."""
        return (signature.name, signature.key_id) == (self.name, self.key_id)

    def verify(self, text: str, signature: bytes) -> None:
        """Check one signature over a note's text.

        Raises:
            NoteRefused: this key did not sign this text.

        """
        try:
            self._key.verify(signature, text.encode())
        except InvalidSignature as invalid:
            raise NoteRefused(f"the signature of {self.name} is not over this text") from invalid


class NoteSigner:
    """A private key that signs under a name; ``verifier`` is its public half."""

    def __init__(self, name: str, private: bytes) -> None:
        self._private = private
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.verifier = NoteVerifier(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def read(cls, skey: str) -> "NoteSigner":
        """Read a signer key.

        Raises:
            NoteRefused: it is none, or not one for Ed25519.

        """
        if not skey.startswith(_SIGNER):
            raise NoteRefused("this is not a signer key")
        name, key_id, private = _read_key(skey.strip().removeprefix(_SIGNER))
        signer = cls(name, private)
        if signer.verifier.key_id.hex() != key_id:
            raise NoteRefused("the signer key is damaged: its parts do not belong together")
        return signer

    @property
    def skey(self) -> str:
        """The signer key as text: a secret."""
        public = self.verifier
        secret = write_base64(ED25519 + self._private)
        return f"{_SIGNER}{public.name}+{public.key_id.hex()}+{secret}"

    def sign(self, text: str) -> str:
        """Signature line over a note's text."""
        signature = self.verifier.key_id + self._key.sign(text.encode())
        return f"{_MARK}{self.verifier.name} {write_base64(signature)}\n"


def sign_note(text: str, signers: Sequence[NoteSigner]) -> bytes:
    """Sign a text that ends in a newline with every signer, in order.

    Raises:
        NoteRefused: the text has no newline at its end, or a control character in it.

    """
    if not text.endswith("\n") or _has_control(text):
        raise NoteRefused("a note's text ends in a newline and has no control characters")
    return (text + "\n" + "".join(signer.sign(text) for signer in signers)).encode()


def read_note(note: bytes) -> Note:
    """Take a note apart; whoever uses its text verifies it first.

    Raises:
        NoteRefused: it is not a signed note.

    """
    text, separator, lines = _decode(note).rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise NoteRefused("the note has no signatures")
    rows = lines.split("\n")[:-1]
    if len(rows) > SIGNATURES_MAX:
        raise NoteRefused(f"the note has more than {SIGNATURES_MAX} signatures")
    return Note(text + "\n", tuple(map(_read_signature, rows)))


def verify_note(note: bytes, verifiers: Sequence[NoteVerifier]) -> str:
    """Give the text of a note that at least one of the verifiers signed.

    Signatures of other keys are passed over; a signature that claims a trusted key must hold.

    Raises:
        NoteRefused: it is not a signed note, no trusted key signed it, or a signature is false.

    """
    text, signatures = read_note(note)
    claims = [(one, by) for one in signatures for by in verifiers if by.is_of(one)]
    if not claims:
        raise NoteRefused("no trusted key signed the note")
    for one, by in claims:
        by.verify(text, one.signature)
    return text


def write_base64(raw: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(raw).decode()


def read_base64(text: str, *, size: int | None = None) -> bytes:
    """Undo ``write_base64``; only the one canonical spelling is read.

    Raises:
        NoteRefused: it is not base64, or not of ``size`` bytes.

    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise NoteRefused("a value is not base64") from broken
    if write_base64(raw) != text:
        raise NoteRefused("a value is not canonical base64")
    if size is not None and len(raw) != size:
        raise NoteRefused(f"a value has {len(raw)} bytes and not {size}")
    return raw


def _decode(note: bytes) -> str:
    if len(note) > NOTE_BYTES_MAX:
        raise NoteRefused("the note is too long")
    try:
        text = note.decode()
    except UnicodeDecodeError as broken:
        raise NoteRefused("the note is not UTF-8") from broken
    if _has_control(text):
        raise NoteRefused("the note has a control character")
    return text


def _read_signature(line: str) -> Signature:
    parts = line.removeprefix(_MARK).split(" ")
    if not line.startswith(_MARK) or len(parts) != 2:
        raise NoteRefused("a signature line is malformed")
    signature = read_base64(parts[1])
    if len(signature) < 5:
        raise NoteRefused("a signature is too short")
    return Signature(_check_name(parts[0]), signature[:4], signature[4:])


def _read_key(key: str) -> tuple[str, str, bytes]:
    parts = key.split("+", 2)
    if len(parts) != 3:
        raise NoteRefused("a key has three parts: name+id+base64")
    material = read_base64(parts[2])
    if material[:1] != ED25519 or len(material) != 1 + KEY_BYTES:
        raise NoteRefused("the key is not an Ed25519 key")
    return parts[0], parts[1], material[1:]


def _hash_key(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _load_public(public: bytes) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except ValueError as broken:
        raise NoteRefused("the key is not an Ed25519 key") from broken


def _check_name(name: str) -> str:
    if not name or "+" in name or any(char.isspace() or char < " " for char in name):
        raise NoteRefused("a key's name is not empty and has no spaces and no plus in it")
    return name


def _has_control(text: str) -> bool:
    return any(char < " " for char in set(text) - {"\n"})
