"""Commands about people and partners: partner, officer, rebuild."""

import argparse

from rich.console import Console

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.services import partners
from tipline.settings import Settings

console = Console(highlight=False)


def _partner(settings: Settings, arguments: argparse.Namespace) -> int:
    wiring.prepare_data(settings)
    try:
        if arguments.do == "add":
            key = partners.add_partner(vault_dir=settings.vault_dir, name=arguments.name)
            console.print(f"API key of {arguments.name}, shown this once: {key}", markup=False)
        elif arguments.do == "remove":
            partners.remove_partner(vault_dir=settings.vault_dir, name=arguments.name)
        else:
            for name in sorted(partners.list_partners(vault_dir=settings.vault_dir)):
                console.print(name, markup=False)
    except partners.PartnerRefused as refused:
        raise CommandRefused(str(refused)) from refused
    return 0


def _partner_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=("add", "remove", "list"))
    parser.add_argument("name", nargs="?", default="", help="the partner's name")


COMMANDS = (
    Command(
        name="partner",
        text="add, remove or list the partners that may file with an API key",
        run=_partner,
        add_arguments=_partner_arguments,
    ),
)
