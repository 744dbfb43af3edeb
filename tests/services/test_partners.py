"""Partner keys: shown once, kept as hashes, gone at once."""

from pathlib import Path

import pytest

from tipline.interfaces.doorway.partners import LOOK_SECONDS, PartnerBook, PartnerUnknown
from tipline.services.partners import (
    NAME_CHARS_MAX,
    PARTNERS_FILE,
    PartnerRefused,
    add_partner,
    find_partner,
    list_partners,
    remove_partner,
)


def scope(key: str) -> dict[str, object]:
    return {"headers": [(b"authorization", key.encode("latin-1"))] if key else []}


def test_a_key_is_known_and_not_kept(tmp_path: Path) -> None:
    key = add_partner(vault_dir=tmp_path, name="中国电信")
    assert find_partner(list_partners(vault_dir=tmp_path), key=key) == "中国电信"
    assert key not in (tmp_path / PARTNERS_FILE).read_text()
    assert (tmp_path / PARTNERS_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", ["", "tip_", "x" * 9_999, "é", "\udcff"])
def test_other_keys_are_nobodys(tmp_path: Path, key: str) -> None:
    add_partner(vault_dir=tmp_path, name="a")
    assert find_partner(list_partners(vault_dir=tmp_path), key=key) == ""


@pytest.mark.parametrize("name", ["", "  ", "a" * (NAME_CHARS_MAX + 1), "taken"])
def test_names_are_refused(tmp_path: Path, name: str) -> None:
    add_partner(vault_dir=tmp_path, name="taken")
    with pytest.raises(PartnerRefused):
        add_partner(vault_dir=tmp_path, name=name)


def test_nobody_is_not_removed(tmp_path: Path) -> None:
    with pytest.raises(PartnerRefused):
        remove_partner(vault_dir=tmp_path, name="nobody")


def test_the_book_follows_the_file(tmp_path: Path) -> None:
    book = PartnerBook(vault_dir=tmp_path)
    with pytest.raises(PartnerUnknown):
        book.name_sender(scope("Bearer x"), now=0.0)
    key = add_partner(vault_dir=tmp_path, name="a")
    assert book.name_sender(scope(f"bearer  {key} "), now=LOOK_SECONDS) == "a"
    remove_partner(vault_dir=tmp_path, name="a")
    assert book.name_sender(scope(f"Bearer {key}"), now=LOOK_SECONDS + 0.5) == "a"
    with pytest.raises(PartnerUnknown):
        book.name_sender(scope(f"Bearer {key}"), now=2 * LOOK_SECONDS)
    assert book.name_sender(scope(""), now=9.0) == ""


@pytest.mark.parametrize("shown", ["Basic eA==", "Bearer", "tip_x"])
def test_another_scheme_is_refused(tmp_path: Path, shown: str) -> None:
    with pytest.raises(PartnerUnknown):
        PartnerBook(vault_dir=tmp_path).name_sender(scope(shown), now=0.0)
