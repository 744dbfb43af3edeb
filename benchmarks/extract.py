"""How well and how fast identifiers and amounts are found, beside iocsearcher and ioc-finder.

    python -m benchmarks.extract [--data FOLDER] [--lines tests/domain/triage/hard_lines.jsonl]
                                 [--texts 20000] [--rounds 5] [--only accuracy|speed] [--json]

FOLDER holds the labelled sets (extract_zh_slotfilled.jsonl.gz for accuracy, the message sets for
the corpus). Without them the accuracy on messages is not measured, which the output says, and the
corpus for speed is made from the texts of the demonstration.

Accuracy: on the messages, type, start and end must be right (and, for all three readers, values
alone); on the hard lines kinds and values. The libraries are judged on the kinds that they know.
Speed: CPU seconds of one core; in every round each reader reads texts of the same corpus, and the
figures are medians over rounds, of the ratios too. Set POLARS_MAX_THREADS=1.
"""

import argparse
import contextlib
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

from msgspec import structs
from tipline.adapters.sieve import PolarsSieve

from benchmarks.texts.corpus import make_corpus
from benchmarks.texts.peers import NETWORK, PEERS, Reader
from tipline.domain.triage.accuracy import claims, lines, slots
from tipline.domain.triage.accuracy.tally import Tally
from tipline.domain.triage.amounts import find_amounts, find_amounts_many
from tipline.domain.triage.scan import scan, scan_many
from tipline.domain.values import Identifier

MESSAGES = "extract_zh_slotfilled.jsonl.gz"
READERS: dict[str, Reader] = {"tipline": claims.read_text, **PEERS}
BATCH = 5_000
Rows = list[dict[str, Any]]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="identifiers and amounts: how right, how fast")
    parser.add_argument("--data", type=Path, default=Path("labelled"), help="the labelled sets")
    parser.add_argument(
        "--lines",
        type=Path,
        default=Path("tests/domain/triage/hard_lines.jsonl"),
        help="hard lines",
    )
    parser.add_argument("--texts", type=int, default=20_000, help="of the corpus, each round")
    parser.add_argument(
        "--peer-texts", type=int, default=1_000, help="that a library reads each round"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("accuracy", "speed"))
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def read_rows(path: Path) -> Rows:
    plain = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in plain.decode().splitlines() if line]


def measure_accuracy(arguments: argparse.Namespace) -> dict[str, Any]:
    messages = arguments.data / MESSAGES
    figures: dict[str, Any] = {"hard lines": judge_lines(read_rows(arguments.lines))}
    if messages.is_file():
        figures["messages"] = judge_messages(read_rows(messages))
    else:
        figures["messages"] = f"not measured: {messages} is not here (give --data)"
    return figures


def judge_lines(rows: Rows) -> dict[str, Any]:
    known = [lines.read_line(row) for row in rows]
    figures = {
        f"tipline {part}": judge_values(
            claims.read_text, [line for line in known if line.part == part], claims.KINDS
        )
        for part in sorted({line.part for line in known})
    }
    marks = [lines.judge(line, claims.read_text(line.text)).misjudged for line in known]
    figures["tipline innocent misjudged"] = sum(map(len, marks))
    for name, read in READERS.items():
        figures[f"{name} network kinds"] = judge_values(read, known, NETWORK)
    return figures


def judge_messages(rows: Rows) -> dict[str, Any]:
    lowered = [
        {**row, "spans": [{**each, "value": each["value"].lower()} for each in row["spans"]]}
        for row in rows
    ]
    values = [slots.read_values(row) for row in lowered]
    figures: dict[str, Any] = {"tipline by place": judge_places(rows)}
    for name, read in READERS.items():
        figures[f"{name} by value"] = judge_values(lower_values(read), values, slots.KINDS)
    return figures


def lower_values(read: Reader) -> Reader:
    """The set writes every value in lower case."""

    def read_lower(text: str) -> tuple[Identifier, ...]:
        return tuple(structs.replace(each, value=each.value.lower()) for each in read(text))

    return read_lower


