"""One look at one file and all that lies inside it, breadth first, within one account of limits."""

import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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


@dataclass(kw_only=True)
class Thing:
    """The file itself or a member of it; ``inside`` names the members that it lies in."""

    path: Path
    name: str
    sha256: str
    type: str = ""
    inside: tuple[str, ...] = ()
    bytes: int = 0
    matches: list[str] = field(default_factory=list)


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
            if thing.inside:
                thing.path.unlink(missing_ok=True)

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
            thing.type = thing.type or self._name_type(fd)
            if not thing.inside:
                self.type = thing.type
            elif is_program(thing.name, type_=thing.type):
                self._programs += 1
            self.indicators += list_name_signs(thing.name, type_=thing.type)
            self._match_rules(thing, fd)
            self._read_structure(thing, fd)
            self._open(thing, fd)

    def _name_type(self, fd: int) -> str:
        try:
            return str(self._hands["content"].call(fd, do="type")["type"])
        except ScannerFailed as failed:
            self._say("type", "failed", str(failed))
            return UNKNOWN

    def _say(self, scanner: str, word: Word, detail: str) -> None:
        self._said.setdefault(scanner, []).append((word, detail))

    def _match_rules(self, thing: Thing, fd: int) -> None:
        try:
            answer = self._hands["rules"].call(fd)
        except ScannerFailed as failed:
            self._say("rules", "failed", str(failed))
            return
        size = f"{answer['rules']:,} rules"
        refused = f", {answer['refused']} rule files refused" if answer["refused"] else ""
        if not answer["matches"]:
            self._say("rules", "clean", size + refused)
        for match in answer["matches"]:
            where = f" in {shorten(thing.name)}" if thing.inside else ""
            self._say("rules", match["word"], f"{match['name']} ({match['why']}){where}")
            thing.matches.append(match["name"])

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
            for member in self._pour(thing, fd):
                self._keep(member)
        except LimitReached as reached:
            self._notes.add(reached.key)
        except ScannerFailed as failed:
            self._say("archive", "failed", str(failed))

    def _pour(self, thing: Thing, fd: int) -> Iterator[Thing]:
        account, path, name = self._account, self._folder, ""
        request = {"type": thing.type, "bytes": account.bytes_out, "members": account.members}
        limits = msgspec.structs.replace(
            self._limits,
            seconds_max=max(self._limits.seconds_max - (time.monotonic() - self._began), 0.1),
        )
        frames = self._hands["content"].ask(
            fd, do="open", limits=msgspec.to_builtins(limits), **request
        )
        for frame in frames:
            if frame.kind == "part":
                self._made, name = self._made + 1, str(frame.body["name"])
                path = self._folder / str(self._made)
                path.touch()
            elif frame.kind == "bytes":
                with path.open("ab") as out:
                    out.write(frame.data)
            elif frame.kind == "end":
                inside = (*thing.inside, thing.name)
                yield Thing(path=path, name=name, inside=inside, **frame.body)
            else:
                self._notes |= set(frame.body["notes"])
                account.bytes_out = int(frame.body["bytes"])
                account.members = int(frame.body["members"])

    def _keep(self, member: Thing) -> None:
        if leads_out(member.name):
            self._notes.add("archive.traversal")
        if len(self.facts["members"]) < MEMBERS_TOLD:
            told = [*member.inside[1:], member.name]
            self.facts["members"].append(
                {
                    "path": [shorten(each) for each in told],
                    "sha256": member.sha256,
                    "bytes": member.bytes,
                    "type": member.type,
                }
            )
        self.take(member)
