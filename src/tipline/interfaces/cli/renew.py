"""The command that makes the desk anew from the vault."""

import argparse
import datetime as dt

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings, set_up_django

console = Console(stderr=True, highlight=False)


def _rebuild(settings: Settings, _arguments: argparse.Namespace) -> int:
    wiring.prepare_data(settings)
    set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    from tipline.services import ledger, rebuild  # noqa: PLC0415 - after Django is set up

    call_command("migrate", interactive=False, verbosity=0)
    columns = (TextColumn("rebuilding"), BarColumn(), TaskProgressColumn())
    with wiring.open_vault(settings) as vault, Progress(*columns, console=console) as bar:
        while ledger.has_events():
            ledger.send_events(vault=vault)
        task = bar.add_task("", total=vault.size())
        try:
            rebuilt = rebuild.rebuild_desk(
                vault=vault,
                desk_key=wiring.load_desk_key(settings),
                now=dt.datetime.now(dt.UTC),
                tell=lambda done, of: bar.update(task, completed=done, total=of),
            )
        except rebuild.EventsWaiting:
            raise CommandRefused("staff are at work: stop Tipline, then rebuild") from None
    console.print(
        f"{rebuilt.reports:,} reports and {rebuilt.events:,} events are back", markup=False
    )
    return 0


COMMANDS = (
    Command(
        name="rebuild",
        text="make the desk's store anew from the vault; officers without a password must be given one",
        run=_rebuild,
    ),
)
