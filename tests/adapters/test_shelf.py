"""A shelf holds what was put there and nothing else, in files as in memory: one body for both."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tipline.adapters.shelf import MappedShelf, MemoryShelf, mapped
from tipline.domain.triage.known import Shelf, hash_entry

ENTRIES = st.lists(st.text("ab银😀/.\t", min_size=1, max_size=5), max_size=200)


@pytest.fixture(params=["mapped", "memory"])
def make(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Shelf]:
    if request.param == "memory":
        return MemoryShelf
    return lambda: MappedShelf(tmp_path_factory.mktemp("shelf") / "lists")


@given(held=ENTRIES, asked=ENTRIES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_finds_what_it_holds_and_nothing_else(make, held: list[str], asked: list[str]) -> None:
    shelf = make()
    kept = shelf.keep(name="one", entries=held)
    every = [*asked, *held[::2]]

    found = shelf.find(names=["one"], entries=every)

    assert list(found["one"]) == [n for n, entry in enumerate(every) if entry in set(held)]
    assert kept.entries == len(set(held))


def test_many_entries_over_many_blocks_are_all_found(make) -> None:
    entries = [f"h{n}.example/" for n in range(1_000)]
    shelf = make()
    heard: list[int] = []
    shelf.keep(name="one", entries=iter(entries), tell=heard.append)

    assert list(shelf.find(names=["one"], entries=entries)["one"]) == list(range(1_000))
    assert heard[-1] == 1_000


def test_several_lists_are_asked_at_once(make) -> None:
    shelf = make()
    shelf.keep(name="one", entries=["a", "b"])
    shelf.keep(name="two", entries=["b", "c"])

    found = shelf.find(names=["one", "two"], entries=["c", "b", "x"])

    assert {name: list(places) for name, places in found.items()} == {"one": [1], "two": [0, 1]}
    assert shelf.find(names=[], entries=["a"]) == {}


def test_a_list_that_is_not_there_has_no_answer(make) -> None:
    shelf = make()
    shelf.keep(name="one", entries=["b"])

    assert not shelf.has("gone")
    assert dict(shelf.find(names=["gone", "one"], entries=["a"])) == {"one": []}


def test_what_is_there_is_not_read_again(make) -> None:
    shelf = make()
    shelf.keep(name="one", entries=["a"])

    unread = map(pytest.fail, ["it was read"])

    assert shelf.keep(name="one", entries=unread).entries == 1


def test_lists_are_forgotten(make) -> None:
    shelf = make()
    for name in ("one", "two"):
        shelf.keep(name=name, entries=["a"])
    assert list(shelf.find(names=["two"], entries=["a"])["two"]) == [0]

    shelf.forget(names=["two", "never there"])

    assert shelf.has("one")
    assert not shelf.has("two")
    assert shelf.find(names=["two"], entries=["a"]) == {}


def test_another_process_finds_what_was_put_there(tmp_path: Path) -> None:
    MappedShelf(tmp_path).keep(name="one", entries=["a"])

    assert list(MappedShelf(tmp_path).find(names=["one"], entries=["b", "a"])["one"]) == [1]


def test_a_build_that_breaks_off_leaves_no_list(tmp_path: Path) -> None:
    def break_off():
        yield "a"
        raise OSError("the disk is full")

    shelf = MappedShelf(tmp_path)
    with pytest.raises(OSError, match="full"):
        shelf.keep(name="one", entries=break_off())

    assert not shelf.has("one")
    assert shelf.keep(name="one", entries=["a", "b"]).entries == 2


@pytest.mark.parametrize("part", ["keys.npy", "marks.npy", "texts"])
@pytest.mark.parametrize("size", [0, 100])
def test_a_damaged_list_has_no_answer_until_it_is_imported_again(
    tmp_path: Path, part: str, size: int
) -> None:
    entries = [f"h{n}.example/" for n in range(500)]
    MappedShelf(tmp_path).keep(name="one", entries=entries)
    os.truncate(tmp_path / "one" / part, size)

    shelf = MappedShelf(tmp_path)

    assert not shelf.has("one")
    assert shelf.find(names=["one"], entries=["h7.example/"]) == {}
    shelf.keep(name="one", entries=entries)
    assert list(shelf.find(names=["one"], entries=["h7.example/"])["one"]) == [0]


def test_two_who_build_one_list_do_not_disturb_each_other(tmp_path: Path) -> None:
    def build_meanwhile():
        yield "a"
        MappedShelf(tmp_path).keep(name="one", entries=["a", "b"])
        yield "b"

    kept = MappedShelf(tmp_path).keep(name="one", entries=build_meanwhile())

    assert kept.entries == 2
    assert [each.name for each in tmp_path.iterdir()] == ["one"]


def test_a_key_that_two_entries_share_accuses_only_the_one_that_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All keys alike, as if somebody had found a collision.
    monkeypatch.setattr(
        mapped, "hash_entries", lambda entries: np.zeros(len(list(entries)), np.uint64)
    )
    shelf = MappedShelf(tmp_path)
    shelf.keep(name="one", entries=["listed"])

    assert list(shelf.find(names=["one"], entries=["innocent", "listed"])["one"]) == [1]


@given(st.lists(st.text(max_size=20), min_size=1))
def test_keys_of_many_are_the_keys_of_each(entries: list[str]) -> None:
    whole = [entry.encode("utf-8", "replace").decode() for entry in entries]

    assert mapped.hash_entries(whole).tolist() == [hash_entry(entry) for entry in whole]
