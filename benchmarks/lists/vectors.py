"""The published vectors that the tests hold, read from their file: ``tests`` is no package."""

from pathlib import Path
from runpy import run_path

_FILE = Path(__file__).parents[2] / "tests" / "domain" / "triage" / "canonical" / "vectors.py"
_TABLES = run_path(str(_FILE))
GO_URLS: list[tuple[str, str]] = _TABLES["GO_URLS"]
GO_REFUSED: list[str] = _TABLES["GO_REFUSED"]
