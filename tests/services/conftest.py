"""A vault on SQLite for services that put things into it or read from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tipline.vault import OwnedVault, load_vault_keys, make_keys, open_owner


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    """Directories of vault and desk, with their keys."""
    vault_dir, desk_dir = tmp_path / "vault", tmp_path / "desk"
    make_keys(vault_dir=vault_dir, desk_dir=desk_dir, origin="tip.example/log")
    return vault_dir, desk_dir


@pytest.fixture
def vault(homes: tuple[Path, Path]) -> Iterator[OwnedVault]:
    """A vault of the test's own, open."""
    opened = open_owner(homes[0] / "vault.db", keys=load_vault_keys(homes[0]))
    yield opened
    opened.close()
