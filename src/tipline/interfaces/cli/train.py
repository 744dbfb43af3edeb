"""Commands about the model that reads texts for offences: train, models."""

import argparse
import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tipline import wiring
from tipline.domain.triage.offence.labelled import Labelled
from tipline.domain.triage.offence.workshop import ModelMissing, TooLittle
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings, set_up_django

console = Console(highlight=False, soft_wrap=True)
ABOUT = (
    "Fitted to real texts only: messages of fake base stations (FBS), English messages (UCI, "
    "Mishra and Soni), job advertisements (EMSCAD), titles of dark markets (DWData)."
)


def _train(settings: Settings, arguments: argparse.Namespace) -> int:
    try:
        if arguments.output is not None:
            return _train_alone(arguments)
        return _train_here(settings, arguments)
    except (FileNotFoundError, ValueError, ModelMissing) as refused:
        raise CommandRefused(_tell(refused)) from refused


def _tell(refused: Exception) -> str:
    if isinstance(refused, TooLittle):
        return "too few rulings, or of too few offences, for a model to be taught"
    if isinstance(refused, ModelMissing):
        return "the file of the model in use is not in the data directory"
    return str(refused)


def _train_alone(arguments: argparse.Namespace) -> int:
    digest, size = wiring.write_model(_read_sets(arguments), about=ABOUT, path=arguments.output)
    console.print(f"{arguments.output}: {size:,} bytes, SHA-256 {digest}", markup=False)
    return 0


def _train_here(settings: Settings, arguments: argparse.Namespace) -> int:
    _open_desk(settings)
    from tipline.services import training  # noqa: PLC0415 - after Django is set up

    trained = training.train_model(
        workshop=wiring.open_workshop(settings), extra=_read_sets(arguments), by=None, now=_now()
    )
    verdict = trained.verdict
    console.print(f"model {trained.digest[:12]}, tested on {verdict.texts:,} later rulings")
    for name, tally in (("in use", verdict.old), ("new", verdict.new)):
        console.print(
            f"{name:>7}: {tally.right:,} right, {tally.wrong:,} wrong, {tally.unsure:,} unsure"
        )
    console.print(f"gain {verdict.gain:+.3f} a text, at least {verdict.low:+.3f} (95 in 100 draws)")
    console.print("promoted: it reads from now on" if trained.is_promoted else "kept, not promoted")
    return 0


def _read_sets(arguments: argparse.Namespace) -> Iterator[Labelled]:
    return itertools.chain(
        wiring.read_labelled(arguments.labelled) if arguments.labelled else (),
        wiring.read_chifraud(arguments.chifraud) if arguments.chifraud else (),
        wiring.read_ccl(arguments.ccl) if arguments.ccl else (),
    )


def _models(settings: Settings, arguments: argparse.Namespace) -> int:
    _open_desk(settings)
    return DOES[arguments.do](settings)


def _show(_settings: Settings) -> int:
    from tipline.store.queries import training  # noqa: PLC0415 - after Django is set up

    table = Table("model", "made", "taught", "tested", "gain", "at least")
    for row in training.list_models():
        told = row.figures
        table.add_row(
            row.digest[:12], f"{row.made_at:%Y-%m-%d %H:%M}", f"{row.taught:,}", f"{row.tested:,}",
            f"{told['gain']:+.3f}", f"{told['low']:+.3f}",
        )  # fmt: skip
    console.print(table)
    console.print(f"in use: {training.get_model_in_use()[:12] or 'the model that ships'}")
    return 0


def _roll_back(settings: Settings) -> int:
    from tipline.services import training  # noqa: PLC0415 - after Django is set up

    try:
        digest = training.roll_back(workshop=wiring.open_workshop(settings), by=None, now=_now())
    except training.NothingBefore:
        raise CommandRefused("no model was in use before this one") from None
    except ModelMissing as missing:
        raise CommandRefused(f"the file of model {missing} is not here") from missing
    console.print(f"in use: {digest[:12] or 'the model that ships'}")
    return 0


def _open_desk(settings: Settings) -> None:
    wiring.prepare_data(settings)
    set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    call_command("migrate", interactive=False, verbosity=0)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


DOES = {"show": _show, "rollback": _roll_back}


def _train_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--labelled", type=Path, help="folder of the sets that taught the shipped model"
    )
    parser.add_argument("--chifraud", type=Path, help="folder of the ChiFraud CSV files")
    parser.add_argument("--ccl", type=Path, help="folder of the CCL2023-FCC JSON files")
    parser.add_argument(
        "--output",
        type=Path,
        help="teach from the named folders alone, write the model to this file, and touch no desk",
    )


def _models_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("do", choices=tuple(DOES), help="show all, or go back to the one before")


COMMANDS = (
    Command(
        name="train",
        text="teach a model what officers ruled, and use it if it does better on later rulings",
        run=_train,
        add_arguments=_train_arguments,
    ),
    Command(
        name="models",
        text="show the models that read for offences, or go back to the one before",
        run=_models,
        add_arguments=_models_arguments,
    ),
)
