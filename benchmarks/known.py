"""Known subjects: canonical links, and a list of ten million entries held and asked.

    python -m benchmarks.known [--entries 10000000] [--batch 100000] [--rounds 7] [--links 50000]
                               [--urls FILE.csv.gz --column url] [--json]

Three things, each beside its baseline in the same run, single-threaded, in CPU time:

- the published vectors of Safe Browsing (google/safebrowsing, TestCanonicalURL), those that must be
  refused apart, for this project, urlcanon and ada-url;
- links a second for each. By default links are drawn, one in eight of them odd (ports, escapes,
  Chinese names, numeric addresses); --urls takes those of a file instead;
- a list of so many entries: the mapped files beside a Python set of texts. Each is held by a process
  of its own, asked in batches with one hit in a hundred, and its memory is what that process grew
  by, mapped pages in it, once all was asked. Every hit is confirmed by its text.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.lists import vectors
from benchmarks.lists.canonical import LIBRARIES, count_vectors, measure_rates
from benchmarks.lists.links import draw_links, read_links

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="known subjects: canonical links and lists")
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--batch", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--links", type=int, default=50_000)
    parser.add_argument("--urls", type=Path, help="CSV of links, may be .gz")
    parser.add_argument("--column", default="url")
    parser.add_argument("--directory", default="/var/tmp", help="where the list may lie")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def hold(what: str, arguments: argparse.Namespace, root: Path) -> dict[str, Any]:
    """Run one holder in a process of its own."""
    given = {"root": root, "held": arguments.entries, "batch": arguments.batch}
    flags = [f"--{name}={value}" for name, value in (given | {"rounds": arguments.rounds}).items()]
    command = [sys.executable, "-m", "benchmarks.lists.holding", what, *flags]
    environment = {**os.environ, **ONE_THREAD}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def run(arguments: argparse.Namespace, directory: Path) -> dict[str, Any]:
    drawn = draw_links(arguments.links, odd=1 / 8, seed=5)
    links = read_links(arguments.urls, column=arguments.column) if arguments.urls else drawn
    rates = measure_rates(list(islice(links, arguments.links)), rounds=3)
    told = {"positive": len(vectors.GO_URLS), "must_fail": len(vectors.GO_REFUSED)}
    passed = {name: count_vectors(work) for name, work in LIBRARIES.items()}
    built = hold("build", arguments, directory)
    held = {what: hold(what, arguments, directory) for what in ("mapped", "set")}
    return {
        "vectors": told | {name: list(each) for name, each in passed.items()},
        "links_per_s": rates,
        "list": {"built": built, **held},
        "ratios": {
            "links, to urlcanon": round(rates["tipline"] / rates["urlcanon 0.3 google"], 1),
            "memory, set to mapped": round(
                held["set"]["memory_mb"] / held["mapped"]["memory_mb"], 1
            ),
        },
        "sound": held["mapped"]["hits"] == held["set"]["hits"] > 0,
    }


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.directory, prefix="tipline-known-") as directory:
        figures = run(arguments, Path(directory))
    print(json.dumps(figures, indent=None if arguments.json else 2))
    told = figures["vectors"]
    is_whole = told["tipline"] == [told["positive"], told["must_fail"]]
    return 0 if figures["sound"] and is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
