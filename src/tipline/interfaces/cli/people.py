"""Commands about people and partners: partner, officer, rebuild."""

import argparse
import datetime as dt
import secrets

from rich.console import Console

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.services import partners
from tipline.settings import Settings, set_up_django

ROLES = ("intake_officer", "analyst", "regional_lead", "legal_officer", "auditor", "administrator")
PASSWORD_BYTES = 12
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


def _officer(settings: Settings, arguments: argparse.Namespace) -> int:
    set_up_django("desk")
    from tipline.interfaces.cli import officers  # noqa: PLC0415 - after Django is set up

    password, now = secrets.token_urlsafe(PASSWORD_BYTES), dt.datetime.now(dt.UTC)
    try:
        if arguments.do == "add":
            region = arguments.region or settings.agency
            officers.add_officer(
                name=arguments.name, role=arguments.role, region=region, password=password, now=now
            )
        else:
            officers.renew_password(name=arguments.name, password=password, now=now)
    except officers.StaffRefused as refused:
        raise CommandRefused(str(refused)) from refused
    console.print(f"{arguments.name}: first password, shown this once: {password}", markup=False)
    return 0


def _officer_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "do", choices=("add", "password"), help="add one, or give one a new password"
    )
    parser.add_argument("name", help="the name to sign in with")
    parser.add_argument("--role", choices=ROLES, default="intake_officer")
    parser.add_argument("--region", default="", help="GB/T 2260 code (default: the hotline's own)")


COMMANDS = (
    Command(
        name="officer",
        text="add an officer, or give one a new first password, to be changed at the next sign-in",
        run=_officer,
        add_arguments=_officer_arguments,
    ),
    Command(
        name="partner",
        text="add, remove or list the partners that may file with an API key",
        run=_partner,
        add_arguments=_partner_arguments,
    ),
)
