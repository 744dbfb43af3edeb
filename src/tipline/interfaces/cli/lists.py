"""The command about lists of known subjects: import, show, remove, restore."""

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from tipline import wiring
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.interfaces.cli.listfiles import (
    KIND_CHOICES,
    ListFileRefused,
    hash_list,
    read_list,
)
from tipline.settings import Settings, set_up_django

console = Console(highlight=False)
WHY = {
    "empty": "no row of the file is an entry of this kind",
    "fields": "say --source and --licence: where the list is from, and by what right it is used",
    "unknown": "there is no such list, or it has ended",
    "kind": "lists hold nothing of this kind",
    "value": "this is no value of its kind",
    "suffix": "under this name anybody may register: it would accuse strangers",
}


def _lists(settings: Settings, arguments: argparse.Namespace) -> int:
    wiring.prepare_data(settings)
    set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    from tipline.domain.triage.known import EntryRefused  # noqa: PLC0415 - as above
    from tipline.services.known import KnownUnchanged, ListRefused  # noqa: PLC0415 - as above

    call_command("migrate", interactive=False, verbosity=0)
    try:
        return DOES[arguments.do](settings, arguments)
    except (ListRefused, EntryRefused) as refused:
        raise CommandRefused(WHY[refused.why]) from refused
    except KnownUnchanged:
        raise CommandRefused("it is so already") from None


def _import(settings: Settings, arguments: argparse.Namespace) -> int:
    from tipline.services.known import NewList, import_list  # noqa: PLC0415 - as above

    path = Path(arguments.what)
    if not path.is_file():
        raise CommandRefused(f"{path}: no such file")
    if not arguments.kind:
        raise CommandRefused("say --kind: what the values are")
    columns = (TextColumn("importing"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=path.stat().st_size)
        rows = read_list(
            path,
            kind=arguments.kind,
            column=arguments.column,
            at_bytes=lambda done: bar.update(task, completed=done),
        )
        new = NewList(
            name=arguments.name or path.name.split(".")[0],
            kind=arguments.kind,
            is_bad=not arguments.good,
            source=arguments.source,
            licence=arguments.licence,
            published_on=arguments.published or _today(),
            expires_on=arguments.expires,
            digest=hash_list(path),
        )
        try:
            made = import_list(
                new=new, rows=rows, shelf=wiring.open_shelf(settings), by=None, now=_now()
            )
        except ListFileRefused as refused:
            raise CommandRefused(str(refused)) from refused
    console.print(
        f"list {made.number} ({new.name}): {made.entries:,} entries, {made.refused:,} rows refused",
        markup=False,
    )
    return 0


def _show(settings: Settings, arguments: argparse.Namespace) -> int:
    from tipline.store.queries import lists  # noqa: PLC0415 - as above

    shelf = wiring.open_shelf(settings)
    if arguments.what:
        kind = _need_kind(arguments)
        looked = lists.look_up(
            actor=None, kind=kind, value=arguments.what, shelf=shelf, today=_today()
        )
        for hit in looked.every:
            name = hit.list_name or f"report {hit.report}"
            words = "counts" if hit in looked.counting else "excepted"
            console.print(
                f"{hit.entry!r}: {name} ({hit.source}), {hit.since}, {words}", markup=False
            )
        console.print(f"{looked.entry!r} is {looked.standing.value}", markup=False)
        return 0
    table = Table(
        "no.", "list", "kind", "says", "entries", "source", "licence", "of", "until", "state"
    )
    for row in lists.list_lists(actor=None, shelf=shelf, today=_today()):
        table.add_row(
            str(row.id), row.name, row.kind, "bad" if row.is_bad else "good", f"{row.entries:,}",
            row.source, row.licence, str(row.published_on), str(row.expires_on or ""), _name_state(row),
        )  # fmt: skip
    console.print(table)
    for each in lists.list_exceptions(actor=None):
        console.print(
            f"excepted since {each.at:%Y-%m-%d}: {each.entry!r}: {each.reason}", markup=False
        )
    return 0


def _name_state(row: object) -> str:
    if not getattr(row, "is_here", False):
        return "file missing: import it again"
    return "expired" if getattr(row, "is_expired", False) else "in force"


def _remove(_settings: Settings, arguments: argparse.Namespace) -> int:
    from tipline.services import known  # noqa: PLC0415 - as above

    if not arguments.kind and arguments.what.isdigit():
        number = int(arguments.what)
        known.remove_list(number=number, reason=_need_reason(arguments), by=None, now=_now())
        console.print(f"list {number} says nothing any more", markup=False)
        return 0
    return _correct(arguments, known.remove_known, "no list accuses it any more")


def _restore(_settings: Settings, arguments: argparse.Namespace) -> int:
    from tipline.services import known  # noqa: PLC0415 - as above

    return _correct(arguments, known.restore_known, "lists say of it again what they say")


def _correct(arguments: argparse.Namespace, correct: Callable[..., str], words: str) -> int:
    kind, reason = _need_kind(arguments), _need_reason(arguments)
    entry = correct(kind=kind, value=arguments.what, reason=reason, by=None, now=_now())
    console.print(f"{entry!r}: {words}", markup=False)
    return 0


def _need_kind(arguments: argparse.Namespace) -> str:
    if not arguments.kind or arguments.kind == "mixed":
        raise CommandRefused("say --kind: what the value is")
    return str(arguments.kind)


def _need_reason(arguments: argparse.Namespace) -> str:
    if not arguments.reason.strip():
        raise CommandRefused("say --reason: it is kept in the ledger")
    return str(arguments.reason)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _today() -> dt.date:
    return _now().date()


DOES = {"import": _import, "show": _show, "remove": _remove, "restore": _restore}


def _lists_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "do",
        choices=tuple(DOES),
        help="import a file; show all lists, or what they say of a value; remove a list (by its "
        "number) or except a value from all lists; restore a value",
    )
    parser.add_argument("what", nargs="?", default="", help="file, value or number of a list")
    parser.add_argument("--kind", choices=KIND_CHOICES, default="", help="what the values are")
    parser.add_argument("--name", default="", help="name of the list (default: the file's)")
    parser.add_argument("--column", default="", help="column that holds the value")
    parser.add_argument("--source", default="", help="who made the list")
    parser.add_argument("--licence", default="", help="by what right it is used here")
    parser.add_argument("--good", action="store_true", help="its subjects are known to be good")
    parser.add_argument(
        "--published", type=dt.date.fromisoformat, help="date of the list (default: today)"
    )
    parser.add_argument("--expires", type=dt.date.fromisoformat, help="last day it counts")
    parser.add_argument("--reason", default="", help="why it is removed or restored")


COMMANDS = (
    Command(
        name="lists",
        text="keep the lists of known-bad and known-good links, numbers and accounts",
        run=_lists,
        add_arguments=_lists_arguments,
    ),
)
