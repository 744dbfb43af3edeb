"""How fast a vault is checked: ``python benchmarks/fsck.py [--leaves 1000000] [--keep DIR]``.

Fills a vault through the real writer, in units of 1,000 short reports, then runs ``check_vault``.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from tipline.vault import Entry, OwnedVault, Unit, load_vault_keys, load_vkey, make_keys, open_owner
from tipline.vault.fsck import Target, check_vault


def fill(vault: OwnedVault, leaves: int) -> None:
    unit = Unit(tuple(Entry(kind="event", text=b"x" * 200) for _ in range(1_000)))
    waiting = []
    while vault.size() < leaves:
        waiting = [vault.append(unit) for _ in range(8)]
        for each in waiting:
            each.result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="directory to keep the vault in, and use again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = given.keep or Path(made)
        make_keys(vault_dir=home / "vault", desk_dir=home / "desk", origin="bench.example/log")
        where = home / "vault" / "vault.db"
        vault = open_owner(where, keys=load_vault_keys(home / "vault"))
        begin = time.perf_counter()
        fill(vault, given.leaves)
        size = vault.size()
        vault.close()
        print(f"filled to {size:,} leaves in {time.perf_counter() - begin:.1f} s")
        begin = time.perf_counter()
        target = Target(where, load_vkey(home / "vault"))
        faults = list(check_vault(target, processes=given.processes))
        wall = time.perf_counter() - begin
        largest = max(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(
            f"checked {size:,} leaves in {wall:.1f} s, {len(faults)} faults, {largest // 1024} MiB a process at most"
        )


if __name__ == "__main__":
    main()
