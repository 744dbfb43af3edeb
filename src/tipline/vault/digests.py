"""The hashes that tie a record to its leaf.

A leaf is ``0x01 || SHA-256("tipline/v1/leaf" || commitment || row digest)``: opaque to everyone.
The commitment answers for the words (open it with the salt), the row digest for the sealed row,
so that a changed byte is found without any private key.
"""

import hashlib
import hmac
import struct
from collections.abc import Sequence

VERSION = b"tipline/v1/"
LEAF_LABEL = VERSION + b"leaf"
ROW_LABEL = VERSION + b"row"
COMMIT_LABEL = VERSION + b"commit"
RETRY_LABEL = VERSION + b"retry"
HASH_BYTES = 32
_sha256 = hashlib.sha256


def hash_fields(label: bytes, fields: Sequence[bytes]) -> bytes:
    """SHA-256 over a label and fields, each with its length, so that no two lists collide."""
    lengths = struct.pack(f">{len(fields)}I", *map(len, fields))
    return _sha256(label + lengths + b"".join(fields)).digest()


def commit_to(
    *, salt: bytes, kind: str, prev: bytes, text_sha256: bytes, details_sha256: bytes
) -> bytes:
    """Commitment to a record's words: 32 bytes that mean nothing without ``salt``."""
    body = VERSION + kind.encode() + b"\0" + prev + text_sha256 + details_sha256
    return hmac.new(salt, body, "sha256").digest()


def make_entry(commitment: bytes, row_digest: bytes) -> bytes:
    """Leaf data of a record, 33 bytes; what c2sp.org/tlog-tiles entry bundles carry."""
    return b"\x01" + _sha256(LEAF_LABEL + commitment + row_digest).digest()


def hash_leaf(commitment: bytes, row_digest: bytes) -> bytes:
    """RFC 6962 leaf hash of a record."""
    inner = _sha256(LEAF_LABEL + commitment + row_digest).digest()
    return _sha256(b"\x00\x01" + inner).digest()


def hash_retry(key: bytes) -> bytes:
    """What is kept of an idempotency key: enough to know it again, not to read it."""
    return _sha256(RETRY_LABEL + key).digest()
