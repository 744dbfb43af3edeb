"""The house keeps its shape: no junk rooms, no overgrown files, nothing of third parties."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(each for each in (ROOT / "src").rglob("*.py") if "static" not in each.parts)
JUNK = {
    "utils",
    "util",
    "helpers",
    "manager",
    "managers",
    "base",
    "misc",
    "common",
    "handlers",
    "info",
}
LINES_MAX = 300


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_has_a_telling_name_and_a_readable_length(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")

    assert path.stem not in JUNK
    assert lines <= LINES_MAX or "migrations" in path.parts


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in SOURCES}

    missing = [folder for folder in folders if not (folder / "__init__.py").exists()]

    assert not missing


def test_no_labelled_data_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()

    assert listed
    assert not [name for name in listed if name.endswith((".csv.gz", ".jsonl.gz"))]
