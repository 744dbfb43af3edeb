"""The line that each downloaded file goes down: type, opening, rules, structure, ClamAV.

A scanner that dies on a file says ``failed`` on that file; the line goes on with the next.
"""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tipline.adapters.scanners.clamav import ClamAV
from tipline.adapters.scanners.hand import Hand
from tipline.adapters.scanners.look import Look, Thing
from tipline.domain.evidence.files.opening import Limits
from tipline.domain.evidence.files.verdict import FileReport, Verdict

MEMORY = 2 << 30


@dataclass(frozen=True, kw_only=True)
class Options:
    """Where rules and databases lie, and what one file may take."""

    packs: Path | None = None
    cache: Path | None = None
    clamav: Path = Path("/var/lib/clamav")
    seconds: float = 30.0
    limits: Limits = field(default_factory=Limits)


class Line:
    """All scanners, each in its own process; a context manager that ends them."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self.clamav = ClamAV(options.clamav)
        rules = {"packs": str(options.packs or ""), "cache": str(options.cache or "")}
        given = {"content": {}, "rules": rules, "windows": {}, "android": {}}
        self.hands = {
            name: Hand(name, options=told, seconds=options.seconds, memory=MEMORY)
            for name, told in given.items()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self.hands.values():
            hand.close()

    def scan(
        self, paths: Sequence[Path], *, names: Mapping[Path, str], now: dt.datetime
    ) -> Iterator[FileReport]:
        """Scan ``paths`` in their order; ``names`` are what strangers call them."""
        said = self.clamav.scan(paths, now=now)
        for path in paths:
            yield self._scan_one(path, name=names.get(path, path.name), clamav=said[path])

    def _scan_one(self, path: Path, *, name: str, clamav: Verdict) -> FileReport:
        with path.open("rb") as held:
            digest = hashlib.file_digest(held, "sha256").hexdigest()
        with tempfile.TemporaryDirectory(prefix="tipline-scan-") as folder:
            look = Look(hands=self.hands, limits=self._options.limits, folder=Path(folder))
            size = path.stat().st_size
            look.take(Thing(path=path, name=name, sha256=digest, bytes=size))
            look.go_on()
        return FileReport(
            sha256=digest,
            type=look.type,
            verdicts=(*look.list_verdicts(), clamav),
            indicators=tuple(look.indicators),
            facts={"bytes": size, **look.facts},
        )
