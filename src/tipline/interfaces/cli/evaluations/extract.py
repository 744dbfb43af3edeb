"""How well identifiers and amounts are found in texts whose identifiers are known."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tipline.domain.triage.accuracy import lines, slots
from tipline.domain.triage.accuracy.claims import read_text
from tipline.domain.triage.accuracy.tally import Tally
from tipline.interfaces.cli.command import CommandRefused
from tipline.interfaces.cli.tables import TableRefused, read_table

console = Console(highlight=False, soft_wrap=True)


def evaluate(files: Sequence[Path], *, is_told: bool) -> int:
    """Print precision, recall and F1 for each file.

    Raises:
        CommandRefused: a file is missing or holds no texts with known identifiers.

    """
    for path in files:
        rows = _read_rows(path)
        if "expect" in rows[0]:
            _evaluate_lines(path, rows, is_told=is_told)
        else:
            _evaluate_slots(path, rows, is_told=is_told)
    return 0


def _read_rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = [row.values for row in read_table(path)]
    except TableRefused as refused:
        raise CommandRefused(str(refused)) from refused
    if not rows or not {"expect", "spans"} & set(rows[0]):
        raise CommandRefused(f"{path}: holds no texts with 'expect' or 'spans'")
    return rows


def _evaluate_lines(path: Path, rows: list[dict[str, Any]], *, is_told: bool) -> None:
    tallies: dict[str, Tally] = {}
    for row in rows:
        line = lines.read_line(row)
        verdict = lines.judge(line, read_text(line.text))
        lines.add_verdict(tallies.setdefault(line.part, Tally()), verdict)
        if is_told and not verdict.is_right:
            console.print(line.text, markup=False)
            console.print(f"    missed {verdict.missed} spurious {verdict.spurious}", markup=False)
    for part, tally in tallies.items():
        _show(f"{path.name} {part}".strip(), tally)


def _evaluate_slots(path: Path, rows: list[dict[str, Any]], *, is_told: bool) -> None:
    tally, taken, others = Tally(), 0, 0
    for row in rows:
        message = slots.read_message(row)
        spans = frozenset(slots.list_spans(read_text(message.text)))
        slots.add_message(tally, message, spans)
        taken += slots.count_taken(message, spans)
        others += len(message.others)
        if is_told and spans != message.spans:
            console.print(message.text, markup=False)
            console.print(
                f"    missed {message.spans - spans} spurious {spans - message.spans}", markup=False
            )
    _show(path.name, tally)
    console.print(f"of {others:,} other numbers {taken:,} were taken for identifiers", markup=False)


def _show(title: str, tally: Tally) -> None:
    table = Table(title=title, title_justify="left")
    for column in ("kind", "there", "precision", "recall", "F1"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    for row in (*tally.list_rows(), tally.sum_up()):
        figures = (f"{each:.3f}" for each in (row.precision, row.recall, row.f1))
        table.add_row(row.name, f"{row.hit + row.missed:,}", *figures)
    console.print(table)
