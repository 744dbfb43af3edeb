"""How long a whole vault takes to check, over a million leaves that the vault itself appended.

    python -m benchmarks.fsck [--leaves 1000000] [--rounds 3] [--engine sqlite|postgres] [--json]
                              [--processes 2] [--keep DIR]

Fills a vault through its own writer, in units of 1,000 reports that are all different, then checks
it: tree, tiles, checkpoints and rows as a host without private keys can, and again with the desk's
key, by which every record is opened. As a yardstick in the same run: nothing but the root of
RFC 6962 from the leaf hashes in memory, by the recursion of its section 2.1, in plain Python.
"""

import argparse
import contextlib
import json
import secrets
import statistics
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.load.bodies import make_body, make_text
from benchmarks.load.postgres import fresh_url
from tipline.vault import (
    Entry,
    OwnedVault,
    Retry,
    Unit,
    derive_code_keys,
    load_desk_key,
    load_vault_keys,
    load_vkey,
    make_keys,
    open_owner,
)
from tipline.vault.fsck import Target, check_vault

UNIT = 1_000
TILE = 256
HOLDERS = [derive_code_keys(secrets.token_bytes(20)) for _ in range(2_000)]


def make_unit(first: int) -> Unit:
    """A thousand reports, from serial ``first`` on, under a retry key."""
    key = b"fsck-%d" % first
    entries = tuple(make_report(serial) for serial in range(first, first + UNIT))
    return Unit(entries, Retry(key, sha256(key).digest(), b"answer"))


def make_report(serial: int) -> Entry:
    keys = HOLDERS[serial % len(HOLDERS)]
    return Entry(
        kind="report",
        text=make_text(serial).encode(),
        details=make_body(serial),
        box=keys.box,
        holder_key=keys.holder_key,
        holder_secret=keys.holder_secret,
    )


def fill(vault: OwnedVault, leaves: int) -> None:
    """Append until there are ``leaves``."""
    waiting = []
    for first in range(vault.size(), leaves, UNIT):
        waiting.append(vault.append(make_unit(first)))
        if len(waiting) >= 4:
            waiting.pop(0).result()
    for each in waiting:
        each.result()


def read_leaf_hashes(vault: OwnedVault) -> list[bytes]:
    """All leaf hashes, from the tiles of the lowest level."""
    size, hashes = vault.size(), []
    for number in range((size + TILE - 1) // TILE):
        tile = vault.tile(0, number, min(TILE, size - number * TILE)) or b""
        hashes += [tile[at : at + 32] for at in range(0, len(tile), 32)]
    return hashes


def hash_naively(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1, over leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = hash_naively(leaves[:split]), hash_naively(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def time_rounds(work: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    """Median seconds of ``work`` over ``rounds``, and what it gave last."""
    spent, gave = [], None
    for _ in range(rounds):
        began = time.monotonic()
        gave = work()
        spent.append(time.monotonic() - began)
    return round(statistics.median(spent), 2), gave


def run(arguments: argparse.Namespace, home: Path) -> dict[str, Any]:
    """Fill a vault, then time the checks."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(fresh_url("fsck")) if arguments.engine == "postgres" else ""
        make_keys(vault_dir=home / "vault", desk_dir=home / "desk", origin="bench.example/log")
        keys, where = load_vault_keys(home / "vault"), url or home / "vault" / "vault.db"
        began = time.monotonic()
        with contextlib.closing(open_owner(where, keys=keys)) as vault:
            fill(vault, arguments.leaves)
            filled = time.monotonic() - began
            hashes, checkpoint = read_leaf_hashes(vault), vault.checkpoint()
        naive, root = time_rounds(lambda: hash_naively(hashes), arguments.rounds)
        if checkpoint.splitlines()[2] != b64encode(root):
            raise SystemExit("the newest checkpoint has another root than RFC 6962 gives")
        figures = {
            "leaves": len(hashes),
            "fill_seconds": round(filled, 1),
            "naive_root_seconds": naive,
        }
        return figures | time_checks(arguments, Target(where, load_vkey(home / "vault")), home)


def time_checks(arguments: argparse.Namespace, target: Target, home: Path) -> dict[str, Any]:
    desk_key = load_desk_key(home / "desk").private
    opening = Target(target.where, target.vkey, desk_key=desk_key)
    figures: dict[str, Any] = {"faults": 0}
    for name, each in (("check_seconds", target), ("check_and_open_seconds", opening)):
        figures[name], faults = time_rounds(
            lambda each=each: list(check_vault(each, processes=arguments.processes)),
            arguments.rounds,
        )
        figures["faults"] += len(faults)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description="seconds to check a vault of a million leaves")
    parser.add_argument("--leaves", type=int, default=1_000_000, help="a multiple of 1,000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--directory", default="/var/tmp", help="where the fresh vault may lie")
    parser.add_argument("--keep", type=Path, help="directory to keep the vault in, and use again")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.directory, prefix="tipline-fsck-") as directory:
        figures = run(arguments, arguments.keep or Path(directory))
    print(json.dumps({"engine": arguments.engine, **figures}, indent=None if arguments.json else 2))
    return 1 if figures["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
