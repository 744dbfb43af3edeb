"""Does a new report find what was told before, and how fast; datasketch beside it in one run.

    python -m benchmarks.templates [--texts 1000000] [--queries 1000] [--labelled DIR]
                                   [--peer-texts 20000] [--stored 10000000] [--directory DIR] [--json]

1. Messages are generated with known truth (`benchmarks/texts`), read by the product's own scan, signed,
   grouped and stored in a segment as the desk stores them. Then versions of random originals, every
   original as likely as another, are looked up: with new identifiers only, with 5 % and with 15 % of the
   letters edited; and messages of originals that were never stored. *Found* is the share whose nearest
   stored wording has the same original and is like enough to join its group, *wrong* the share that
   joins another; *candidates* the mean number of wordings compared with one text.
   datasketch does the same on the first `--peer-texts` messages (num_perm=64, 20 bands of 3) and so do we,
   on the same: recall beside recall.
2. Signatures a second from the same skeletons: ours, and datasketch's `MinHash.update_batch`, once with
   its pieces made by the way and once with pieces that were made before.
3. Wordings put together from the same pieces, all different: one report at a time against all of
   `--stored` in one segment, and the memory that this process then holds, mapped files counted in.

Processor time, one thread.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH

from benchmarks.texts.messages import Messages
from benchmarks.texts.pieces import load_pieces
from benchmarks.texts.skeletons import draw_skeletons, edit_skeletons, fold_pieces
from tipline.adapters.templates.segment import Segment, write_segment
from tipline.domain.triage.scan import scan
from tipline.domain.triage.templates import JOINS, KEEPS, Wordings
from tipline.domain.triage.templates.bulk import group_texts
from tipline.domain.triage.templates.signature import Signatures, join_signatures, sign
from tipline.domain.triage.templates.skeleton import Skeletons, make_skeletons
from tipline.domain.triage.templates.wording import measure

BATCH = 5_000
ORIGINALS = 0.273  # originals for each message stored
QUERIES = {"identifiers only": 0.0, "5 % edited": 0.05, "15 % edited": 0.15}
PEER = {"num_perm": 64, "params": (20, 3)}
PROFILE_MIB = 1 / 1024


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="near-duplicates of reports")
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--labelled", type=Path, default=Path("../shared/data"))
    parser.add_argument("--peer-texts", type=int, default=20_000)
    parser.add_argument("--stored", type=int, default=10_000_000, help="0: leave this part out")
    parser.add_argument("--directory", default="/var/tmp", help="where segments may lie")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def fold(texts: Sequence[str]) -> Skeletons:
    return make_skeletons(texts, [scan(text) for text in texts])


def cut(rows: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def join_wordings(parts: Sequence[Wordings]) -> Wordings:
    return Wordings(
        np.concatenate([each.keys for each in parts]),
        np.concatenate([each.letters for each in parts]),
        join_signatures([each.signatures for each in parts]),
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def store(directory: Path, wordings: Wordings) -> tuple[Segment, np.ndarray[Any, Any]]:
    """Store the wordings that later ones are compared with; gives the rows that each stands for."""
    _, firsts = np.unique(wordings.keys, return_index=True)
    firsts.sort()
    different = wordings.pick(firsts)
    grouped = group_texts(different.signatures, different.compares)
    is_founder = grouped.founders == np.arange(len(firsts))
    kept = np.flatnonzero(different.compares & (is_founder | (grouped.likeness < KEEPS)))
    write_segment(directory / "segment", firsts[kept], different.signatures.pick(kept))
    print(
        f"{len(wordings):,} messages, {len(firsts):,} wordings in {is_founder.sum():,} groups, "
        f"{len(kept):,} kept to compare",
        flush=True,
    )
    return Segment(directory / "segment"), firsts


def make_queries(messages: Messages, count: int, texts: int) -> dict[str, list[tuple[int, str]]]:
    draw = messages.draw
    queries = {
        name: [
            (number, messages.make_version(number, edits))
            for number in draw.choices(range(min(texts, len(messages.originals))), k=count)
        ]
        for name, edits in QUERIES.items()
    }
    return {**queries, "never stored": [(-1, messages.make_fresh()) for _ in range(count)]}


def measure_recall(
    segment: Segment, truth: Sequence[int], queries: dict[str, list[tuple[int, str]]]
) -> dict[str, Any]:
    figures = {}
    for name, asked in queries.items():
        signatures = sign(fold([text for _, text in asked]))
        nearest = segment.find_nearest(signatures)
        joins = nearest.likeness >= JOINS
        same = np.array(truth)[nearest.numbers] == np.array([number for number, _ in asked])
        candidates = np.bincount(segment.list_candidates(signatures).owners, minlength=len(asked))
        figures[name] = {
            "found": float((joins & same).mean()),
            "wrong": float((joins & ~same).mean()),
            "candidates": float(candidates.mean()),
            "candidates_p99": float(np.percentile(candidates, 99)),
        }
    return figures


def make_pieces(skeleton: str) -> list[bytes]:
    return [skeleton[place : place + 3].encode() for place in range(max(1, len(skeleton) - 2))]


def split(skeletons: Skeletons) -> list[str]:
    told = skeletons.codes.astype("<u4").tobytes()
    return [
        told[begin * 4 : end * 4].decode("utf-32-le", "surrogatepass")
        for begin, end in zip(skeletons.bounds[:-1], skeletons.bounds[1:], strict=True)
    ]


def sign_peer(pieces: Sequence[Sequence[bytes]]) -> list[MinHash]:
    signed = []
    for each in pieces:
        made = MinHash(num_perm=PEER["num_perm"])
        made.update_batch(each)
        signed.append(made)
    return signed


def measure_signing(skeletons: Sequence[Skeletons], peer: Skeletons) -> dict[str, Any]:
    count = sum(map(len, skeletons))
    best = min(timed(lambda: [sign(each) for each in skeletons])[0] for _ in range(3))
    texts = split(peer)
    whole, _ = timed(lambda: sign_peer([make_pieces(each) for each in texts]))
    ready = [make_pieces(each) for each in texts]
    bare, _ = timed(lambda: sign_peer(ready))
    ours = count / best
    return {
        "ours_per_second": ours,
        "datasketch_per_second": len(peer) / whole,
        "datasketch_pieces_made_before_per_second": len(peer) / bare,
        "ratio": ours * whole / len(peer),
        "ratio_pieces_made_before": ours * bare / len(peer),
    }


def measure_peer(
    stored: Sequence[tuple[int, str]], queries: dict[str, list[tuple[int, str]]]
) -> dict[str, Any]:
    """datasketch's own index: found where the most like of its candidates has the same original."""
    index = MinHashLSH(num_perm=PEER["num_perm"], params=PEER["params"])
    signed = sign_peer([make_pieces(each) for each in split(fold([t for _, t in stored]))])
    with index.insertion_session() as session:
        for row, each in enumerate(signed):
            session.insert(row, each, check_duplication=False)
    return {name: ask_peer(index, signed, stored, asked) for name, asked in queries.items()}


