"""The command that publishes the static public site."""

import argparse
from pathlib import Path

from rich.console import Console

from tipline import settings, wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings
from tipline.vault import load_vkey

console = Console(highlight=False, soft_wrap=True)


def _publish(chosen: Settings, arguments: argparse.Namespace) -> int:
    wiring.prepare_data(chosen)
    settings.set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    from tipline.interfaces.published.folder import NotOurs  # noqa: PLC0415 - as above
    from tipline.interfaces.published.log import LedgerMissing  # noqa: PLC0415 - as above
    from tipline.interfaces.published.site import publish_site  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    vkey = load_vkey(chosen.vault_dir)
    try:
        with wiring.open_vault(chosen) as vault:
            count, is_new = publish_site(
                settings=chosen, vault=vault, vkey=vkey, output=arguments.output
            )
    except (NotOurs, LedgerMissing, OSError) as refused:
        raise CommandRefused(str(refused)) from refused
    told = "published" if is_new else "nothing changed"
    console.print(f"{told}: {count:,} files in {arguments.output}", markup=False)
    return 0


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="SITE",
        help="folder of the site: new, empty, or published before; it is replaced as a whole",
    )


COMMANDS = (
    Command(
        name="publish",
        text="write the static public site: listed orders, open data, the ledger and its checker",
        run=_publish,
        add_arguments=_publish_arguments,
    ),
)
