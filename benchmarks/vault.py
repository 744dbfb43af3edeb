"""How fast the vault keeps entries: ``python benchmarks/vault.py [--dir DIR | --url URL]``.

Measures the writer alone, sealed, logged and durable: units of 1,000 entries, and units of one
entry while 128 callers of one event loop wait.
"""

import argparse
import asyncio
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from tipline.vault import (
    Entry,
    OwnedVault,
    Retry,
    Unit,
    derive_code_keys,
    load_vault_keys,
    make_keys,
    open_owner,
)

TEXT = "有人冒充客服打电话说我的快递丢失要赔付，让我加微信并下载会议软件共享屏幕。".encode() * 3
DETAILS = (
    b'{"came_by":"phone","language":"zh-hans","subjects":[{"kind":"phone","value":"13800000000"}]}'
)
HOLDERS = [derive_code_keys(secrets.token_bytes(20)) for _ in range(5_000)]


def make_report(number: int) -> Entry:
    """A report as the public door makes it, of about 450 bytes."""
    keys = HOLDERS[number % len(HOLDERS)]
    return Entry(
        kind="report",
        text=TEXT,
        details=DETAILS,
        box=keys.box,
        holder_key=keys.holder_key,
        holder_secret=keys.holder_secret,
    )


def make_retry() -> Retry:
    """A retry key as a careful client sends it."""
    key = secrets.token_bytes(16)
    return Retry(key=key, body=sha256(key).digest(), answer=b"A" * 20)


@contextmanager
def open_vault(home: Path, url: str, *, commit_max: int) -> Iterator[OwnedVault]:
    make_keys(vault_dir=home / "vault", desk_dir=home / "desk", origin="bench.example/log")
    keys = load_vault_keys(home / "vault")
    vault = open_owner(url or home / "vault" / "vault.db", keys=keys, commit_max=commit_max)
    try:
        yield vault
    finally:
        vault.close()


def measure_units(vault: OwnedVault, units: int) -> float:
    """Entries a second in units of 1,000, four units under way."""
    made = [Unit(tuple(map(make_report, range(1_000))), make_retry()) for _ in range(4)]
    begin, cpu = time.perf_counter(), time.process_time()
    waiting = []
    for number in range(units):
        waiting.append(vault.append(Unit(made[number % 4].entries, make_retry())))
        if len(waiting) >= 4:
            waiting.pop(0).result()
    for each in waiting:
        each.result()
    wall = time.perf_counter() - begin
    show("units of 1,000 entries", units * 1_000, wall=wall, cpu=time.process_time() - cpu)
    return units * 1_000 / wall


async def measure_singles(vault: OwnedVault, callers: int, seconds: float) -> float:
    """Entries a second in units of one, while so many callers wait for their own."""
    waits: list[float] = []
    end = time.perf_counter() + seconds

    async def call() -> None:
        number = 0
        while (begin := time.perf_counter()) < end:
            await vault.append_async(Unit((make_report(number),), make_retry()))
            waits.append(time.perf_counter() - begin)
            number += 1

    begin, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(call() for _ in range(callers)))
    wall = time.perf_counter() - begin
    waits.sort()
    show(f"units of one, {callers} callers", len(waits), wall=wall, cpu=time.process_time() - cpu)
    print(
        f"    p50 {waits[len(waits) // 2] * 1e3:.1f} ms, p99 {waits[len(waits) * 99 // 100] * 1e3:.1f} ms"
    )
    return len(waits) / wall


def show(what: str, entries: int, *, wall: float, cpu: float) -> None:
    print(f"{what}: {entries / wall:,.0f} entries/s ({cpu / entries * 1e6:.0f} us CPU each)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--dir", type=Path, help="where to make the vault; default: a new directory"
    )
    parser.add_argument("--url", default="", help="PostgreSQL URL of an empty database")
    parser.add_argument("--units", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--callers", type=int, default=128)
    parser.add_argument("--commit-max", type=int, default=512)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(dir=given.dir or Path.cwd()) as home,
        open_vault(Path(home), given.url, commit_max=given.commit_max) as vault,
    ):
        measure_units(vault, given.units)
        asyncio.run(measure_singles(vault, given.callers, given.seconds))


if __name__ == "__main__":
    main()
