"""Downloads as an inspection keeps them: ``downloads/<sha256>.bin`` and, beside, what was told of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tipline.domain.evidence.files.verdict import FileReport

HEXADECIMAL = frozenset("0123456789abcdef")


def list_names(paths: Sequence[Path]) -> Mapping[Path, str]:
    """Read from ``downloads.jsonl`` by which names the site told of the kept files."""
    told: dict[Path, str] = {}
    for folder in {path.parent for path in paths if _is_kept(path)}:
        listed = folder.parent / "downloads.jsonl"
        for line in listed.read_bytes().splitlines() if listed.is_file() else ():
            row = msgspec.json.decode(line, type=dict[str, object])
            told[folder / f"{row.get('sha256')}.bin"] = str(row.get("name") or "")
    return {path: told[path] for path in paths if told.get(path)}


def write_report(path: Path, report: FileReport) -> None:
    """Write ``report`` beside a kept file; one that lies elsewhere gets none."""
    if _is_kept(path):
        made = path.with_suffix(".scan.json")
        made.write_bytes(msgspec.json.format(msgspec.json.encode(report, order="sorted")) + b"\n")


def _is_kept(path: Path) -> bool:
    named = len(path.stem) == 64 and set(path.stem) <= HEXADECIMAL
    return path.suffix == ".bin" and named and path.parent.name == "downloads"
