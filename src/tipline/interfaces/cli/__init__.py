"""The command line: serve, import, fsck, doctor and the other commands."""

import argparse
from collections.abc import Sequence
from dataclasses import fields

from rich.console import Console

from tipline.interfaces.cli import (
    check,
    evaluate,
    inspect,
    link,
    lists,
    load,
    people,
    publish,
    reindex,
    renew,
    run,
    scan,
    train,
    verify,
)
from tipline.interfaces.cli.bulk.command import COMMANDS as BULK
from tipline.interfaces.cli.bulk.grouping import COMMANDS as GROUPING
from tipline.interfaces.cli.command import CommandRefused
from tipline.settings import Settings, adopt

COMMANDS = (
    *run.COMMANDS,
    *load.COMMANDS,
    *lists.COMMANDS,
    *link.COMMANDS,
    *check.COMMANDS,
    *people.COMMANDS,
    *renew.COMMANDS,
    *reindex.COMMANDS,
    *evaluate.COMMANDS,
    *train.COMMANDS,
    *scan.COMMANDS,
    *inspect.COMMANDS,
    *verify.COMMANDS,
    *publish.COMMANDS,
    *BULK,
    *GROUPING,
)
console = Console(stderr=True, highlight=False)


def build_parser() -> argparse.ArgumentParser:
    """Build the parser of all commands; every setting is a flag of every command."""
    settings = argparse.ArgumentParser(add_help=False)
    group = settings.add_argument_group("settings (also as TIPLINE_<NAME> in the environment)")
    for each in fields(Settings):
        flag = "--" + each.name.replace("_", "-")
        text = f"{each.metadata['help']} (default: {each.default})".replace("%", "%%")
        if isinstance(each.default, bool):
            group.add_argument(flag, action=argparse.BooleanOptionalAction, default=None, help=text)
        else:
            group.add_argument(flag, metavar="VALUE", help=text)
    parser = argparse.ArgumentParser(
        prog="tipline", description="From a tip to a takedown, with proof."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        made = commands.add_parser(
            command.name, parents=[settings], help=command.text, description=command.text
        )
        command.add_arguments(made)
        made.set_defaults(run=command.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status (0 done, 1 something is wrong, 2 wrong usage)."""
    arguments = build_parser().parse_args(argv)
    given = {each.name: getattr(arguments, each.name) for each in fields(Settings)}
    try:
        settings = adopt(given)
        return int(arguments.run(settings, arguments))
    except (ValueError, CommandRefused) as refused:
        console.print(f"tipline {arguments.command}: {refused}", style="red", markup=False)
        return 2
    except KeyboardInterrupt:
        console.print("stopped")
        return 130
