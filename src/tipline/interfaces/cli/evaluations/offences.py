"""How well offences are named in texts whose offences are known: out of fold, by groups."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tipline import wiring
from tipline.domain.triage.offence.scores import Measured
from tipline.interfaces.cli.command import CommandRefused

console = Console(highlight=False, soft_wrap=True)


def evaluate(files: Sequence[Path], *, is_told: bool) -> int:  # noqa: ARG001 - texts are not shown
    """Print the figures of each set in the folders; their texts are nobody's to be shown.

    Raises:
        CommandRefused: a set is not there.

    """
    try:
        for folder in files:
            for measured in wiring.measure_offences(folder):
                _show(measured)
    except FileNotFoundError as missing:
        raise CommandRefused(str(missing)) from missing
    return 0


def _show(measured: Measured) -> None:
    table = Table(title=measured.name, title_justify="left")
    for column in ("kind", "texts", "groups", "precision", "recall", "F1"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    for code, texts, groups, *figures in measured.rows:
        table.add_row(code, f"{texts:,}", f"{groups:,}", *(f"{each:.3f}" for each in figures))
    console.print(table)
    without = f" without {measured.left_out}" if measured.left_out else ""
    console.print(
        f"by groups: macro-F1{without} {measured.macro:.4f}, weighted-F1 {measured.weighted:.4f}, "
        f"calibration error {measured.calibration:.4f}; by rows: macro-F1 {measured.random:.4f}",
        markup=False,
    )
