"""What only the holder of a receipt has: the opening of a leaf's commitment.

It travels as the ``extra`` part of the holder's proof file, as JSON with base64 values. With it
and the text, ``docs/verify.py`` rebuilds the leaf; without it a leaf says nothing.
"""

import msgspec

from tipline.vault.ledger.refusals import ProofRefused

VERSION = 1


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """The parts that are hashed to a leaf, but for the text itself.

    ``vkey`` is the log's verifier key, for those who have no better source of it.
    """

    kind: str
    salt: bytes
    prev: bytes
    details_sha256: bytes
    row_digest: bytes
    vkey: str = ""
    v: int = VERSION


def encode_disclosure(disclosure: Disclosure) -> bytes:
    """Write the ``extra`` part of a holder's proof."""
    return msgspec.json.encode(disclosure, order="sorted")


def decode_disclosure(extra: bytes) -> Disclosure:
    """Read the ``extra`` part of a holder's proof.

    Raises:
        ProofRefused: there is none, or it is of another version.

    """
    try:
        disclosure = msgspec.json.decode(extra, type=Disclosure)
    except (msgspec.DecodeError, UnicodeDecodeError) as broken:
        raise ProofRefused("the proof does not carry the opening of a record") from broken
    if disclosure.v != VERSION:
        raise ProofRefused(f"the proof's opening is of version {disclosure.v}")
    return disclosure
