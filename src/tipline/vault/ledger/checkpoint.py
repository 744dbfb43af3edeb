"""Checkpoints: c2sp.org/tlog-checkpoint, the signed statement of a log's size and root."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tipline.vault.ledger.merkle import HASH_BYTES
from tipline.vault.ledger.note import (
    NoteSigner,
    NoteVerifier,
    read_base64,
    read_note,
    sign_note,
    verify_note,
    write_base64,
)
from tipline.vault.ledger.refusals import NoteRefused

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


class Checkpoint(NamedTuple):
    """What a log says of itself: its name, its number of leaves, their root hash."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def sign_checkpoint(
    *, origin: str, size: int, root: bytes, key: NoteSigner, cosigners: Sequence[NoteSigner] = ()
) -> bytes:
    """Sign the statement that log ``origin`` has ``size`` leaves under ``root``."""
    return sign_note(f"{origin}\n{size}\n{write_base64(root)}\n", [key, *cosigners])


def read_checkpoint(note: bytes) -> Checkpoint:
    """Read a checkpoint without verifying it.

    Raises:
        NoteRefused: it is not one.

    """
    return _read_text(read_note(note).text)


def verify_checkpoint(note: bytes, verifiers: Sequence[NoteVerifier], *, origin: str) -> Checkpoint:
    """Read a checkpoint of log ``origin`` that at least one of the verifiers signed.

    Raises:
        NoteRefused: it is not one, is of another log, or no trusted key signed it.

    """
    checkpoint = _read_text(verify_note(note, verifiers))
    if checkpoint.origin != origin:
        raise NoteRefused(f"the checkpoint is of log {checkpoint.origin} and not of {origin}")
    return checkpoint


def _read_text(text: str) -> Checkpoint:
    origin, *lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not all((origin, *lines)):
        raise NoteRefused("a checkpoint has three lines or more, none of them empty")
    if not _SIZE.fullmatch(lines[0]):
        raise NoteRefused("a checkpoint's second line is its size")
    root = read_base64(lines[1], size=HASH_BYTES)
    return Checkpoint(origin, int(lines[0]), root, tuple(lines[2:]))
