"""One look at one file and all that lies inside it, breadth first, within one account of limits."""

import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

from tipline.adapters.scanners.content import OPENERS, UNOPENED
from tipline.adapters.scanners.hand import Hand, ScannerFailed
from tipline.adapters.scanners.kinds import APK, PROGRAM
from tipline.domain.evidence.files.android import AppFacts, list_app_signs
from tipline.domain.evidence.files.indicators import judge_signs
from tipline.domain.evidence.files.names import is_program, leads_out, list_name_signs, shorten
from tipline.domain.evidence.files.opening import Account, LimitReached, Limits
from tipline.domain.evidence.files.verdict import Indicator, Verdict, Word, add_up
from tipline.domain.evidence.files.windows import ProgramFacts, list_program_signs

UNKNOWN = "application/octet-stream"
STOPS = frozenset({"archive.bytes", "archive.members", "archive.time", "archive.depth"})
BOMBS = frozenset({"archive.ratio", "archive.overlap"})
GAPS = STOPS | {"archive.encrypted", "archive.unknown", "archive.broken"}
MEMBERS_TOLD = 200
STRUCTURED = frozenset({APK, PROGRAM}) | OPENERS.keys() | UNOPENED
BATCH_BYTES, BATCH_MEMBERS = 8 << 20, 500


@dataclass(kw_only=True)
class Thing:
    """The file itself or a member of it; ``inside`` names the members that it lies in."""

    path: Path
    name: str
    sha256: str
    type: str = ""
    inside: tuple[str, ...] = ()
    bytes: int = 0


