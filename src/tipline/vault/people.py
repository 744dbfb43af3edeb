"""Seal what is kept of a person in a case to the identity key, as contacts of reporters are."""

from tipline.vault.sealing import OpeningKey, Sealer, pad, unpad

_BOUND = b"tipline/v1/person"


def seal_person(plain: bytes, identity_key: OpeningKey) -> bytes:
    """Seal ``plain``; only the identity key opens it."""
    return Sealer(identity_key.public).seal(pad(plain), _BOUND)


def open_person(box: bytes, identity_key: OpeningKey) -> bytes:
    """Open what ``seal_person`` gave.

    Raises:
        SealBroken: it was changed, or sealed to another key.

    """
    return unpad(identity_key.open(box, _BOUND))
