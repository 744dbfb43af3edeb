"""The ledger's public files have the addresses and bodies of c2sp.org/tlog-tiles."""

import base64
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door


def fill(door: "Door", count: int) -> None:
    assert door.post_json("/api/v1/reports:batch", [{"text": "x"}] * count).status == 201


def test_the_checkpoint_names_log_and_size(door: "Door") -> None:
    fill(door, 5)
    answer = door.get("/log/checkpoint")
    origin, size, root = answer.text.split("\n")[:3]
    assert (origin, size, len(base64.b64decode(root))) == ("tip.example/log", "5", 32)
    assert answer.headers["cache-control"] == "no-cache"


def test_tiles_full_and_partial(door: "Door") -> None:
    fill(door, 300)
    full, partial = door.get("/log/tile/0/000"), door.get("/log/tile/0/001.p/44")
    assert (len(full.body), len(partial.body)) == (256 * 32, 44 * 32)
    assert "immutable" in full.headers["cache-control"]
    assert len(door.get("/log/tile/1/000.p/1").body) == 32


def test_entry_bundles_are_opaque(door: "Door") -> None:
    fill(door, 3)
    body = door.get("/log/tile/entries/000.p/3").body
    assert len(body) == 3 * 35
    assert body[:3] == b"\x00\x21\x01"


@pytest.mark.parametrize(
    "path",
    ["tile/0/001", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/000.p/4", "tile/00/000", "tile/64/000",
     "tile/0/0", "tile/0/x000/000", "tile/0/../../vault/log.key", "tile/entries/x999/x999/x999/999",
     "", "checkpoint/", "tile/-1/000", "tile/0/\u0661\u0662\u0663"],
)  # fmt: skip
def test_other_addresses_are_not_there(door: "Door", path: str) -> None:
    fill(door, 3)
    assert door.get(f"/log/{path}").status == 404


def test_only_reading_is_possible(door: "Door") -> None:
    assert door.ask("POST", "/log/checkpoint", b"x").status == 405
    assert door.ask("HEAD", "/log/checkpoint").body == b""
