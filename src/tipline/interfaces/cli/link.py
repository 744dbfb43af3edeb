"""The command that finds which reports of a file speak of one gang."""

import argparse
from pathlib import Path

from rich.console import Console

from tipline import wiring
from tipline.domain.link.engine import EdgesRefused, EngineMissing
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings

console = Console(highlight=False)


def _link(settings: Settings, arguments: argparse.Namespace) -> int:
    if not arguments.output and not arguments.explain:
        raise CommandRefused("say --output: the Parquet file to write; or --explain A B")
    try:
        if arguments.output:
            _write(settings, arguments)
        if arguments.explain:
            return _explain(arguments.edges, *arguments.explain)
    except (EdgesRefused, EngineMissing) as refused:
        raise CommandRefused(str(refused)) from refused
    return 0


def _write(settings: Settings, arguments: argparse.Namespace) -> None:
    if not arguments.output.parent.is_dir():
        raise CommandRefused(f"{arguments.output.parent}: no such folder; make it first")
    linker = wiring.open_link_engine(settings, engine=arguments.engine)
    found = linker.link(arguments.edges, arguments.output, must=(), cannot=())
    console.print(
        f"{found.reports:,} reports, {found.clusters:,} clusters of two or more with "
        f"{found.clustered:,} reports, the largest of {found.largest:,}; {arguments.output}",
        markup=False,
    )


def _explain(edges: Path, one: str, two: str) -> int:
    try:
        chain = wiring.explain_link(edges, one, two)
    except LookupError as missing:
        raise CommandRefused(
            f"{edges}: there is no report {missing.args[0]} that names an identifier"
        ) from None
    if chain is None:
        console.print(f"nothing joins {one} and {two}", markup=False)
        return 1
    for step in chain:
        console.print(
            f"{step.one} and {step.two} both name {step.kind} {step.value!r}, "
            f"as do {step.count:,} reports in all (weight {step.weight:.2f})",
            markup=False,
        )
    return 0


def _link_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "edges",
        type=Path,
        help="Parquet file with report_id, kind, value, and perhaps created_at (a time) and "
        "innocent (true: says nothing)",
    )
    parser.add_argument("--output", type=Path, help="Parquet file to write: report_id, cluster_id")
    parser.add_argument("--engine", choices=("duckdb",), default="duckdb", help="database to use")
    parser.add_argument(
        "--explain",
        nargs=2,
        metavar=("A", "B"),
        help="show the shortest chain of shared identifiers between two reports",
    )


COMMANDS = (
    Command(
        name="link",
        text="find which reports speak of one gang, from the identifiers that they share",
        run=_link,
        add_arguments=_link_arguments,
    ),
)
