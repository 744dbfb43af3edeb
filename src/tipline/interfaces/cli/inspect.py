"""The command that looks at a reported site and seals what it saw into one package."""

import argparse
import datetime as dt
import getpass
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape

from tipline import wiring
from tipline.domain.evidence.addresses import Endpoint
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.files.verdict import MESSAGES, FileReport, add_up
from tipline.domain.evidence.inspected import Inspected
from tipline.domain.evidence.looking import Looking
from tipline.domain.evidence.pages import Progress
from tipline.domain.evidence.targets import UrlRefused, read_target
from tipline.domain.triage.offences import OFFENCES
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings

console = Console(highlight=False, soft_wrap=True)
aside = Console(stderr=True, highlight=False, soft_wrap=True)
FORMS = {
    "scheme": "only http:// and https:// addresses are looked at",
    "length": "the address is longer than 8,192 characters",
    "form": "this is no address; give one like https://shop.example/",
    "host": "the address names no host",
}
REFUSALS = {
    "own": "this is the address of this very house",
    "port": "no website is at this port; other services are not asked",
    "local_name": "this is a name of a local network",
    "not_public": "this leads into a network that is not public",
}
RATE_MAX = 20.0  # pages a second
_ALLOW = "; a test site of your own is let through with --allow HOST:PORT"


def _inspect(settings: Settings, arguments: argparse.Namespace) -> int:
    assignment = _read_assignment(arguments)
    arguments.output.mkdir(parents=True, exist_ok=True)
    folder = assignment.folder
    if folder.is_dir():
        aside.print(f"going on with what was begun in {folder}", markup=False)

    def scan(paths: list[Path]) -> Iterator[FileReport]:
        aside.print(f"scanning {len(paths)} downloads")
        return wiring.scan_files(settings, paths, now=_now())

    try:
        outcome = wiring.inspect_site(settings, assignment, scan=scan, clock=_now, tell=_tell)
    except wiring.NotInspected as refused:
        return _fail(f"not looked at: {REFUSALS.get(str(refused), refused)}{_ALLOW}")
    except (wiring.NotSealed, OSError) as failed:
        return _fail(f"{failed}; what was seen is kept in {folder}, and the same command goes on")
    except KeyboardInterrupt:
        aside.print(f"stopped; the same command goes on with {folder}", markup=False)
        return 130
    if arguments.json:
        console.out(msgspec.json.encode(outcome.inspected).decode())
        return 0
    _draw(outcome.inspected)
    for note in outcome.notes:
        console.print(f"note     {note}", style="yellow", markup=False)
    return 0


def _read_assignment(arguments: argparse.Namespace) -> wiring.Assignment:
    try:
        target = read_target(arguments.url)
    except UrlRefused as refused:
        raise CommandRefused(f"{arguments.url}: {FORMS[str(refused)]}") from None
    if arguments.budget < 1:
        raise CommandRefused(f"--budget {arguments.budget}: give the pages to look at, 1 or more")
    if not 0 < arguments.rate <= RATE_MAX:
        raise CommandRefused(f"--rate {arguments.rate}: give pages a second, at most {RATE_MAX}")
    if arguments.output.exists() and not arguments.output.is_dir():
        raise CommandRefused(f"{arguments.output}: is no directory")
    looking = Looking(
        profile=arguments.profile,
        budget=Budget(pages=arguments.budget, pages_per_second=arguments.rate),
        allow=tuple(sorted(set(arguments.allow), key=str)),
        ignore_robots=arguments.ignore_robots.strip(),
        has_browser=arguments.browser,
    )
    return wiring.Assignment(
        url=target.url, looking=looking, by=arguments.by or _name_user(), output=arguments.output
    )


def _read_endpoint(text: str) -> Endpoint:
    try:
        return Endpoint.read(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _name_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _tell(progress: Progress) -> None:
    aside.print(
        f"{progress.done} done, {progress.waiting} waiting: {progress.result} {progress.url}",
        markup=False,
    )


def _fail(why: str) -> int:
    aside.print(f"tipline inspect: {why}", style="red", markup=False)
    return 1


def _draw(told: Inspected) -> None:
    console.print(
        f"[bold]{escape(told.result)}[/]: {told.pages} pages, {told.refused} requests refused"
    )
    for item in told.items:
        offences = ", ".join(OFFENCES[code].english for code in item.offences)
        console.print(f"item     {offences} ({item.confidence:.0%}) {item.url}", markup=False)
    for file in told.downloads:
        word = MESSAGES[add_up(verdict.word for verdict in file.verdicts)]
        console.print(f"download {word}: {file.type} {file.sha256}", markup=False)
    for signal in told.signals:
        console.print(f"signal   {signal}", markup=False)
    console.print(f"package  {told.package}", markup=False)
    console.print(f"sha256   {told.sha256}", markup=False)


def _inspect_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("url", metavar="URL", help="address to begin at")
    add("--output", type=Path, required=True, metavar="DIR", help="directory the package goes into")
    add(
        "--allow",
        type=_read_endpoint,
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="exact endpoint that may be reached though it is not public; may be given again",
    )
    add(
        "--profile",
        choices=("desktop", "mobile", "both"),
        default="desktop",
        help="as whom to look (default: desktop)",
    )
    add(
        "--budget",
        type=int,
        default=Budget().pages,
        metavar="PAGES",
        help=f"how many pages to look at (default: {Budget().pages})",
    )
    add(
        "--rate",
        type=float,
        default=Budget().pages_per_second,
        metavar="PAGES",
        help="pages a second of one host (default: 1)",
    )
    add(
        "--ignore-robots",
        default="",
        metavar="REASON",
        help="why robots.txt is not obeyed; the reason goes into the package",
    )
    add(
        "--browser",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="show the pages in a browser; without, they are kept and marked as not rendered",
    )
    add("--by", default="", metavar="NAME", help="who looks, for the custody log (default: you)")
    add("--json", action="store_true", help="the outcome as one line of JSON")


COMMANDS = (
    Command(
        name="inspect",
        text="look at a reported site and seal what is seen into one package that all can verify",
        run=_inspect,
        add_arguments=_inspect_arguments,
    ),
)
