"""Proofs that something is in the ledger, and the key that signs it."""

import asyncio
import re

from tipline.interfaces.api.calls import Answer, Call
from tipline.interfaces.api.codes import read_given_code
from tipline.interfaces.api.contract import PREFIX, CodeGiven
from tipline.interfaces.api.problems import Problem
from tipline.services.mailbox import CodeUnknown, LeafUnknown, build_holder_proof
from tipline.vault.ledger.refusals import ProofRefused

TEXT = b"text/plain; charset=utf-8"
_INDEX = re.compile(rf"{PREFIX}/proofs/(0|[1-9][0-9]{{0,17}})")


async def get_proof(call: Call) -> Answer:
    """Give the public proof of a leaf: that it is there, not what it says."""
    index = _read_index(call)
    try:
        proof = await asyncio.to_thread(call.door.vault.build_proof, index=index)
    except ProofRefused:
        raise Problem("leaf_unknown") from None
    return _attach(proof, index)


async def get_own_proof(call: Call) -> Answer:
    """Give the code holder the whole proof, which shows what the record says."""
    index = _read_index(call)
    given = await call.read_json(CodeGiven)
    await call.door.pace(call.scope)
    code = read_given_code(given.receipt_code, language=call.language)
    try:
        proof = await asyncio.to_thread(
            build_holder_proof,
            vault=call.door.vault,
            code=code,
            leaf_index=index,
            vkey=call.door.log_key,
        )
    except (CodeUnknown, LeafUnknown):
        raise Problem("code_unknown") from None
    return _attach(proof, index)


async def get_log_key(call: Call) -> Answer:
    """Give the ledger's verifier key (c2sp.org/signed-note)."""
    return Answer(200, call.door.log_key.encode() + b"\n", TEXT)


def _read_index(call: Call) -> int:
    found = _INDEX.fullmatch(call.scope["path"])
    if not found:
        raise Problem("leaf_unknown")
    return int(found[1])


def _attach(proof: bytes, index: int) -> Answer:
    name = f'attachment; filename="receipt-{index}.tlog-proof"'
    return Answer(200, proof, TEXT, ((b"content-disposition", name.encode()),))
