"""What a command is: a name, a line of help, its arguments and what it does."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from tipline.settings import Settings


class CommandRefused(Exception):
    """A command cannot do what was asked; the message says why and what to do."""


def _no_arguments(_parser: argparse.ArgumentParser) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command of the command line; ``run`` answers its exit status."""

    name: str
    text: str
    run: Callable[[Settings, argparse.Namespace], int]
    add_arguments: Callable[[argparse.ArgumentParser], None] = _no_arguments
