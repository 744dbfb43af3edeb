"""Signals of links: which share of lawful and of harmful links has which, and links a second.

    python -m benchmarks.links FILE.csv.gz ... [--most 20000] [--json]

Each file has the columns url and source, and label where it is labelled. Shares are told for each
source and label apart. Beside ours stands the plain rule that a host which holds a brand's token
and is not the brand's own domain poses as it: the share of links that either accuses of posing.
Nothing here decides anything, in the product neither: points are few, and their sum is capped.
"""

import argparse
import csv
import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tipline.domain.triage.canonical import HostMissing, canonicalise
from tipline.domain.triage.canonical.suffixes import read_naming
from tipline.domain.triage.links import list_signals, sum_points
from tipline.domain.triage.links.brands import list_brands, list_own_domains

TOKENS = tuple(token for brand in list_brands() for token in brand.tokens)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="signals of lawful and harmful links")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=20_000, help="links of one source")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def read_files(files: Iterable[Path]) -> Mapping[str, list[str]]:
    """Links of each source and label."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in files:
        open_text = gzip.open if path.suffix == ".gz" else open
        with open_text(path, "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                found[f"{row['source']} {row.get('label') or ''}".strip()].append(row["url"])
    return found


def accuses_plainly(url: str) -> bool:
    """The rule beside ours: a token anywhere in a host that is not a brand's own."""
    try:
        host = canonicalise(url).host
    except HostMissing:
        return False
    return read_naming(host).registered not in list_own_domains() and any(
        token in host for token in TOKENS
    )


def measure(links: Sequence[str]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    points, begun = 0, time.process_time()
    for link in links:
        signals = list_signals("url", link)
        counts.update(signal.key for signal in signals)
        counts["posing"] += any(signal.key.startswith("link.brand.") for signal in signals)
        points += sum_points(signals)
    took = time.process_time() - begun
    plain = sum(map(accuses_plainly, links))
    share = {key: round(count / len(links), 4) for key, count in counts.most_common()}
    return {
        "links": len(links),
        "links_per_s": round(len(links) / took),
        "mean_points": round(points / len(links), 3),
        "posing": share.pop("posing", 0.0),
        "posing_plain_rule": round(plain / len(links), 4),
        "signals": share,
    }


def main() -> int:
    arguments = read_arguments()
    figures = {}
    for name, links in sorted(read_files(arguments.files).items()):
        chosen = random.Random(1).sample(links, min(arguments.most, len(links)))
        figures[name] = measure(chosen)
    print(json.dumps(figures, indent=None if arguments.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
