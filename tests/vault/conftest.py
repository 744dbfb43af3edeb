"""A vault of one's own for a test, on the file engine and on the server."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tipline.vault import (
    OpeningKey,
    OwnedVault,
    VaultKeys,
    load_desk_key,
    load_identity_key,
    load_vault_keys,
    load_vkey,
    make_keys,
    open_owner,
)
from tipline.vault.fsck import Fault, Target, check_vault

ORIGIN = "tipline.example/log"
SERVER = os.environ.get("TIPLINE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


@dataclass
class Home:
    """One Tipline's vault: its place, its keys, and whatever was opened of it."""

    path: Path
    where: Path | str
    opened: list[OwnedVault] = field(default_factory=list)

    @property
    def vault_dir(self) -> Path:
        return self.path / "vault"

    @property
    def files_dir(self) -> Path:
        return self.vault_dir / "files"

    @property
    def keys(self) -> VaultKeys:
        return load_vault_keys(self.vault_dir)

    @property
    def desk_key(self) -> OpeningKey:
        return load_desk_key(self.path / "desk")

    @property
    def identity_key(self) -> OpeningKey:
        return load_identity_key(self.path / "desk")

    def open(self, **options: int) -> OwnedVault:
        vault = open_owner(self.where, keys=self.keys, **options)
        self.opened.append(vault)
        return vault

    def check(self, *, with_key: bool = False) -> list[Fault]:
        target = Target(
            self.where,
            load_vkey(self.vault_dir),
            self.files_dir if self.files_dir.is_dir() else None,
            self.desk_key.private if with_key else b"",
        )
        return list(check_vault(target, processes=1))

    def close(self) -> None:
        for vault in self.opened:
            with suppress(OSError):  # its lock was let go of already
                vault.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a database of this run's own on the PostgreSQL server."""
    try:
        admin = psycopg.connect(SERVER + "/postgres", autocommit=True, connect_timeout=5)
    except psycopg.OperationalError:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server answers, and CI must not pass without one")
        pytest.skip("no PostgreSQL server answers")
    name = f"tipline_vault_{secrets.token_hex(4)}"
    with admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield f"{SERVER}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def make_home(tmp_path: Path) -> Iterator[Callable[[Path | str], Home]]:
    homes: list[Home] = []

    def make(where: Path | str = "") -> Home:
        path = tmp_path / f"home{len(homes)}"
        make_keys(vault_dir=path / "vault", desk_dir=path / "desk", origin=ORIGIN)
        homes.append(Home(path, where or path / "vault" / "vault.db"))
        return homes[-1]

    yield make
    for home in homes:
        home.close()


@pytest.fixture
def file_home(make_home: Callable[..., Home]) -> Home:
    """A vault on SQLite."""
    return make_home()


@pytest.fixture
def server_home(make_home: Callable[..., Home], server: str) -> Home:
    """A vault on PostgreSQL."""
    with psycopg.connect(server, autocommit=True) as fresh:
        fresh.execute("DROP SCHEMA IF EXISTS vault CASCADE")
    return make_home(server)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.long)])
def home(request: pytest.FixtureRequest) -> Home:
    """The same test on both engines."""
    found: Home = request.getfixturevalue(
        "file_home" if request.param == "sqlite" else "server_home"
    )
    return found
