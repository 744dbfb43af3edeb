"""Reference pages that are made from the code: ``make docs`` writes them, the tests compare."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tipline.domain.case.state import CASE_STATES, CASE_TRANSITIONS
from tipline.domain.disposal.measures import ACTION_MOVES, ACTION_STATE_NAMES
from tipline.domain.disposal.orders import ORDER_MOVES, ORDER_STATE_NAMES
from tipline.domain.disposal.outcome import OUTCOMES, REASONS
from tipline.domain.disposal.state import STATE_NAMES, TRANSITIONS
from tipline.domain.duties import GRANTS, ROLE_NAMES, Action, Grant, Role
from tipline.domain.flow import AFTER
from tipline.domain.link.settings import OTHER, WEIGHTS, Method
from tipline.domain.triage.examples import EXAMPLES
from tipline.domain.triage.offences import OFFENCES
from tipline.interfaces.api.openapi import describe_api
from tipline.interfaces.cli import COMMANDS
from tipline.interfaces.cli.command import Command
from tipline.settings import PREFIX, Settings

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
MADE = "This page is made from the code by `make docs`; change the code, not the page."


def render_settings() -> str:
    """One row a setting."""
    rows = [
        (
            f"`--{each.name.replace('_', '-')}`",
            f"`{PREFIX}{each.name.upper()}`",
            f"`{each.default}`" if str(each.default) else "",
            escape(each.metadata["help"]),
        )
        for each in fields(Settings)
    ]
    told = (
        "Each setting has one name: as a flag of every command and as a variable of the "
        "environment. A flag wins over the environment, the environment over the default."
    )
    return join("# Settings", MADE, told, table(("flag", "environment", "default", "what"), rows))


def render_commands() -> str:
    """One section a command, with its own arguments."""
    told = "Every command also takes all [settings](settings.md) as flags. Exit status: 0 done, 1 something is wrong, 2 wrong usage."
    sections = [part for command in COMMANDS for part in render_command(command)]
    return join("# Commands", MADE, told, *sections)


def render_command(command: Command) -> Iterator[str]:
    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)
    arguments = list(list_arguments(parser))
    yield f"## tipline {command.name}"
    yield f"{command.text[:1].upper()}{command.text[1:]}."
    if arguments:
        yield table(("argument", "what"), arguments)


def list_arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for each in parser._actions:
        shown = ", ".join(each.option_strings) or each.metavar or each.dest
        if each.choices:
            shown += " " + " ".join(map(str, each.choices))
        elif each.option_strings and each.metavar:
            shown += (
                f" {' '.join(each.metavar) if isinstance(each.metavar, tuple) else each.metavar}"
            )
        yield f"`{shown}`", escape(each.help or "")


def render_permissions() -> str:
    """One row an action, one column a role."""
    head = ("action", *(ROLE_NAMES[role] for role in Role))
    rows = [
        (f"`{action.value}`", *(name_grant(GRANTS.get((role, action))) for role in Role))
        for action in Action
    ]
    told = (
        "An empty cell is a refusal. *own*: what the officer did; *case*: reports that the officer "
        "has claimed or been assigned; *region*: the officer's region and all within it; *all*: "
        "everything. *reason*: only after writing down why, which is kept. *after*: also once the "
        "report is decided."
    )
    return join("# Permissions", MADE, told, table(head, rows))


def name_grant(grant: Grant | None) -> str:
    if grant is None:
        return ""
    marks = [grant.scope.value]
    marks += ["reason"] * grant.needs_reason + ["after"] * grant.survives_decision
    return ", ".join(marks)


def render_states() -> str:
    """States, events with the steps that follow, outcomes with their reasons."""
    events = table(
        ("event", "steps that follow"),
        [
            (f"`{kind}`", ", ".join(f"`{step.value}`" for step in steps))
            for kind, steps in AFTER.items()
        ],
    )
    return join(
        "# States, events, outcomes", MADE,
        "## States of a report", *render_machine(TRANSITIONS, STATE_NAMES),
        "## States of a case", *render_machine(CASE_TRANSITIONS, CASE_STATES),
        "## States of an order", draw_moves(ORDER_MOVES, "drafted"), ORDER_TOLD,
        table(("state", "shown as"), [(f"`{s.value}`", n) for s, n in ORDER_STATE_NAMES.items()]),
        "## States of an action", draw_moves(ACTION_MOVES, "held", "pending"),
        table(("state", "shown as"), [(f"`{s.value}`", n) for s, n in ACTION_STATE_NAMES.items()]),
        "## Events", events,
        "## Outcomes", table(("code", "name", "reasons"), list(list_outcomes())),
    )  # fmt: skip


ORDER_TOLD = (
    "An order is approved once a regional lead and a legal officer stand behind it, of whom one may "
    "have drafted it. An emergency order is hurried out for at most 72 hours and lapses unless the "
    "one who is lacking ratifies it. Reminders go out 7, 3 and 1 days before the deadline; what was "
    "complied with is checked again after 7, 30 and 90 days; what waits for the desk is escalated "
    "after 3 days."
)


def draw_moves(moves: Mapping[tuple[str, str], str], *first: str) -> str:
    """Draw a table of (state, move) -> state."""
    arrows = [f"  {state} --> {after}: {move}" for (state, move), after in moves.items()]
    begin = [f"  [*] --> {each}" for each in first]
    return "\n".join(["```mermaid", "stateDiagram-v2", *begin, *arrows, "```"])


def render_machine(
    transitions: Mapping[Any, frozenset[Any]], names: Mapping[Any, str]
) -> tuple[str, str]:
    """A diagram of states, the first one first, and what each is called."""
    arrows = [
        f"  {state.value} --> {after.value}"
        for state, afters in transitions.items()
        for after in sorted(afters)
    ]
    first = next(iter(transitions)).value
    diagram = ["```mermaid", "stateDiagram-v2", f"  [*] --> {first}", *arrows, "```"]
    rows = [(f"`{state.value}`", name) for state, name in names.items()]
    return "\n".join(diagram), table(("state", "shown as"), rows)


def list_outcomes() -> Iterator[tuple[str, str, str]]:
    for outcome, words in OUTCOMES.items():
        reasons = "<br>".join(escape(each.message) for each in REASONS[outcome])
        yield f"`{outcome.value}`", words.name, reasons


def render_offences() -> str:
    """One row an offence."""
    rows = [
        (f"`{code}`", f"{each.english}<br>{each.chinese}",
         f"{each.definition_en}<br>{each.definition_zh}", "<br>".join(EXAMPLES[code]), ", ".join(each.articles), str(each.priority))
        for code, each in OFFENCES.items()
    ]  # fmt: skip
    told = (
        "What this hotline handles; anything else gets the outcome `OUT_OF_SCOPE`. Articles are "
        "those of China's Criminal Law; of the priority, 5 comes first."
    )
    head = ("code", "name", "definition", "example", "articles", "priority")
    return join("# Offences", MADE, told, table(head, rows))


def render_linking() -> str:
    """The settings of the linking method, and what each kind of identifier says."""
    method = Method()
    settings = [
        (f"`{each.name}`", f"{getattr(method, each.name):g}", escape(each.metadata["help"]))
        for each in fields(Method)
    ]
    kinds = [
        (name, f"{each.weight:g}", str(each.life), "no" if each.is_weak else "yes")
        for name, each in [*WEIGHTS.items(), ("any other", OTHER)]
    ]
    told = (
        "Settings of the method by which `tipline link` finds the reports that speak of one gang, "
        "in the order in which they count. An identifier that is in use for longer than a gang uses "
        "one is taken as shared by strangers."
    )
    return join(
        "# Linking", MADE, told, table(("setting", "value", "what"), settings),
        "## Kinds of identifiers",
        table(("kind", "weight", "days in use, at most", "may unite clusters"), kinds),
    )  # fmt: skip


def render_openapi() -> str:
    """Describe the API as it is served at ``/api/v1/openapi.json``."""
    return (
        json.dumps(
            describe_api("https://hotline.example"), ensure_ascii=False, indent=1, sort_keys=True
        )
        + "\n"
    )


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": render_settings,
    "cli.md": render_commands,
    "permissions.md": render_permissions,
    "states.md": render_states,
    "offences.md": render_offences,
    "linking.md": render_linking,
    "openapi.json": render_openapi,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_as_the_code_is(name: str) -> None:
    kept = (FOLDER / name).read_text("utf-8")

    assert kept == PAGES[name](), f"docs/reference/{name} is out of date: run make docs"


def test_every_setting_is_explained() -> None:
    assert not [each.name for each in fields(Settings) if not each.metadata["help"]]


def join(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def escape(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def write_pages() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, render in PAGES.items():
        (FOLDER / name).write_text(render(), "utf-8")
        sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    write_pages()
