"""How fast one worker brings reports to the queue: collect, assess, tell, and the events' outbox.

    python -m benchmarks.worker [--file REPORTS.csv.gz] [--count 11370] [--database URL]

Files the texts (column "text" of a CSV, or made-up ones) into a fresh vault, then works until
nothing is due, and prints when all were collected, assessed, told and in the ledger.
"""

import argparse
import asyncio
import csv
import gzip
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any


def read_texts(path: str, count: int) -> Iterator[str]:
    if not path:
        yield from (
            f"刷单返利骗了我 {n} 元，电话 1390000{n:04d}，http://t{n}.example/a"
            for n in range(count)
        )
        return
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from (row["text"] for row in islice(csv.DictReader(lines), count))


async def file_all(vault: object, texts: Iterator[str]) -> int:
    from tipline.domain.intake.submission import Submission  # noqa: PLC0415
    from tipline.services.intake import receive  # noqa: PLC0415

    filed = 0
    while batch := [Submission(text=text) for text in islice(texts, 1_000)]:
        now = datetime.now(UTC)
        await receive(vault=vault, submissions=batch, retry=None, now=now, lane="bench")
        filed += len(batch)
    return filed


def main() -> None:
    parser = argparse.ArgumentParser(description="how fast one worker brings reports to the queue")
    parser.add_argument("--file", default="")
    parser.add_argument("--count", type=int, default=11_370)
    parser.add_argument("--database", default="")
    parser.add_argument("--directory", default="/var/tmp")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.directory) as directory:
        os.environ |= {"TIPLINE_DATA": directory, "TIPLINE_DATABASE": arguments.database}
        run(arguments, Path(directory))


def run(arguments: argparse.Namespace, data: Path) -> None:
    from tipline import settings  # noqa: PLC0415

    settings.set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415

    from tipline import wiring  # noqa: PLC0415
    from tipline.interfaces.shift import Shift  # noqa: PLC0415
    from tipline.services.triage import Machine  # noqa: PLC0415
    from tipline.store.models import Event, Handling, Letter, Report  # noqa: PLC0415

    (data / "desk").mkdir()
    call_command("migrate", verbosity=0)
    wiring.prepare_data(settings.TIPLINE)
    vault = wiring.open_owned_vault(settings.TIPLINE)
    begun = time.perf_counter()
    filed = asyncio.run(file_all(vault, read_texts(arguments.file, arguments.count)))
    print(f"filed {filed} in {time.perf_counter() - begun:.1f} s")
    shift = Shift(
        vault=vault,
        desk_key=wiring.load_desk_key(settings.TIPLINE),
        machine=Machine(shelf=wiring.open_shelf(settings.TIPLINE)),
        batch=settings.TIPLINE.lease_batch,
    )
    marks = {
        "collected": lambda: Report.objects.count() == filed,
        "assessed": lambda: not Handling.objects.filter(state="received").exists(),
        "told": lambda: not Letter.objects.filter(leaf_index=None).exists(),
        "in the ledger": lambda: not Event.objects.filter(leaf_index=None).exists(),
    }
    begun = time.perf_counter()
    while marks:
        shift.do_round()
        name = next(iter(marks))
        if marks[name]():
            took = time.perf_counter() - begun
            print(f"{name} after {took:.1f} s ({filed / took:,.0f}/s)")
            del marks[name]
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(f"CPU {used.ru_utime + used.ru_stime:.1f} s, memory {used.ru_maxrss / 1024:.0f} MB")
    time_rebuild(shift)
    vault.close()


def time_rebuild(shift: Any) -> None:
    from tipline.services.rebuild import rebuild_desk  # noqa: PLC0415

    begun = time.perf_counter()
    rebuilt = rebuild_desk(vault=shift.vault, desk_key=shift.desk_key, now=datetime.now(UTC))
    print(f"rebuilt from {rebuilt.events:,} events in {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
