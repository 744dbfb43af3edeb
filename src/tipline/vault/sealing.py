"""Seal to a public key, and open again.

A sealed box is ``ephemeral public key (32) | nonce (12) | AES-256-GCM ciphertext``; its key is
HKDF-SHA256 over the X25519 secret of the ephemeral and the recipient's key.
"""

import os
import struct
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from msgspec import Struct
from nacl.bindings import crypto_scalarmult, crypto_scalarmult_base
from nacl.exceptions import CryptoError

from tipline.vault.refusals import SealBroken

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
PAD_TO = 512
LOT_BYTES = 4_096
_BOX_INFO = b"tipline/v1/box"
_LENGTH = struct.Struct(">I")


Draw = Callable[[int], bytes]  # gives so many random bytes, never the same ones again


class Lot:
    """Random bytes from the system, asked for ``LOT_BYTES`` at a time and handed out once.

    For one thread. Each call to the system lets go of the interpreter, which a busy event loop
    then keeps: a commit that asks five times a record waits longer for it than it works.
    """

    def __init__(self) -> None:
        self._bytes = b""
        self._at = 0

    def draw(self, count: int) -> bytes:
        """Hand out ``count`` bytes, ``LOT_BYTES`` at most."""
        if self._at + count > len(self._bytes):
            self._bytes, self._at = os.urandom(LOT_BYTES), 0
        start, self._at = self._at, self._at + count
        return self._bytes[start : self._at]


class CodeKeys(Struct, frozen=True, gc=False):
    """What a receipt code opens: where its records lie and the keys to them."""

    box: bytes  # 16 bytes, look-up key
    holder_secret: bytes  # 32 bytes, opens holder boxes
    private_key: bytes  # 32 bytes, opens messages
    holder_key: bytes  # 32 bytes, its public half


def derive_key(secret: bytes, *, info: bytes, salt: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA256 (RFC 5869) of ``secret``: ``length`` bytes for the one use ``info`` names."""
    return HKDF(SHA256(), length, salt, info).derive(secret)


def derive_code_keys(secret: bytes) -> CodeKeys:
    """Derive all keys of a receipt code from its canonical 20 characters as ASCII bytes."""
    extracted = HKDF.extract(SHA256(), None, secret)  # the half of HKDF that the three keys share
    private = _expand(extracted, info=b"tipline/v1/code/private")
    return CodeKeys(
        box=_expand(extracted, info=b"tipline/v1/code/box", length=16),
        holder_secret=_expand(extracted, info=b"tipline/v1/code/secret"),
        private_key=private,
        holder_key=crypto_scalarmult_base(private),
    )


def _expand(extracted: bytes, *, info: bytes, length: int = KEY_BYTES) -> bytes:
    return HKDFExpand(SHA256(), length, info).derive(extracted)


class Sealer:
    """Seals any number of boxes to one public key at the price of one X25519 agreement.

    Make one a commit, so that no ephemeral secret outlives it.
    """

    def __init__(self, public_key: bytes, *, draw: Draw = os.urandom) -> None:
        self._draw = draw
        secret = draw(KEY_BYTES)
        self._ephemeral = crypto_scalarmult_base(secret)
        shared = _agree(secret, public_key)
        self._aead = AESGCM(_derive_box_key(shared, self._ephemeral, public_key))

    def seal(self, plain: bytes, bound: bytes = b"") -> bytes:
        """Seal ``plain``; it opens only with the same ``bound`` bytes beside it."""
        nonce = self._draw(NONCE_BYTES)
        return self._ephemeral + nonce + self._aead.encrypt(nonce, plain, bound)


class OpeningKey:
    """A private key that opens what was sealed to its public half."""

    def __init__(self, private: bytes) -> None:
        self.private = private
        self.public = crypto_scalarmult_base(private)
        self._open_key = lru_cache(maxsize=64)(self._derive)
        self.open_cipher = lru_cache(maxsize=64)(self._open_cipher)

    def open(self, box: bytes, bound: bytes = b"") -> bytes:
        """Open one box.

        Raises:
            SealBroken: the box was changed or sealed to another key.

        """
        nonce, sealed = box[32:44], box[44:]
        return decrypt(self._open_key(box[:32]), nonce + sealed, bound)

    def _open_cipher(self, box: bytes, bound: bytes = b"") -> AESGCM:
        # The key of a commit opens hundreds of records: it is opened once for all of them.
        try:
            return AESGCM(self.open(box, bound))
        except ValueError as broken:  # what was sealed is no key
            raise SealBroken("a sealed part does not open") from broken

    def _derive(self, ephemeral: bytes) -> bytes:
        if len(ephemeral) != KEY_BYTES:
            raise SealBroken("a sealed box is too short")
        return _derive_box_key(_agree(self.private, ephemeral), ephemeral, self.public)


def encrypt(key: bytes, plain: bytes, bound: bytes = b"", *, draw: Draw = os.urandom) -> bytes:
    """AES-256-GCM under ``key`` with a random nonce in front."""
    nonce = draw(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def decrypt(key: bytes, sealed: bytes, bound: bytes = b"") -> bytes:
    """Undo ``encrypt``.

    Raises:
        SealBroken: the bytes were changed or the key is another.

    """
    try:
        return decrypt_by(AESGCM(key), sealed, bound)
    except ValueError as broken:  # the key is none
        raise SealBroken("a sealed part does not open") from broken


def decrypt_by(cipher: AESGCM, sealed: bytes, bound: bytes = b"") -> bytes:
    """Undo ``encrypt`` by a cipher made from its key.

    Raises:
        SealBroken: the bytes were changed or the key is another.

    """
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError) as broken:
        raise SealBroken("a sealed part does not open") from broken


def pad(plain: bytes) -> bytes:
    """Length, bytes, zeros: a multiple of 512, so that size tells little."""
    framed = _LENGTH.pack(len(plain)) + plain
    return framed + bytes(-len(framed) % PAD_TO)


def unpad(padded: bytes) -> bytes:
    """Undo ``pad``.

    Raises:
        SealBroken: it was never padded.

    """
    if len(padded) < _LENGTH.size:
        raise SealBroken("a sealed part is too short")
    (length,) = _LENGTH.unpack_from(padded)
    return padded[_LENGTH.size : _LENGTH.size + length]


def _agree(private: bytes, public: bytes) -> bytes:
    try:
        return crypto_scalarmult(private, public)
    except CryptoError as refused:
        raise SealBroken("the public key is not one to agree with") from refused


def _derive_box_key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return derive_key(shared, info=_BOX_INFO, salt=ephemeral + recipient)
