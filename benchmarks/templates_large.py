"""Asks a segment one text at a time and tells rate and memory: a part of benchmarks/templates.py."""

import json
import sys
import time
from pathlib import Path

import numpy as np

from tipline.adapters.templates.segment import Segment
from tipline.domain.triage.templates.signature import Signatures


def read_rss() -> int:
    """Give the bytes of memory that this process holds, pages of mapped files counted in."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def main(path: Path) -> None:
    segment = Segment(path)
    for part in ("numbers", "checks", "edges", "entries"):  # all that asking reads, brought in
        np.load(path / f"{part}.npy", mmap_mode="r").max()
    asked = np.load(path / "asked.npz")
    ones = [
        Signatures(bands[None], checks[None])
        for bands, checks in zip(asked["bands"], asked["checks"], strict=True)
    ]
    for each in ones[:100]:
        segment.find_nearest(each)
    took, likeness, candidates = [], [], []
    for each in ones:
        before = time.process_time_ns()
        found = segment.find_nearest(each)
        took.append(time.process_time_ns() - before)
        likeness.append(found.likeness[0])
        candidates.append(len(segment.list_candidates(each).owners))
    batch = Signatures(asked["bands"], asked["checks"])
    before = time.process_time()
    segment.find_nearest(batch)
    figures = {
        "one_at_a_time_per_second": len(took) / (sum(took) / 1e9),
        "p99_ms": float(np.percentile(took, 99)) / 1e6,
        "in_batch_per_second": len(ones) / (time.process_time() - before),
        "found": float(np.mean(np.array(likeness) >= 0.3)),
        "candidates": float(np.mean(candidates)),
        "memory_gb": read_rss() / 1e9,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
