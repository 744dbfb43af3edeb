"""How many reports a second triage reads, stage by stage, beside a plain chain; all in one run.

    python -m benchmarks.triage [--labelled DIR] [--texts 20000] [--rounds 3] [--rows 200000]
                                [--directory DIR] [--json]

1. One core, processor time, the sides in turn, round by round; medians of the rounds' ratios:
   - *triage*: all stages of `domain/triage/chain.py` and the lines as JSON, as `tipline triage` does;
   - *reference*: the same detectors text by text with Python's `re` (what a report gets that comes alone),
     amounts, a skeleton by `re.sub` and its hash, scikit-learn's HashingVectorizer (three letters) and
     SGDClassifier in batches of 500, the lines as JSON;
   - *plain*: the same with a pattern a kind and little else (`benchmarks/plain`), which finds less;
   - each of the two again with a datasketch MinHash of every text.
   The classifier has random labels: only its cost is measured.
2. The command on a file of `--rows` rows: one process against two, by the clock, and the most memory
   that one process held, on a tenth of the rows and on all of them.
"""

import argparse
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from datasketch import MinHash
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier

from benchmarks.plain.extract import extract
from benchmarks.texts.corpus import make_corpus
from tipline.domain.triage.amounts import find_amounts
from tipline.domain.triage.chain import run_stages
from tipline.domain.triage.contract import describe
from tipline.domain.triage.scan import scan
from tipline.interfaces.cli.bulk.shapes import write_json_lines
from tipline.interfaces.cli.bulk.tools import make_tools

CLASSES, FEATURES, SKLEARN_BATCH, BATCH = 14, 1 << 18, 500, 5_000
_SKELETON = re.compile(r"https?://\S+|[\d\W_]+")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="the whole of triage, in bulk")
    parser.add_argument("--labelled", type=Path, default=Path("../shared/data"))
    parser.add_argument("--texts", type=int, default=20_000, help="that triage reads each round")
    parser.add_argument("--peer-texts", type=int, default=2_000, help="that the others read")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=200_000, help="of the file; 0 leaves it out")
    parser.add_argument("--directory", default="/var/tmp")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


class Triage:
    """Our side, which also tells how long each stage took."""

    def __init__(self) -> None:
        self._tools = make_tools(datetime.now(UTC))
        self.stages: dict[str, float] = defaultdict(float)
        self._at = 0.0

    def read(self, texts: Sequence[str]) -> int:
        size = 0
        for begin in range(0, len(texts), BATCH):
            self._at = time.process_time()
            columns = run_stages(texts[begin : begin + BATCH], self._tools, self._tell)
            size += len(write_json_lines(describe(columns, range(len(columns.texts)))))
            self._tell("writing")
        return size

    def _tell(self, stage: str) -> None:
        now = time.process_time()
        self.stages[stage] += now - self._at
        self._at = now


def find_as_reference(text: str) -> list[Any]:
    found = [[each.kind, each.value, each.start, each.end] for each in scan(text)]
    return [*found, *([str(each.value), each.start, each.end] for each in find_amounts(text))]


class Plain:
    """A chain of ``re`` and scikit-learn, as one would write it."""

    def __init__(
        self, find: Callable[[str], list[Any]], *, signs: bool, texts: Sequence[str]
    ) -> None:
        self._find, self._signs = find, signs
        self._vectorise = HashingVectorizer(
            analyzer="char", ngram_range=(3, 3), n_features=FEATURES
        ).transform
        labels = np.arange(2_000) % CLASSES
        model = SGDClassifier(loss="log_loss", max_iter=3, tol=None)
        self._model = model.fit(self._vectorise(texts[:2_000]), labels)

    def read(self, texts: Sequence[str]) -> int:
        size = 0
        for begin in range(0, len(texts), SKLEARN_BATCH):
            part = texts[begin : begin + SKLEARN_BATCH]
            chances = self._model.predict_proba(self._vectorise(part))
            for row, (text, chance) in enumerate(zip(part, chances, strict=True)):
                size += len(self._describe(begin + row, text, chance))
        return size

    def _describe(self, row: int, text: str, chance: Any) -> str:
        skeleton = _SKELETON.sub("", text.lower())
        if self._signs:
            signature = MinHash(num_perm=64)
            signature.update_batch([skeleton[i : i + 3].encode() for i in range(len(skeleton) - 2)])
        best = int(chance.argmax())
        line = {
            "row": row,
            "identifiers": self._find(text),
            "offences": [[best, float(chance[best])]],
            "template": hashlib.sha256(skeleton.encode()).hexdigest()[:16],
        }
        return json.dumps(line, ensure_ascii=False)


