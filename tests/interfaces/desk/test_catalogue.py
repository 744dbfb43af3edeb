"""Every word at the desk is there in Chinese, and what is compiled is what is written."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / ".ci/messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = module
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_is_whole_and_compiled(messages: ModuleType) -> None:
    side = next(each for each in messages.SIDES if each.name == "desk")
    assert messages.list_faults(side) == []


def test_translations_have_the_places_of_their_messages(messages: ModuleType) -> None:
    side = next(each for each in messages.SIDES if each.name == "desk")
    for message in messages.read_catalogue(side):
        if message.id and message.python_format:
            assert list(message.check()) == [], message.id