class Look:
    """A look in progress; ``go_on`` until all is seen or a limit is reached."""

    def __init__(self, *, hands: Mapping[str, Hand], limits: Limits, folder: Path) -> None:
        self._hands, self._limits, self._folder = hands, limits, folder
        self._account, self._queue = Account(limits=limits), deque[Thing]()
        self._began, self._notes = time.monotonic(), set[str]()
        self._programs = self._made = 0
        self._said: dict[str, list[tuple[Word, str]]] = {}
        self.type, self.indicators = UNKNOWN, list[Indicator]()
        self.facts: dict[str, Any] = {}

    def take(self, thing: Thing) -> None:
        """Put a thing into the queue."""
        self._queue.append(thing)

    def go_on(self) -> None:
        """Look at everything in the queue and at what comes out of it."""
        while self._queue:
            thing = self._queue.popleft()
            try:
                self._account.check_time(time.monotonic() - self._began)
            except LimitReached as reached:
                self._notes.add(reached.key)
                return
            self._look_at(thing)

    def list_verdicts(self) -> Iterator[Verdict]:
        """List what each scanner says of the file with all that is inside."""
        opened = self._judge_opening()
        self.indicators += [Indicator(key) for key in sorted(self._notes)]
        if self._programs:
            self.indicators.append(Indicator("archive.program", {"count": self._programs}))
        if opened:
            yield opened
        for scanner, said in self._said.items():
            word = add_up(each for each, _ in said)
            details = dict.fromkeys(detail for each, detail in said if each == word)
            yield Verdict(scanner, word, "; ".join(list(details)[:5]))
        if self.indicators or {"windows", "android"} & self.facts.keys() or opened:
            yield judge_signs(self.indicators)

    def _judge_opening(self) -> Verdict | None:
        failed = self._said.pop("archive", None)
        if failed:
            return Verdict("archive", "failed", failed[0][1])
        if not ("members" in self.facts or self._notes):
            return None
        count = f"{self._account.members:,} files inside"
        if self._notes & BOMBS:
            return Verdict("archive", "suspicious", "an archive bomb; not opened further")
        if self._notes & GAPS:
            gaps = ", ".join(sorted(each.partition(".")[2] for each in self._notes & GAPS))
            return Verdict("archive", "not_scanned", f"{count}, not all looked at: {gaps}")
        return Verdict("archive", "clean", f"{count}, all looked at")

    def _look_at(self, thing: Thing) -> None:
        with thing.path.open("rb") as held:
            fd = held.fileno()
            if not thing.inside:
                self.type = thing.type = self._name_type(fd)
                self.indicators += list_name_signs(thing.name, type_=thing.type)
            self._match_rules([thing], fd, spans=[(0, thing.bytes)])
            self._read_structure(thing, fd)
            self._open(thing, fd)
        if thing.inside:
            thing.path.unlink()

    def _name_type(self, fd: int) -> str:
        try:
            return str(self._hands["content"].call(fd, do="type")["type"])
        except ScannerFailed as failed:
            self._say("type", "failed", str(failed))
            return UNKNOWN

    def _say(self, scanner: str, word: Word, detail: str) -> None:
        self._said.setdefault(scanner, []).append((word, detail))

    def _match_rules(self, things: list[Thing], fd: int, *, spans: list[tuple[int, int]]) -> None:
        try:
            answer = self._hands["rules"].call(fd, spans=spans)
        except ScannerFailed as failed:
            self._say("rules", "failed", str(failed))
            return
        size = f"{answer['rules']:,} rules"
        refused = f", {answer['refused']} rule files refused" if answer["refused"] else ""
        if not answer["matches"]:
            self._say("rules", "clean", size + refused)
        for match in answer["matches"]:
            thing = things[match["of"]]
            where = f" in {shorten(thing.name)}" if thing.inside else ""
            self._say("rules", match["word"], f"{match['name']} ({match['why']}){where}")

    def _read_structure(self, thing: Thing, fd: int) -> None:
        if thing.type not in {APK, PROGRAM}:
            return
        scanner = "android" if thing.type == APK else "windows"
        try:
            answer = self._hands[scanner].call(fd)
        except ScannerFailed as failed:
            self._say(scanner, "failed", str(failed))
            self.indicators.append(Indicator(f"{scanner}.malformed"))
            return
        if scanner == "android":
            self.indicators += list_app_signs(msgspec.convert(answer, AppFacts))
        else:
            self.indicators += list_program_signs(msgspec.convert(answer, ProgramFacts))
        self.facts.setdefault(scanner, dict(answer))

    def _open(self, thing: Thing, fd: int) -> None:
        if thing.type in UNOPENED:
            self._notes.add("archive.unknown")
        if thing.type not in OPENERS:
            return
        self.facts.setdefault("members", [])
        try:
            self._account.check_depth(len(thing.inside))
            with tempfile.TemporaryFile(dir=self._folder) as held:
                batch = Batch(held=held, match=self._match_rules)
                for member, data in self._pour(thing, fd):
                    self._tell(member)
                    self._sort(member, data, batch=batch)
                batch.match_all()
        except LimitReached as reached:
            self._notes.add(reached.key)
        except ScannerFailed as failed:
            self._say("archive", "failed", str(failed))

    def _pour(self, thing: Thing, fd: int) -> Iterator[tuple[Thing, bytes | None]]:
        # A member and its content, or None where that is large and lies at its path already.
        account, inside = self._account, (*thing.inside, thing.name)
        request = {"type": thing.type, "bytes": account.bytes_out, "members": account.members}
        left = max(self._limits.seconds_max - (time.monotonic() - self._began), 0.1)
        limits = msgspec.to_builtins(msgspec.structs.replace(self._limits, seconds_max=left))
        path, is_large = self._name_path(), False
        for frame in self._hands["content"].ask(fd, do="open", limits=limits, **request):
            if frame.kind == "bytes":
                _append(path, frame.data)
                is_large = True
            elif frame.kind == "member":
                member = Thing(path=path, inside=inside, **frame.body)
                if is_large:
                    _append(path, frame.data)
                yield member, None if is_large else frame.data
                path, is_large = self._name_path(), False
            else:
                self._notes |= set(frame.body["notes"])
                account.bytes_out = int(frame.body["bytes"])
                account.members = int(frame.body["members"])

    def _name_path(self) -> Path:
        self._made += 1
        return self._folder / str(self._made)

    def _tell(self, member: Thing) -> None:
        self._programs += is_program(member.name, type_=member.type)
        self.indicators += list_name_signs(member.name, type_=member.type)
        if leads_out(member.name):
            self._notes.add("archive.traversal")
        if len(self.facts["members"]) < MEMBERS_TOLD:
            path = [shorten(each) for each in (*member.inside[1:], member.name)]
            told = {"path": path, "sha256": member.sha256}
            self.facts["members"].append(told | {"bytes": member.bytes, "type": member.type})

    def _sort(self, member: Thing, data: bytes | None, *, batch: "Batch") -> None:
        # Small ones that need rules alone wait for each other; the rest is looked at one by one.
        if data is not None and member.type not in STRUCTURED:
            batch.add(member, data)
            return
        if data is not None:
            _append(member.path, data)
        self.take(member)


class Batch:
    """Small members one after the other in one file, matched by one request."""

    def __init__(self, *, held: IO[bytes], match: Callable[..., None]) -> None:
        self._held, self._match = held, match
        self._things: list[Thing] = []
        self._spans: list[tuple[int, int]] = []

    def add(self, thing: Thing, data: bytes) -> None:
        """Put a member in; a full batch is matched."""
        self._spans.append((self._held.tell(), self._held.write(data)))
        self._things.append(thing)
        if self._held.tell() > BATCH_BYTES or len(self._things) >= BATCH_MEMBERS:
            self.match_all()

    def match_all(self) -> None:
        """Match what is in, and begin anew."""
        if self._things:
            self._held.flush()
            self._match(self._things, self._held.fileno(), spans=self._spans)
        self._held.seek(0)
        self._held.truncate()
        self._things, self._spans = [], []


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as out:
        out.write(data)
