"""What goes wrong around a vault costs nobody what was acknowledged."""

import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import apsw
import psycopg
import pytest

from tipline.vault import (
    Entry,
    Retry,
    Unit,
    VaultForeign,
    VaultFull,
    VaultOwned,
    VaultUnavailable,
    make_keys,
    open_client,
    open_owner,
)

ONE = Unit((Entry(kind="event", text=b"x" * 400),))


def make_unit() -> Unit:
    return Unit(ONE.entries, Retry(secrets.token_bytes(8), bytes(32), secrets.token_bytes(8)))


def fill(vault, limit: int = 20_000) -> tuple[int, int]:
    """Append until the disk is full; gives how many were kept and how many refused."""
    kept = refused = 0
    while not refused and kept < limit:
        for each in [vault.append(make_unit()) for _ in range(50)]:
            try:
                each.result(10)
                kept += 1
            except VaultFull:
                refused += 1
    return kept, refused


def test_a_second_owner_is_refused_and_the_first_goes_on(file_home):
    vault = file_home.open()
    with pytest.raises(VaultOwned, match="another process owns"):
        file_home.open()
    assert vault.append(ONE).result(10)
    vault.close()
    assert file_home.open().size() == 1


def test_another_process_is_refused_too(file_home):
    file_home.open()
    script = (
        "import sys; from pathlib import Path; from tipline.vault import *;"
        "open_owner(Path(sys.argv[1]) / 'vault.db', keys=load_vault_keys(Path(sys.argv[1])))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, file_home.vault_dir], check=False, capture_output=True
    )
    assert b"VaultOwned" in ran.stderr


def test_the_vault_of_another_log_is_refused(home, tmp_path):
    home.open().close()
    make_keys(vault_dir=tmp_path / "v", desk_dir=tmp_path / "d", origin="other.example/log")
    (home.vault_dir / "log.key").write_text((tmp_path / "v" / "log.key").read_text())
    with pytest.raises(VaultForeign, match=r"other\.example"):
        home.open()


def test_a_full_disk_is_told_and_overcome(file_home):
    vault = file_home.open()
    writer = vault._owned._writer
    writer.execute("PRAGMA max_page_count = 200").fetchall()
    kept, refused = fill(vault)
    assert (kept > 50, refused > 0) == (True, True)
    assert vault.size() == kept
    writer.execute("PRAGMA max_page_count = 1000000").fetchall()
    assert vault.append(ONE).result(10).first_index == kept
    assert file_home.check(with_key=True) == []


