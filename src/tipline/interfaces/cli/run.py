"""Commands that run the house: serve, upgrade."""

import argparse
import http.client
import subprocess
import sys
import threading
import time

from rich.console import Console

from tipline import wiring
from tipline.interfaces import serve
from tipline.interfaces.cli.command import Command, CommandRefused
from tipline.settings import Settings, set_up_django

WAIT_SECONDS = 60
DOORS = {"public": "public site", "desk": "staff desk"}
FAREWELL = "Ctrl+C stops it. 'tipline doctor' tells what is installed and what is degraded."
console = Console(stderr=True, highlight=False)


def _serve(settings: Settings, _arguments: argparse.Namespace) -> int:
    if not serve.free_of_others(settings.data):
        raise CommandRefused(f"{settings.data} holds other things; name an empty --data directory")
    console.print(f"[bold]Tipline[/bold] in {settings.data.resolve()}")
    children = serve.plan_parts(settings)
    console.print("1/3 keys and vault")
    wiring.prepare_data(settings)
    _tell_starts(children)
    doors = [child.name for child in children if child.name in DOORS]
    threading.Thread(target=_welcome, args=(settings, doors), daemon=True).start()
    serve.supervise(children, tell=console.print)
    console.print("stopped; nothing was lost")
    return 0


def _tell_starts(children: list[serve.Child]) -> None:
    # The public door needs no desk: after a crash it is open again before the desk is looked at.
    staff = [child for child in children if child.name != "public"]
    if len(staff) < len(children):
        console.print("2/3 starting the public site")
    if staff:
        staff[0].prepare = lambda: _prepare_desk(staff)


def _prepare_desk(staff: list[serve.Child]) -> None:
    console.print(f"3/3 desk database, then {', '.join(child.name for child in staff)}")
    _run_child("upgrade", "--quiet")


def _run_child(*words: str) -> int:
    # In a process of its own: Django is large and this process only watches others.
    command = [sys.executable, "-m", "tipline.interfaces.cli", *words]
    done = subprocess.run(command, check=False)  # noqa: S603 - our own command
    if done.returncode != 0:
        raise CommandRefused(f"'tipline {words[0]}' failed; see above")
    return done.returncode


def _welcome(settings: Settings, doors: list[str]) -> None:
    started = time.monotonic()
    for door in doors:
        if not _wait_for_answer(settings.bind, getattr(settings, f"{door}_port")):
            console.print(f"the {DOORS[door]} did not answer within {WAIT_SECONDS} s", style="red")
            return
    console.print(f"ready after {time.monotonic() - started:.1f} s")
    if settings.demo:
        _run_child("demo")
    for door in doors:
        address = getattr(settings, f"{door}_address")
        console.print(f"[bold]{DOORS[door]:<11}[/bold] {address}/", soft_wrap=True)
    console.print(FAREWELL, soft_wrap=True)


def _wait_for_answer(host: str, port: int) -> bool:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=5)
            connection.request("GET", "/")
            if connection.getresponse().status < 500:
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def _upgrade(settings: Settings, arguments: argparse.Namespace) -> int:
    (settings.data / "desk").mkdir(parents=True, exist_ok=True, mode=0o700)
    set_up_django("desk")
    from django.core.management import call_command  # noqa: PLC0415 - after Django is set up

    call_command("migrate", interactive=False, verbosity=0 if arguments.quiet else 1)
    return 0


def _upgrade_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")


COMMANDS = (
    Command(name="serve", text="run the public door, the desk and the workers", run=_serve),
    Command(
        name="upgrade",
        text="bring the desk's database to this version",
        run=_upgrade,
        add_arguments=_upgrade_arguments,
    ),
)
