"""The command that makes every record findable anew."""

import argparse

from rich.console import Console
from rich.progress import Progress

from tipline import settings, wiring
from tipline.interfaces.cli.command import Command
from tipline.settings import Settings

console = Console(stderr=True, highlight=False)


def _reindex(chosen: Settings, _arguments: argparse.Namespace) -> int:
    settings.set_up_django("desk")
    from tipline.services import search  # noqa: PLC0415 - its models need Django set up

    wiring.prepare_data(chosen)
    with Progress(console=console) as bar:
        task = bar.add_task("records")
        count = search.index_all(tell=lambda done, of: bar.update(task, completed=done, total=of))
    console.print(f"{count:,} records can be found")
    return 0


COMMANDS = (Command(name="reindex", text="make every record findable anew", run=_reindex),)