def judge_places(rows: Rows) -> dict[str, Any]:
    tally, taken, others = Tally(), 0, 0
    for message in map(slots.read_message, rows):
        spans = frozenset(slots.list_spans(scan(message.text)))
        slots.add_message(tally, message, spans)
        taken += slots.count_taken(message, spans)
        others += len(message.others)
    return {**show(tally), "other numbers": others, "other numbers taken": taken}


def judge_values(
    read: Reader, known: Sequence[lines.Line], kinds: frozenset[str]
) -> dict[str, Any]:
    tally, failed = Tally(), 0
    for line in known:
        try:
            found = read(line.text)
        except Exception:  # noqa: BLE001 - a library that fails on a text found nothing in it
            found, failed = (), failed + 1
        lines.add_verdict(tally, lines.judge(line, found, kinds=kinds))
    return {**show(tally), **({"failed texts": failed} if failed else {})}


def show(tally: Tally) -> dict[str, str]:
    rows = (tally.sum_up(), *tally.list_rows())
    return {
        row.name: f"P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f} n {row.hit + row.missed}"
        for row in rows
    }


def measure_speed(arguments: argparse.Namespace) -> dict[str, Any]:
    count = arguments.texts * arguments.rounds
    texts, origin = make_corpus(count, data=arguments.data)
    sieve = PolarsSieve()

    def read_bulk(some: Sequence[str]) -> None:
        for batch in cut(some):
            scan_many(batch, sieve=sieve)

    def read_amounts(some: Sequence[str]) -> None:
        for batch in cut(some):
            find_amounts_many(batch, sift=sieve.sift)

    def read_both(some: Sequence[str]) -> None:
        read_bulk(some)
        read_amounts(some)

    whole: dict[str, Callable[[Sequence[str]], None]] = {
        "identifiers in bulk": read_bulk,
        "amounts in bulk": read_amounts,
        "both in bulk": read_both,
        "both, one by one": lambda some: read_each(claims.read_text, some),
    }
    few: dict[str, Callable[[Sequence[str]], None]] = {
        name: (lambda some, read=read: read_each(read, some)) for name, read in PEERS.items()
    }
    rounds = []
    read_both(texts[:BATCH])  # tables are made at the first use
    for number in range(arguments.rounds):
        some = texts[number * arguments.texts : (number + 1) * arguments.texts]
        rates = {name: rate(read, some) for name, read in whole.items()}
        rates |= {name: rate(read, some[: arguments.peer_texts]) for name, read in few.items()}
        rounds.append(rates)
    return {
        "corpus": f"{count:,} texts, {sum(map(len, texts)) / count:.0f} characters on average, from {origin}",
        "texts per second and core": {
            name: round(statistics.median(each[name] for each in rounds)) for name in rounds[0]
        },
        "ratios": {
            f"{ours} to {peer}": round(
                statistics.median(each[ours] / each[peer] for each in rounds), 1
            )
            for ours in ("identifiers in bulk", "both in bulk")
            for peer in PEERS
        },
        "one report, milliseconds": measure_single(texts[: arguments.texts]),
    }


def cut(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), BATCH):
        yield texts[start : start + BATCH]


def read_each(read: Reader, texts: Sequence[str]) -> None:
    for text in texts:
        with contextlib.suppress(Exception):  # a library may fail on a text; the time counts
            read(text)


def rate(read: Callable[[Sequence[str]], None], texts: Sequence[str]) -> float:
    started = time.process_time()
    read(texts)
    return len(texts) / (time.process_time() - started)


def measure_single(texts: Sequence[str]) -> dict[str, float]:
    took = []
    for text in texts:
        started = time.thread_time_ns()
        scan(text)
        find_amounts(text)
        took.append((time.thread_time_ns() - started) / 1e6)
    took.sort()
    return {
        name: round(took[int(len(took) * share)], 3)
        for name, share in (("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999))
    }


def main() -> int:
    arguments = read_arguments()
    figures: dict[str, Any] = {}
    if arguments.only != "speed":
        figures["accuracy"] = measure_accuracy(arguments)
    if arguments.only != "accuracy":
        figures["speed"] = measure_speed(arguments)
    print(json.dumps(figures, indent=None if arguments.json else 2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