@pytest.mark.long
def test_a_full_file_system_is_told_and_overcome(make_home, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    options = ["-t", "tmpfs", "-o"]
    mounted = subprocess.run(["mount", *options, "size=3m", "tipline", small], check=False)
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        home = make_home(small / "vault.db")
        vault = home.open()
        kept, refused = fill(vault)
        assert (kept > 50, refused > 0) == (True, True)
        subprocess.run(["mount", *options, "remount,size=64m", "tipline", small], check=True)
        assert vault.append(ONE).result(10).first_index == kept
        assert home.check(with_key=True) == []
        home.close()
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_half_written_commit_is_gone_after_a_kill(file_home):
    script = (
        "import os, sys; from pathlib import Path; from tipline.vault import *;"
        "vault = open_owner(Path(sys.argv[1]) / 'vault.db', keys=load_vault_keys(Path(sys.argv[1])));"
        "unit = Unit((Entry(kind='event'),) * 100);"
        "vault.append(unit).result(); print(vault.size(), flush=True);"
        "[vault.append(unit) for _ in range(20)];"
        "os.kill(os.getpid(), 9)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, file_home.vault_dir], check=False, capture_output=True
    )
    assert ran.stdout.strip() == b"100"
    vault = file_home.open()
    assert vault.size() >= 100
    assert vault.size() % 100 == 0
    assert file_home.check(with_key=True) == []


@pytest.mark.parametrize("table", ["tile", "record", "log_commit"])
def test_a_damaged_ledger_is_not_signed_on(file_home, table):
    vault = file_home.open()
    vault.append(Unit(ONE.entries * 260)).result(10)
    vault.close()
    damage = {
        "tile": "UPDATE tile SET hashes = zeroblob(8192)",
        "record": "DELETE FROM record WHERE idx = 258",
        "log_commit": "UPDATE log_commit SET checkpoint = x'00'",
    }
    with closing(apsw.Connection(str(file_home.where))) as connection:
        connection.execute(damage[table])
    with pytest.raises(VaultUnavailable, match="run fsck"):
        file_home.open()
    assert file_home.check()


def test_files_of_the_vault_are_for_its_user_alone(file_home):
    file_home.open().append(ONE).result(10)
    modes = {path.name: path.stat().st_mode & 0o777 for path in file_home.vault_dir.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert file_home.vault_dir.stat().st_mode & 0o777 == 0o700


def test_a_vault_can_be_read_while_nobody_owns_it(file_home, tmp_path: Path):
    vault = file_home.open()
    vault.append(ONE).result(10)
    vault.close()
    client = open_client(file_home.where, socket_path=tmp_path / "nobody.sock")
    assert client.size() == 1
    with pytest.raises(VaultUnavailable):
        client.append(ONE)
    client.close()


@pytest.mark.long
def test_a_lost_server_connection_is_told_and_made_anew(server_home, server):
    vault = server_home.open()
    kept = {vault.append(make_unit()).result(10).first_index for _ in range(10)}
    told = 0
    for _ in range(10):
        with psycopg.connect(server, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        for each in [vault.append(make_unit()) for _ in range(20)]:
            try:
                kept.add(each.result(10).first_index)
            except VaultUnavailable:
                told += 1
        assert vault.append(make_unit()).result(10)
    assert told > 0
    assert all(vault.get(index) for index in kept)
    assert server_home.check(with_key=True) == []


@pytest.mark.long
def test_a_server_that_is_not_there_is_unavailable(make_home):
    with pytest.raises(VaultUnavailable):
        make_home("postgresql://postgres@127.0.0.1:1/nothing").open()


@pytest.mark.long
def test_a_database_that_cannot_hold_every_language_is_refused(make_home, server):
    name = f"{server.rpartition('/')[2]}_ascii"
    made = f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(made)
        with pytest.raises(VaultUnavailable, match="ENCODING 'UTF8'"):
            make_home(f"{server.rpartition('/')[0]}/{name}").open()
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.long
def test_several_writers_on_one_server_never_fork_the_log(server_home):
    vaults = [open_owner(server_home.where, keys=server_home.keys) for _ in range(3)]
    server_home.opened += vaults
    shared = [make_unit() for _ in range(60)]

    def run(vault) -> list[tuple[int, bytes]]:
        waiting = [vault.append(unit) for own in shared for unit in (own, make_unit())]
        return [(each.result(30).first_index, each.result().answer) for each in waiting]

    with ThreadPoolExecutor(3) as pool:
        kept = list(pool.map(run, vaults))
    assert kept[0][::2] == kept[1][::2] == kept[2][::2]  # a shared retry key: one record
    assert vaults[0].size() == 60 + 3 * 60
    assert server_home.check(with_key=True) == []


@pytest.mark.long
@pytest.mark.parametrize("others", [1, 255, 256, 300, 5_000])
def test_a_writer_follows_what_others_appended(server_home, others):
    first, second = server_home.open(), server_home.open()
    assert first.append(make_unit()).result(10).first_index == 0
    for start in range(0, others, 1_000):
        second.append(Unit(ONE.entries * min(1_000, others - start))).result(30)
    assert first.append(make_unit()).result(10).first_index == others + 1
    assert second.append(make_unit()).result(10).first_index == others + 2
    assert server_home.check(with_key=True) == []


@pytest.mark.long
def test_a_writer_does_not_sign_on_what_was_changed_meanwhile(server_home, server):
    first, second = server_home.open(), server_home.open()
    first.append(ONE).result(10)
    second.append(Unit(ONE.entries * 3)).result(10)
    with psycopg.connect(server, autocommit=True) as other:
        other.execute(
            "UPDATE vault.record SET leaf_hash = decode(repeat('00', 32), 'hex') WHERE idx = 2"
        )
    with pytest.raises(VaultUnavailable, match="run fsck"):
        first.append(ONE).result(10)
    assert second.size() == 4
