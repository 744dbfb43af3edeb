"""The command that checks an evidence package."""

import argparse
from pathlib import Path

import msgspec
from rich.console import Console

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings

console = Console(highlight=False, soft_wrap=True)


def _verify(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        verdict = wiring.verify_evidence(
            settings, arguments.package, root=arguments.ca, tsa_root=arguments.tsa_ca
        )
    except OSError as error:
        raise CommandRefused(
            f"{error}; give the package, and with --ca the root of whoever sealed it"
        ) from None
    except wiring.NotVerified as missing:
        raise CommandRefused(f"not checked: {missing}; verify.sh needs it too") from None
    if arguments.json:
        told = {"good": verdict.is_good, **msgspec.to_builtins(verdict)}
        console.out(msgspec.json.encode(told).decode())
        return 0 if verdict.is_good else 1
    for fault in verdict.faults:
        console.print(f"BAD  {fault}", style="red", markup=False)
    for note in verdict.notes:
        console.print(f"note {note}", style="yellow", markup=False)
    if verdict.is_good:
        console.print(f"GOOD {verdict.id}: {verdict.files} files as sealed at {verdict.sealed_at}")
        if verdict.stamped_at:
            console.print(f"     time stamp of {verdict.stamped_at}")
    console.print(f"     sha256 {verdict.sha256}")
    return 0 if verdict.is_good else 1


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="the package to check")
    parser.add_argument(
        "--ca",
        type=Path,
        metavar="FILE",
        help="PEM file of the sealer's root, from the sealer; default: this house's own root",
    )
    parser.add_argument(
        "--tsa-ca",
        type=Path,
        metavar="FILE",
        help="PEM file of the time stamp authority's root; a stamp must then be there",
    )
    parser.add_argument("--json", action="store_true", help="the verdict as one line of JSON")


COMMANDS = (
    Command(
        name="verify",
        text="check an evidence package strictly; exit status 1 if anything is wrong with it",
        run=_verify,
        add_arguments=_verify_arguments,
    ),
)
