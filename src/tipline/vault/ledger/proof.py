"""Proof files: c2sp.org/tlog-proof, all that is needed to show offline that a leaf is logged."""

import re
from collections.abc import Sequence

from msgspec import Struct

from tipline.vault.ledger.checkpoint import Checkpoint, read_checkpoint, verify_checkpoint
from tipline.vault.ledger.merkle import HASH_BYTES
from tipline.vault.ledger.note import NoteVerifier, read_base64, write_base64
from tipline.vault.ledger.paths import verify_inclusion
from tipline.vault.ledger.refusals import NoteRefused, ProofRefused

HEADER = "c2sp.org/tlog-proof@v1"
PROOF_BYTES_MAX = 2_000_000
HASHES_MAX = 63
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,17})", re.ASCII)


class LogProof(Struct, frozen=True):
    """A proof file taken apart; ``extra`` is never to be trusted before the proof is verified."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""


def encode_proof(proof: LogProof) -> bytes:
    """Write a proof file."""
    lines = [HEADER]
    if proof.extra:
        lines.append(f"extra {write_base64(proof.extra)}")
    lines.append(f"index {proof.index}")
    lines += map(write_base64, proof.hashes)
    return ("\n".join(lines) + "\n\n").encode() + proof.checkpoint


def decode_proof(file: bytes) -> LogProof:
    """Read a proof file without verifying it.

    Raises:
        ProofRefused: it is not one.

    """
    head, separator, checkpoint = file.partition(b"\n\n")
    if len(file) > PROOF_BYTES_MAX or not separator:
        raise ProofRefused("this is not a proof file: it has no checkpoint")
    try:
        header, *lines = head.decode("ascii").split("\n")
        extra = _take_extra(lines)
        index = _take_index(lines)
        hashes = tuple(read_base64(line, size=HASH_BYTES) for line in lines[: HASHES_MAX + 1])
        read_checkpoint(checkpoint)
    except (UnicodeDecodeError, NoteRefused) as refused:
        raise ProofRefused(f"this is not a proof file: {refused}") from refused
    if header != HEADER or len(hashes) > HASHES_MAX:
        raise ProofRefused("this is not a proof file of this version")
    return LogProof(index, hashes, checkpoint, extra)


def verify_proof(
    proof: LogProof, *, leaf_hash: bytes, verifiers: Sequence[NoteVerifier], origin: str
) -> Checkpoint:
    """Check that log ``origin`` holds the leaf, under a checkpoint that a verifier signed.

    Raises:
        NoteRefused: the checkpoint is of another log, or no trusted key signed it.
        ProofRefused: the leaf is not in the log, or the proof does not show it.

    """
    checkpoint = verify_checkpoint(proof.checkpoint, verifiers, origin=origin)
    verify_inclusion(
        leaf_hash=leaf_hash,
        index=proof.index,
        size=checkpoint.size,
        proof=proof.hashes,
        root=checkpoint.root,
    )
    return checkpoint


def _take_extra(lines: list[str]) -> bytes:
    if not lines or not lines[0].startswith("extra "):
        return b""
    return read_base64(lines.pop(0).removeprefix("extra "))


def _take_index(lines: list[str]) -> int:
    match = _INDEX.fullmatch(lines.pop(0)) if lines else None
    if not match:
        raise ProofRefused("this is not a proof file: it names no index")
    return int(match[1])
