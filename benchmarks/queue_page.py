"""How long the queue page's questions take with a million reports.

    python -m benchmarks.queue_page [--rows 1000000] [--rounds 15] [--database URL]

Fills a fresh desk with reports (most of them open, spread over regions, agencies, offences and
priorities), then asks what the queue page asks, in the roles that ask it, and prints medians.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PROVINCES = [
    f"{n}"
    for n in (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
    )
]
STATES = (
    ("assessed",) * 55 + ("decided",) * 35 + ("in_review",) * 5 + ("waiting",) * 4 + ("received",)
)
OFFENCES = ("",) * 15 + tuple(f"FR-{n:02d}" for n in range(25))
LINE_ROWS = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description="the queue page's questions, timed")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--database", default="")
    parser.add_argument("--directory", default="/var/tmp")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.directory) as directory:
        os.environ |= {"TIPLINE_DATA": directory, "TIPLINE_DATABASE": arguments.database}
        run(arguments, Path(directory))


def run(arguments: argparse.Namespace, data: Path) -> None:
    from tipline import settings  # noqa: PLC0415

    (data / "desk").mkdir()
    settings.set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    fill(arguments.rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"{connection.vendor}: {arguments.rows:,} rows in {time.perf_counter() - begun:.0f} s")
    slow = 0
    for name, ask in list_questions():
        times = []
        for _ in range(arguments.rounds):
            begun = time.perf_counter()
            ask()
            times.append((time.perf_counter() - begun) * 1000)
        median = statistics.median(times)
        slow += median > 50
        print(f"{median:8.1f} ms  (worst {max(times):7.1f})  {name}")
    sys.exit(1 if slow else 0)


def fill(rows: int) -> None:
    from django.db import transaction  # noqa: PLC0415

    from tipline.store.bulk import insert_rows  # noqa: PLC0415
    from tipline.store.models import (  # noqa: PLC0415
        Agency,
        Handling,
        Identifier,
        Mention,
        Officer,
        Report,
        Skip,
    )

    regions = ["000000", *(f"{p}0000" for p in PROVINCES)]
    for region in regions:
        Agency.objects.create(code=region, name_en=region, name_zh=region, region=region)
    officers = [
        Officer(id=n + 1, username=f"o{n}", role="intake_officer", region=r, agency_id=r)
        for n, r in enumerate(regions)
    ]
    Officer.objects.bulk_create(officers)
    Identifier.objects.bulk_create(
        [Identifier(id=n, kind="phone", value=f"+86139{n:08d}") for n in range(1, 10_001)]
    )
    chance = random.Random(1)
    for first in range(0, rows, LINE_ROWS):
        numbers = range(first, min(first + LINE_ROWS, rows))
        with transaction.atomic():
            insert_rows(Report, map(make_report, numbers))
            insert_rows(Handling, (make_handling(n, chance) for n in numbers))
            insert_rows(Mention, (make_mention(n, chance) for n in numbers))
    skipped = [Skip(report_id=n * 3, officer_id=1, skipped_at=NOW) for n in range(200)]
    Skip.objects.bulk_create(skipped)


def make_report(number: int) -> dict[str, Any]:
    return {
        "leaf_index": number,
        "text": f"第 {number} 条举报：有人冒充客服要我转账。" * 4,
        "details": {},
        "language": "zh-hans",
        "sender": "",
        "lane": "fast",
        "received_at": NOW - timedelta(seconds=40_000_000 - number),
        "box": b"",
        "holder_key": b"",
        "contact_box": b"",
        "leaf_hash": b"",
    }


def make_handling(number: int, chance: random.Random) -> dict[str, Any]:
    from tipline.store.places import make_place  # noqa: PLC0415

    state, priority = chance.choice(STATES), chance.randrange(101)
    province = chance.choice(PROVINCES)
    claimed = state == "in_review"
    return {
        "report": number,
        "state": state,
        "priority": priority,
        "place": make_place(priority, number),
        "region": f"{province}{chance.randrange(1, 20):02d}00",
        "province": province,
        "agency": f"{province}0000",
        "offence": chance.choice(OFFENCES),
        "second": "FR-08" if chance.random() < 0.05 else None,
        "template_group": chance.choice((None, "0" * 16, f"{chance.randrange(1, 10_000):016x}")),
        "outcome": chance.choice(("ACTIONED", "NO_VIOLATION")) if state == "decided" else "",
        "lane": "slow" if number % 997 == 0 else "fast",
        "received_at": NOW - timedelta(seconds=40_000_000 - number),
        "claimed_by": 2 + PROVINCES.index(province) if claimed else None,
        "claimed_until": NOW + timedelta(minutes=chance.randrange(-30, 30)) if claimed else None,
        "assigned_to": 2 + PROVINCES.index(province) if chance.random() < 0.02 else None,
        "decided_at": NOW if state == "decided" else None,
        "unread_replies": 0,
    }


def make_mention(number: int, chance: random.Random) -> dict[str, Any]:
    identifier = 1 if chance.random() < 0.02 else chance.randrange(2, 10_001)
    return {
        "report": number,
        "identifier": identifier,
        "field": "",
        "start": 0,
        "end": 1,
        "surface": "",
        "hidden_by": "",
        "innocent": "",
        "ascii": "",
        "verdict": "",
    }


def list_questions() -> Iterator[tuple[str, Callable[[], object]]]:
    from tipline.domain.duties import Actor, Role  # noqa: PLC0415
    from tipline.store.queries import header, queue  # noqa: PLC0415
    from tipline.store.queries.queue import QueueFilter  # noqa: PLC0415

    ministry = Actor(id=1, role=Role.INTAKE_OFFICER, region="000000")
    province = Actor(id=2, role=Role.INTAKE_OFFICER, region="110000")
    city = Actor(id=2, role=Role.INTAKE_OFFICER, region="110700")
    analyst = Actor(id=2, role=Role.ANALYST, region="110000")

    def page(actor: Actor, after: str = "", **filters: Any) -> Callable[[], object]:
        return lambda: queue.list_queue(
            actor=actor, filters=QueueFilter(**filters), now=NOW, after=after
        )

    def count(actor: Actor, **filters: Any) -> Callable[[], object]:
        return lambda: queue.count_queue(actor=actor, filters=QueueFilter(**filters), now=NOW)

    def oldest(actor: Actor, **filters: Any) -> Callable[[], object]:
        return lambda: queue.get_oldest(actor=actor, filters=QueueFilter(**filters), now=NOW)

    far = queue.list_queue(actor=ministry, filters=QueueFilter(), now=NOW, size=20_000).next
    for name, actor in (("ministry", ministry), ("province", province), ("city", city)):
        yield f"{name}: first page of all that is open", page(actor)
        yield f"{name}: free, not skipped", page(actor, held="free")
        yield f"{name}: one offence", page(actor, offence="FR-07")
        yield from (
            (f"{name}: unsure", page(actor, offence="UNSURE")),
            (f"{name}: an offence that many have second", page(actor, offence="FR-08")),
            (f"{name}: oldest of such an offence", oldest(actor, offence="FR-08")),
            (f"{name}: near copies of one text, many", page(actor, template="0" * 16)),
            (f"{name}: near copies of one text, few", page(actor, template=f"{77:016x}")),
            (f"{name}: count of near copies", count(actor, template="0" * 16)),
            (f"{name}: oldest of near copies", oldest(actor, template="0" * 16)),
        )
        yield f"{name}: an offence that nobody has", page(actor, offence="XX-99")
        yield f"{name}: decided, one outcome", page(actor, states=("decided",), outcome="ACTIONED")
        yield f"{name}: slow lane", page(actor, lane="slow")
        yield f"{name}: mine", page(actor, held="mine")
        yield f"{name}: count of all that is open", count(actor)
        yield f"{name}: count of one offence", count(actor, offence="FR-07")
        yield f"{name}: count of the slow lane", count(actor, lane="slow")
        yield f"{name}: oldest", oldest(actor)
        yield f"{name}: oldest of one offence", oldest(actor, offence="FR-07")
        yield f"{name}: header", lambda actor=actor: header.get_header(actor=actor, now=NOW)
        yield f"{name}: next to take", lambda actor=actor: queue.get_next(actor=actor, now=NOW)
    yield from (
        ("ministry: 400 pages on", page(ministry, after=far)),
        ("ministry: a number in a hundred reports", page(ministry, identifier="13900000077")),
        ("ministry: a number in 20,000 reports", page(ministry, identifier="13900000001")),
        ("ministry: one agency", page(ministry, agency="500000")),
        ("ministry: one city", page(ministry, region="500300")),
        ("analyst: all that they hold", page(analyst)),
        ("analyst: header", lambda: header.get_header(actor=analyst, now=NOW)),
    )


if __name__ == "__main__":
    main()
