"""The command that measures how well the machine reads."""

import argparse
from pathlib import Path

from tipline.interfaces.cli.command import Command
from tipline.interfaces.cli.evaluations import EVALUATIONS
from tipline.settings import Settings


def _evaluate(_settings: Settings, arguments: argparse.Namespace) -> int:
    return EVALUATIONS[arguments.what](arguments.files, is_told=arguments.show_wrong)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=sorted(EVALUATIONS), help="what to measure")
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        help="texts whose right answers are known (JSONL, may be .gz); for offences the folder of the labelled sets",
    )
    parser.add_argument(
        "--show-wrong", action="store_true", help="show each text that was read wrongly"
    )


COMMANDS = (
    Command(
        name="evaluate",
        text="measure how well the machine reads texts whose right answers are known",
        run=_evaluate,
        add_arguments=_arguments,
    ),
)
