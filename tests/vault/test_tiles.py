"""Tile paths and bundles: the spellings that c2sp.org/tlog-tiles gives, and no others."""

import pytest
from hypothesis import given, strategies as st

from tipline.vault.ledger.refusals import TileRefused
from tipline.vault.ledger.tiles import (
    BundlePath,
    TilePath,
    decode_bundle,
    encode_bundle,
    format_tile_path,
    get_tile_width,
    parse_tile_path,
)

NEARLY = r"tile/(0?[0-6]|entries)/(x?[0-9]{3}/){0,2}[0-9]{2,4}(\.p/[0-9]{1,3})?"
NUMBERS = st.integers(0, 10**15 - 1)
WIDTHS = st.integers(1, 256)
PATHS = st.builds(TilePath, st.integers(0, 5), NUMBERS, WIDTHS) | st.builds(
    BundlePath, NUMBERS, WIDTHS
)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("tile/0/000", TilePath(0, 0)),
        ("tile/0/x001/x234/067", TilePath(0, 1_234_067)),
        ("tile/0/273.p/112", TilePath(0, 273, 112)),
        ("tile/5/001.p/1", TilePath(5, 1, 1)),
        ("tile/entries/x001/000", BundlePath(1_000)),
        ("tile/entries/000.p/255", BundlePath(0, 255)),
    ],
)
def test_paths_are_spelled_as_the_format_says(path: str, where: TilePath | BundlePath):
    assert parse_tile_path(path) == where
    assert format_tile_path(where) == path


@given(PATHS)
def test_every_path_is_read_back(where: TilePath | BundlePath):
    assert parse_tile_path(format_tile_path(where)) == where


@given(st.from_regex(NEARLY, fullmatch=True) | st.text())
def test_only_the_one_right_spelling_is_read(path: str):
    try:
        where = parse_tile_path(path)
    except TileRefused:
        return
    assert format_tile_path(where) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile",
        "/tile/0/000",
        "tile/0/000/",
        "tile/6/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/999",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/\u0660\u0660\u0660",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/entry/000",
        "tile/0/x001/x001/x001/x001/x001/001",
    ],
)
def test_any_other_path_names_no_tile(path: str):
    with pytest.raises(TileRefused):
        parse_tile_path(path)


@pytest.mark.parametrize(
    "where",
    [TilePath(6, 0), TilePath(-1, 0), TilePath(0, -1), TilePath(0, 0, 0), BundlePath(0, 257)],
)
def test_a_tile_that_no_tree_has_is_not_spelled(where: TilePath | BundlePath):
    with pytest.raises(TileRefused):
        format_tile_path(where)


def test_widths_are_those_of_the_formats_example():
    size = 70_000
    assert get_tile_width(0, 272, size) == 256
    assert get_tile_width(0, 273, size) == 112
    assert get_tile_width(0, 274, size) == 0
    assert (get_tile_width(1, 0, size), get_tile_width(1, 1, size)) == (256, 17)
    assert (get_tile_width(2, 0, size), get_tile_width(3, 0, size)) == (1, 0)
    assert (get_tile_width(0, 0, 256), get_tile_width(1, 0, 256)) == (256, 1)


@given(st.integers(0, 2**40))
def test_the_widths_of_a_level_add_up_to_its_hashes(size: int):
    for level in range(6):
        count = size >> 8 * level
        full, width = divmod(count, 256)
        assert get_tile_width(level, full, size) == width
        assert not full or get_tile_width(level, full - 1, size) == 256
        assert get_tile_width(level, full + 1, size) == 0


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_bundles_are_read_back_and_never_cut(entries: list[bytes]):
    bundle = encode_bundle(entries)
    assert decode_bundle(bundle) == entries
    if entries:
        with pytest.raises(TileRefused):
            decode_bundle(bundle[:-1])


def test_an_entry_too_long_for_its_length_is_refused():
    assert decode_bundle(encode_bundle([bytes(65_535)])) == [bytes(65_535)]
    with pytest.raises(TileRefused):
        encode_bundle([bytes(65_536)])
