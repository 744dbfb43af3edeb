"""Files that travel beside a record: sealed already, with what only the desk reads of them."""

import base64
from collections.abc import Sequence

import msgspec

from tipline.vault.entries import SealedFile


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies sealed already: what is plain about it, and what only the desk reads."""

    sealed: SealedFile
    name: str
    type: str
    sha256: bytes
    key: bytes


class FileDetails(msgspec.Struct, frozen=True):
    """One file as the desk reads it; ``key`` and ``sha256`` are base64 and hex."""

    file_id: str
    name: str
    type: str
    size: int
    sha256: str
    key: str


def describe_files(files: Sequence[Attachment]) -> tuple[FileDetails, ...]:
    """Describe files for the sealed part of the record that they came with."""
    return tuple(
        FileDetails(
            file_id=each.sealed.file_id,
            name=each.name,
            type=each.type,
            size=each.sealed.size,
            sha256=each.sha256.hex(),
            key=base64.b64encode(each.key).decode(),
        )
        for each in files
    )
