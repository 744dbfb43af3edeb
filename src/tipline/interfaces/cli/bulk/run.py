"""One run over a file: batches in, lines out in order, a checkpoint every second."""

import time
from pathlib import Path

import msgspec
from msgspec.structs import replace
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress as Bar,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from tipline.interfaces.cli.bulk.checkpoint import Checkpoint, Progress
from tipline.interfaces.cli.bulk.hands import Hands
from tipline.interfaces.cli.bulk.outputs import OUTPUTS, JsonLinesOutput, Output
from tipline.interfaces.cli.bulk.texts import BadRow, Batch, read_batches
from tipline.interfaces.cli.command import CommandRefused
from tipline.interfaces.cli.tables import TableRefused

EVERY_SECONDS = 1.0


class Run:
    """A run from ``source`` to ``output``; ``rejects`` names the rows that could not be read."""

    def __init__(self, *, source: Path, output: Path, processes: int) -> None:
        self.rejects = output.with_name(f"{output.name}.rejects.jsonl")
        self._source, self._processes = source, processes
        self._target, self._shape = output, output.suffix
        self._checkpoint = Checkpoint(output)

    def go(self, progress: Progress, given: dict[str, object], console: Console) -> Progress:
        """Go on from ``progress`` to the end; gives where that is.

        Raises:
            CommandRefused: the file cannot be read as a table of texts.

        """
        self._output: Output = OUTPUTS[self._shape](self._target)
        self._bad = JsonLinesOutput(self.rejects)
        try:
            return self._go(progress, given, console)
        finally:
            self._output.close()
            self._bad.close()

    def _go(self, progress: Progress, given: dict[str, object], console: Console) -> Progress:
        self._output.cut_back(progress.written)
        self._bad.cut_back(progress.rejects)
        hands = Hands(processes=self._processes, now=progress.now, given=given, shape=self._shape)
        columns = (TextColumn("triage"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        with Bar(*columns, console=console) as bar:
            task = bar.add_task("", total=self._source.stat().st_size)
            batches = read_batches(
                self._source,
                column=progress.column,
                after=progress.rows,
                at_bytes=lambda done: bar.update(task, completed=done),
            )
            try:
                for batch, lines in hands.work(batches):
                    progress = self._take(progress, batch, lines)
            except TableRefused as refused:
                raise CommandRefused(str(refused)) from refused
        return self._finish(progress)

    _kept_at = 0.0

    def _take(self, progress: Progress, batch: Batch, lines: bytes) -> Progress:
        self._output.write(lines)
        self._bad.write(b"".join(map(_write_bad, batch.bad)))
        progress = replace(
            progress,
            rows=batch.first + len(batch.texts),
            refused=progress.refused + len(batch.bad),
        )
        return (
            self._keep(progress) if time.monotonic() > self._kept_at + EVERY_SECONDS else progress
        )

    def _keep(self, progress: Progress) -> Progress:
        self._kept_at = time.monotonic()
        certain = replace(progress, written=self._output.make_sure(), rejects=self._bad.make_sure())
        self._checkpoint.keep(certain)
        return certain

    def _finish(self, progress: Progress) -> Progress:
        certain = self._keep(progress)
        self._bad.finish()
        if not certain.refused:
            self.rejects.unlink()
        self._output.finish()
        self._checkpoint.drop()
        return certain


def _write_bad(bad: BadRow) -> bytes:
    return msgspec.json.encode(bad) + b"\n"