def ask_peer(
    index: MinHashLSH,
    signed: Sequence[MinHash],
    stored: Sequence[tuple[int, str]],
    asked: Sequence[tuple[int, str]],
) -> dict[str, float]:
    found = wrong = candidates = 0
    skeletons = split(fold([text for _, text in asked]))
    for (number, _), each in zip(asked, sign_peer(list(map(make_pieces, skeletons))), strict=True):
        rows = index.query(each)
        candidates += len(rows)
        likeness, row = max(((each.jaccard(signed[row]), -row) for row in rows), default=(-1.0, 0))
        if likeness >= JOINS:
            is_same = stored[-row][0] == number
            found, wrong = found + is_same, wrong + (not is_same)
    count = len(asked)
    return {"found": found / count, "wrong": wrong / count, "candidates": candidates / count}


def measure_large(pieces: Skeletons, count: int, queries: int, directory: Path) -> dict[str, Any]:
    draw = np.random.default_rng(7)
    bands = np.lib.format.open_memmap(directory / "b.npy", "w+", np.uint32, (count, 32))
    checks = np.lib.format.open_memmap(directory / "c.npy", "w+", np.uint8, (count, 56))
    sample: list[Skeletons] = []
    for begin in range(0, count, 50_000):
        skeletons = draw_skeletons(pieces, min(50_000, count - begin), draw)
        made = sign(skeletons)
        bands[begin : begin + len(made)], checks[begin : begin + len(made)] = (
            made.bands,
            made.checks,
        )
        if len(sample) * 50 < queries:
            sample.append(Skeletons(skeletons.codes[: skeletons.bounds[50]], skeletons.bounds[:51]))
    path = directory / "large"
    build, _ = timed(lambda: write_segment(path, np.arange(count), Signatures(bands, checks)))
    del bands, checks
    return {"stored": count, "build_cpu_seconds": build, **ask_apart(path, sample, draw)}


def ask_apart(path: Path, sample: Sequence[Skeletons], draw: np.random.Generator) -> dict[str, Any]:
    """Ask from a fresh process, so that its memory is that of asking."""
    edited = [sign(edit_skeletons(each, 0.05, draw)) for each in sample]
    joined = join_signatures(edited)
    np.savez(path / "asked.npz", bands=joined.bands, checks=joined.checks)
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.templates_large", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def run(arguments: argparse.Namespace, directory: Path) -> dict[str, Any]:
    directories = arguments.labelled if arguments.labelled.is_dir() else None
    pieces = {each: load_pieces(directories, each, seed=1) for each in ("zh", "en")}
    messages = Messages(pieces, originals=int(arguments.texts * ORIGINALS), seed=2)
    stored = list(messages.list_stored(arguments.texts))
    queries = make_queries(messages, arguments.queries, arguments.texts)
    mean = sum(len(text) for _, text in stored) / len(stored)
    origin = "pieces of the labelled messages" if directories else "made-up pieces"
    print(f"{len(stored):,} messages of {mean:.0f} letters from {origin}", flush=True)
    folded = [fold([text for _, text in part]) for part in cut(stored)]
    segment, _ = store(directory, join_wordings([measure(each) for each in folded]))
    truth = [number for number, _ in stored]
    figures: dict[str, Any] = {"recall": measure_recall(segment, truth, queries)}
    count = arguments.peer_texts
    few = make_queries(messages, min(arguments.queries, 500), count)
    small = directory / "small"
    small.mkdir()
    some, _ = store(small, join_wordings([measure(fold([t for _, t in stored[:count]]))]))
    figures["recall_small"] = {
        "ours": measure_recall(some, truth, few),
        "datasketch": measure_peer(stored[:count], few),
    }
    figures["signing"] = measure_signing(folded[:20], folded[0])
    if arguments.stored:
        every = fold_pieces([each for found in pieces.values() for each in found])
        figures["large"] = measure_large(every, arguments.stored, 1_000, directory)
    return figures


def main() -> int:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(dir=arguments.directory, prefix="tipline-templates-") as made:
        figures = run(arguments, Path(made))
    print(json.dumps(figures, indent=None if arguments.json else 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
