"""Keep what a person attached while they correct their form: a token only this process can read.

The files themselves lie sealed already. Their keys go back to the person inside the form,
encrypted, so that nothing about an unfinished report stays here.
"""

import base64
import binascii
import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from tipline.vault import Attachment, SealBroken
from tipline.vault.sealing import decrypt, encrypt

VALID_HOURS = 12
BOUND = b"tipline/v1/kept"


class KeptLost(Exception):
    """The token is too old, was changed, or is from before a restart: attach the files again."""


class _Kept(msgspec.Struct, frozen=True):
    until: float
    files: tuple[Attachment, ...]


@dataclass
class KeptFiles:
    """Seals lists of attachments into tokens and opens them, for ``VALID_HOURS``."""

    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def seal(self, files: Sequence[Attachment], *, now: dt.datetime) -> str:
        """Seal ``files`` into a token for a hidden field; "" for none."""
        if not files:
            return ""
        until = (now + dt.timedelta(hours=VALID_HOURS)).timestamp()
        plain = msgspec.msgpack.encode(_Kept(until, tuple(files)))
        return base64.urlsafe_b64encode(encrypt(self._key, plain, BOUND)).decode()

    def open(self, token: str, *, now: dt.datetime) -> list[Attachment]:
        """Open a token.

        Raises:
            KeptLost: it is too old, changed or not of this process.

        """
        if not token:
            return []
        try:
            sealed = base64.urlsafe_b64decode(token.encode())
            kept = msgspec.msgpack.decode(decrypt(self._key, sealed, BOUND), type=_Kept)
        except (SealBroken, binascii.Error, ValueError, msgspec.DecodeError):
            raise KeptLost from None
        if kept.until < now.timestamp():
            raise KeptLost
        return list(kept.files)
