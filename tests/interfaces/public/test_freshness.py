"""What is made from other files is as fresh as they are."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "src/tipline/interfaces/public/static/public"


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
    public = next(side for side in messages.SIDES if side.name == "public")
    assert messages.list_faults(public) == []


def test_translations_have_the_places_of_their_messages(messages: ModuleType) -> None:
    public = next(side for side in messages.SIDES if side.name == "public")
    for message in messages.read_catalogue(public):
        if message.id and message.python_format:
            assert list(message.check()) == [], message.id


def test_the_published_verifier_is_the_documented_one() -> None:
    assert (STATIC / "verify.py").read_bytes() == (ROOT / "docs/verify.py").read_bytes()
