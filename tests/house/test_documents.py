"""What the documents say is there: links, pictures, paths, commands, both languages."""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tipline.interfaces.cli import COMMANDS
from tipline.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SCENES = ("queue", "report", "decide", "form", "form-phone", "receipt", "status")
PICTURES = {f"{scene}-{language}.png" for scene in SCENES for language in ("en", "zh")}
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
PLACE = re.compile(r"(?:src|tests|benchmarks|docs|requirements)/[\w./<>*-]*")
NOT_OURS = re.compile(r"(?<![\w.])/(?:work|tmp|root|home)/|\bissue #?\d|\bTODO\b|\bFIXME\b")

each_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


@each_document
def test_links_lead_somewhere(path: Path) -> None:
    broken = [target for target in list_links(path) if not leads_somewhere(path, target)]

    assert not broken


@each_document
def test_pictures_are_those_that_the_browser_journey_makes(path: Path) -> None:
    shown = {target for target in list_links(path) if target.endswith(".png")}

    assert {Path(each).name for each in shown} <= PICTURES
    made = any((ROOT / "docs" / "images").glob("*.png"))
    assert not [each for each in shown if made and not (path.parent / each).exists()]


@each_document
def test_paths_of_the_repository_that_are_named_exist(path: Path) -> None:
    named = (each for text in list_code(path) for each in PLACE.findall(text))
    exact = (each for each in named if not set(each) & set("<>*"))

    assert not [each for each in exact if not (ROOT / each.rstrip("./")).exists()]


@each_document
def test_commands_and_flags_that_are_named_exist(path: Path) -> None:
    assert not [line for line in list_command_lines(path) if not is_command(line)]


@each_document
def test_make_targets_and_benchmarks_that_are_named_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    code = "\n".join(list_code(path))

    named = set(re.findall(r"^make ([a-z-]+)", code, re.MULTILINE))
    measures = re.findall(r"-m (benchmarks[.\w]+)", code)

    assert named <= targets
    assert not [each for each in measures if not (ROOT / f"{each.replace('.', '/')}.py").exists()]


@each_document
def test_json_that_is_shown_can_be_read(path: Path) -> None:
    for match in FENCE.finditer(path.read_text("utf-8")):
        if match["kind"] == "json":
            json.loads(match["body"])


@each_document
def test_a_document_speaks_of_the_product_only(path: Path) -> None:
    assert not NOT_OURS.findall(path.read_text("utf-8"))


PAIRS = sorted(path for path in DOCUMENTS if path.name.endswith(".zh.md"))


@pytest.mark.parametrize("chinese", PAIRS, ids=lambda path: str(path.relative_to(ROOT)))
def test_both_languages_have_the_same_headings_and_tables(chinese: Path) -> None:
    english = chinese.with_name(chinese.name.replace(".zh.", "."))

    assert list_shape(english) == list_shape(chinese)


def test_every_how_to_exists_in_both_languages_and_in_the_same_shape() -> None:
    english, chinese = (
        {path.name: list_shape(path) for path in (ROOT / "docs" / "how-to" / language).glob("*.md")}
        for language in ("en", "zh")
    )

    assert english
    assert english == chinese


def list_links(path: Path) -> Iterator[str]:
    text = FENCE.sub("", path.read_text("utf-8"))
    return (match["target"] for match in LINK.finditer(text))


def leads_somewhere(path: Path, target: str) -> bool:
    if re.match(r"https?://", target) or Path(target).name in PICTURES:
        return True
    name, _, anchor = target.partition("#")
    there = (path.parent / name).resolve() if name else path
    if not anchor or not there.exists():
        return there.exists()
    return anchor in {slug(title) for _, title in HEADING.findall(there.read_text("utf-8"))}


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def list_code(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    yield from (match["body"] for match in FENCE.finditer(text) if match["kind"] != "mermaid")
    yield from CODE.findall(FENCE.sub("", text))


def list_command_lines(path: Path) -> Iterator[str]:
    for text in list_code(path):
        for line in text.replace("\\\n", " ").splitlines():
            found = re.search(r"(?:^|bin/|\s)tipline ([a-z].*)", line.partition(" #")[0])
            if found:
                yield found[1]


def is_command(line: str) -> bool:
    name = line.split(maxsplit=1)[0]
    command = next((each for each in COMMANDS if each.name == name), None)
    if command is None:
        return False
    parser = argparse.ArgumentParser(add_help=False)
    command.add_arguments(parser)
    known = set(parser._option_string_actions)
    known |= {f"--{each.name.replace('_', '-')}" for each in fields(Settings)}
    known |= {f"--no-{each.name.replace('_', '-')}" for each in fields(Settings)}
    return set(re.findall(r"(?<=\s)--[a-z-]+", line)) <= known


def list_shape(path: Path) -> tuple[list[int], list[str], int]:
    text = path.read_text("utf-8")
    outside = FENCE.sub("", text)
    levels = [len(marks) for marks, _ in HEADING.findall(outside)]
    kinds = [match["kind"] for match in FENCE.finditer(text)]
    return levels, kinds, sum(line.startswith("|") for line in outside.splitlines())
