"""One list held and asked in a process of its own: seconds to build, memory, look-ups a second."""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tipline.adapters.shelf import MappedShelf, MemoryShelf
from tipline.domain.triage.known import Shelf

ALONE = 2_000


def make_entry(number: int) -> str:
    """The entry of a number: a domain, or a page under it."""
    path = f"p{number % 89}/{number}" if number % 3 else ""
    return f"h{number * 2_654_435_761 % 4_294_967_291:x}.site{number % 997}.example/{path}"


def draw_entries(count: int, *, held: int, chance: random.Random) -> list[str]:
    """Entries to ask for, one in a hundred of them held."""
    picks = (
        (chance.randrange(held), chance.random() < 0.01, chance.getrandbits(40))
        for _ in range(count)
    )
    return [
        make_entry(number) if is_held else f"n{other:x}.example/"
        for number, is_held, other in picks
    ]


def _list_entries(count: int) -> Iterator[str]:
    return map(make_entry, range(count))


def read_memory() -> int:
    """Memory of this process in KiB, mapped files in it."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def read_peak() -> int:
    """Most memory that this process ever had, in KiB."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def build(root: Path, count: int) -> dict[str, float]:
    """Build the list on the disk."""
    begun = time.process_time()
    kept = MappedShelf(root).keep(name="list", entries=_list_entries(count))
    return {
        "entries": kept.entries,
        "cpu_s": round(time.process_time() - begun, 1),
        "disk_mb": round(kept.bytes / 1e6),
        "peak_mb": round(read_peak() / 1024),
    }


def ask(make: Callable[[], Shelf], *, held: int, batch: int, rounds: int) -> dict[str, float]:
    """Ask in batches and one by one; memory is what the list added, after all was asked."""
    chance = random.Random(7)
    batches = [draw_entries(batch, held=held, chance=chance) for _ in range(rounds)]
    before = read_memory()
    shelf = make()
    rates, hits = [], 0
    for entries in batches:
        begun = time.process_time()
        hits += len(shelf.find(names=["list"], entries=entries)["list"])
        rates.append(batch / (time.process_time() - begun))
    memory = read_memory() - before
    return {
        "batch_per_s": round(sorted(rates)[len(rates) // 2]),
        "alone_per_s": round(_rate_alone(shelf, batches[0][:ALONE])),
        "memory_mb": round(memory / 1024, 1),
        "hits": hits,
    }


def _rate_alone(shelf: Shelf, entries: Sequence[str]) -> float:
    begun = time.process_time()
    for entry in entries:
        shelf.find(names=["list"], entries=[entry])
    return len(entries) / (time.process_time() - begun)


def make_set(count: int) -> MemoryShelf:
    """Make the baseline: a Python set of texts."""
    shelf = MemoryShelf()
    shelf.keep(name="list", entries=_list_entries(count))
    return shelf


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("build", "mapped", "set"))
    parser.add_argument("--root", type=Path)
    parser.add_argument("--held", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rounds", type=int)
    given = parser.parse_args()
    if given.what == "build":
        figures = build(given.root, given.held)
    else:
        kinds = {"mapped": lambda: MappedShelf(given.root), "set": lambda: make_set(given.held)}
        figures = ask(kinds[given.what], held=given.held, batch=given.batch, rounds=given.rounds)
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
