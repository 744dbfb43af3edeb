"""The whole of an inspection: look, read, scan, seal."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from tipline.domain.evidence.content.findings import Findings
from tipline.domain.evidence.custody import Act
from tipline.domain.evidence.files.verdict import FileReport
from tipline.domain.evidence.inspected import Flagged, Inspected, Scanned, name_site
from tipline.domain.evidence.looking import Looking
from tipline.domain.evidence.pages import CaptureSummary, Tell
from tipline.settings import Settings
from tipline.wiring.evidence import seal_evidence
from tipline.wiring.inspecting import capture_site, read_findings

Scan = Callable[[list[Path]], Iterator[FileReport]]


class NotInspected(Exception):
    """Nothing was looked at; says why."""


class Assignment(Struct, frozen=True, kw_only=True):
    """What is looked at, how, by whom, and into which directory the package goes."""

    url: str
    looking: Looking
    by: str
    output: Path

    @property
    def folder(self) -> Path:
        """The working folder: the same for the same look, so that an interrupted one goes on."""
        told = msgspec.json.encode([self.url, self.looking], order="deterministic")
        digest = hashlib.sha256(told).hexdigest()[:8]
        return self.output / f"{name_site(self.url)}-{digest}.work"


class Outcome(Struct, frozen=True, kw_only=True):
    """An inspection that was sealed, and what limits it: ``notes`` are for people."""

    inspected: Inspected
    notes: tuple[str, ...]


def inspect_site(
    settings: Settings,
    assignment: Assignment,
    *,
    scan: Scan,
    clock: Callable[[], datetime],
    tell: Tell,
) -> Outcome:
    """Look at a site and seal what was seen into one package; its working folder goes.

    A folder that an interruption left is gone on with.

    Raises:
        UrlRefused: the address is none that is looked at.
        NotInspected: the gate let nothing through to the first page, or what was kept cannot be read.
        NotSealed: no package could be made; the working folder stays.

    """
    folder, began = assignment.folder, clock()
    summary = capture_site(
        settings,
        url=assignment.url,
        out=folder,
        looking=assignment.looking,
        clock=clock,
        tell=tell,
    )
    if summary.result.startswith("refused:"):
        shutil.rmtree(folder)
        raise NotInspected(summary.result.removeprefix("refused:"))
    looked = clock()
    found = _read(settings, folder)
    read = clock()
    scanned = tuple(_list_scanned(scan, folder))
    ended = clock()
    out = assignment.output / f"{name_site(assignment.url)}-{began:%Y%m%dT%H%M%SZ}.zip"
    acts = (
        *_list_looks(assignment, summary, began=began, looked=looked),
        Act(at=read, by=assignment.by, action="read", note=f"{len(found.items)} items"),
        Act(at=ended, by=assignment.by, action="scanned", note=f"{len(scanned)} downloads"),
    )
    sha256, why = seal_evidence(settings, folder, out=out, by=assignment.by, acts=acts, now=clock())
    shutil.rmtree(folder)
    inspected = Inspected(
        package=str(out),
        sha256=sha256,
        result=summary.result,
        pages=len(summary.pages),
        items=tuple(_list_flagged(found)),
        downloads=scanned,
        signals=tuple(sorted({*summary.signals, *(each.key for each in found.signals)})),
        refused=summary.refused,
    )
    return Outcome(inspected=inspected, notes=tuple(_list_notes(settings, summary, why=why)))


def _read(settings: Settings, folder: Path) -> Findings:
    try:
        return read_findings(settings, folder)
    except ValueError as wrong:
        raise NotInspected(str(wrong)) from wrong


def _list_flagged(found: Findings) -> Iterator[Flagged]:
    for item in found.flagged:
        yield Flagged(
            id=item.id,
            offences=tuple(each.code for each in item.offences),
            confidence=item.confidence,
            url=item.place.url,
            box=item.place.box,
        )


def _list_scanned(scan: Scan, folder: Path) -> Iterator[Scanned]:
    kept = sorted((folder / "downloads").glob("*.bin"))
    for report in scan(kept) if kept else ():
        yield Scanned(sha256=report.sha256, type=report.type, verdicts=report.verdicts)


def _list_looks(
    assignment: Assignment, summary: CaptureSummary, *, began: datetime, looked: datetime
) -> Iterator[Act]:
    looking, by = assignment.looking, assignment.by
    yield Act(at=began, by=by, action="began", note=f"{assignment.url} as {looking.profile}")
    if looking.ignore_robots:
        yield Act(at=began, by=by, action="ignored robots.txt", note=looking.ignore_robots)
    yield Act(
        at=looked, by=by, action="looked", note=f"{len(summary.pages)} pages: {summary.result}"
    )


def _list_notes(settings: Settings, summary: CaptureSummary, *, why: str) -> Iterator[str]:
    if not summary.rendered:
        yield "not rendered: no browser showed the pages, so there are no pictures of them"
    if why:
        yield f"no time stamp: {why}"
    elif not settings.tsa_url:
        yield "no time stamp: no authority is set (tsa_url)"
