"""Who did what with the evidence: lines each of which holds the hash of the one before."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
import rfc8785
from msgspec import Struct

START = "0" * 64


class CustodyBroken(Exception):
    """The chain does not hold; says at which line."""


class Handled(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: ``object`` is the SHA-256 of what was handled, ``hash`` of all the rest."""

    seq: int
    at: str
    by: str
    action: str
    object: str
    note: str
    prev: str
    hash: str


class Act(Struct, frozen=True, kw_only=True):
    """What somebody did with evidence, before it has a place in the chain."""

    at: datetime
    by: str
    action: str
    object: str = ""
    note: str = ""


def add_act(chain: Sequence[Handled], act: Act) -> tuple[Handled, ...]:
    """Give ``chain`` with ``act`` at its end."""
    line = {
        "seq": len(chain) + 1,
        "at": act.at.isoformat(),
        "by": act.by,
        "action": act.action,
        "object": act.object,
        "note": act.note,
        "prev": get_head(chain),
    }
    return (*chain, Handled(**line, hash=_hash(line)))  # type: ignore[arg-type]


def get_head(chain: Sequence[Handled]) -> str:
    """Give the hash of the last line; zeros where there is none."""
    return chain[-1].hash if chain else START


def write_chain(chain: Sequence[Handled]) -> bytes:
    """Write the chain, a line of canonical JSON each."""
    return b"".join(rfc8785.dumps(msgspec.to_builtins(each)) + b"\n" for each in chain)


def read_chain(data: bytes) -> tuple[Handled, ...]:
    """Read a chain and check every link of it.

    Raises:
        CustodyBroken: a line is not readable, out of turn, or does not hold the one before it.

    """
    chain: list[Handled] = []
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        try:
            told = msgspec.json.decode(line, type=Handled)
        except ValueError as error:
            raise CustodyBroken(f"line {number}: {error}") from None
        plain = msgspec.to_builtins(told)
        if rfc8785.dumps(plain) + b"\n" != line:
            raise CustodyBroken(f"line {number}: not canonical JSON")
        plain.pop("hash")
        if told.seq != number or told.prev != get_head(chain) or told.hash != _hash(plain):
            raise CustodyBroken(f"line {number}: does not follow from the line before it")
        chain.append(told)
    return tuple(chain)


def _hash(line: dict[str, object]) -> str:
    return hashlib.sha256(rfc8785.dumps(line)).hexdigest()  # type: ignore[arg-type]