def take_seconds(read: Callable[[Sequence[str]], int], texts: Sequence[str]) -> float:
    before = time.process_time()
    read(texts)
    return (time.process_time() - before) / len(texts)


def measure_one_core(arguments: argparse.Namespace, texts: Sequence[str]) -> dict[str, Any]:
    ours = Triage()
    ours.read(texts[:BATCH])
    ours.stages.clear()
    sides = {
        "reference": Plain(find_as_reference, signs=False, texts=texts),
        "reference_datasketch": Plain(find_as_reference, signs=True, texts=texts),
        "plain": Plain(extract, signs=False, texts=texts),
        "plain_datasketch": Plain(extract, signs=True, texts=texts),
    }
    few = texts[: arguments.peer_texts]
    rounds: list[dict[str, float]] = []
    for _ in range(arguments.rounds):
        took = {name: take_seconds(side.read, few) for name, side in sides.items()}
        rounds.append({"triage": take_seconds(ours.read, texts), **took})
        if not arguments.json:
            print({name: f"{1 / each:,.0f}/s" for name, each in rounds[-1].items()}, flush=True)
    total = sum(ours.stages.values())
    return {
        "per_second": {n: statistics.median(1 / each[n] for each in rounds) for n in rounds[0]},
        "times_as_fast_as": {
            name: statistics.median(each[name] / each["triage"] for each in rounds)
            for name in sides
        },
        "stages": {
            name: {
                "share": took / total,
                "per_second": arguments.rounds * len(texts) / took,
            }
            for name, took in ours.stages.items()
        },
    }


def write_file(path: Path, texts: Sequence[str], rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in range(rows):
            file.write(json.dumps({"text": texts[row % len(texts)]}, ensure_ascii=False) + "\n")
    return path


def run_command(path: Path, processes: int) -> tuple[float, float]:
    """Triage a file; gives seconds by the clock and the MB that the largest process held."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, "
        "stderr=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-m", "tipline.interfaces.cli", "triage", str(path)]
    output = path.with_suffix(f".{processes}.out.jsonl")
    options = ["--output", str(output), "--processes", str(processes), "--data", str(path.parent)]
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *command, *options],
        capture_output=True,
        text=True,
        check=True,
    )
    took = time.monotonic() - before
    with output.open("rb") as file:
        lines = sum(1 for _ in file)
    with path.open("rb") as file:
        assert lines == sum(1 for _ in file)
    output.unlink()
    return took, int(done.stdout) / 1024


def measure_file(arguments: argparse.Namespace, texts: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=arguments.directory, prefix="tipline-triage-") as made:
        small = write_file(Path(made) / "small.jsonl", texts, arguments.rows // 10)
        large = write_file(Path(made) / "large.jsonl", texts, arguments.rows)
        start, least = run_command(small, 1)
        one, most = run_command(large, 1)
        start_two, _ = run_command(small, 2)
        two, _ = run_command(large, 2)
        more = arguments.rows - arguments.rows // 10  # rows that starting up has no part in
        return {
            "rows": arguments.rows,
            "one_process_per_second": more / (one - start),
            "two_processes_per_second": more / (two - start_two),
            "two_against_one": (one - start) / (two - start_two),
            "memory_mb_tenth": least,
            "memory_mb_all": most,
        }


def main() -> int:
    arguments = read_arguments()
    texts, origin = make_corpus(arguments.texts, data=arguments.labelled)
    print(f"{len(texts):,} texts of {sum(map(len, texts)) / len(texts):.0f} letters: {origin}")
    figures = measure_one_core(arguments, texts)
    if arguments.rows:
        figures["file"] = measure_file(arguments, texts)
    print(json.dumps(figures, indent=None if arguments.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
