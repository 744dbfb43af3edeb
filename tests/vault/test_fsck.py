"""One changed byte anywhere is found, and what it is in is named."""

import random
import re
import secrets
import shutil
from hashlib import sha256
from pathlib import Path

import apsw
import pytest

from tipline.vault import Entry, Retry, SealedFile, Unit, derive_code_keys, load_vkey
from tipline.vault.files import FileSealer
from tipline.vault.fsck import Progress, Target, check_vault, vaults

ROW = "record 2: ciphertext or one of its fields was changed"
COMMIT = "commit 2: its key, checkpoint or one of its fields was changed"
NAMED = {
    "record": {
        "idx": "record 2: missing",
        "commit_id": "record 2: commit 10, which it names, does not cover it",
        **dict.fromkeys(("unit_size", "kind", "reader", "box", "holder_key", "keybox"), ROW),
        **dict.fromkeys(("ciphertext", "holder_box", "contact_box", "files"), ROW),
        **dict.fromkeys(("retry_hash", "retry_tag", "answer_box"), ROW),
        "commitment": "record 2: its commitment was changed",
        "row_digest": "record 2: its row digest was changed",
        "leaf_hash": "record 2: its leaf hash was changed",
    },
    "log_commit": {
        "number": "commit 10: it does not follow commit 1",
        **dict.fromkeys(("first_index", "size", "sealed_kek", "digest"), COMMIT),
        "checkpoint": "checkpoint at size 3: signature does not verify",
    },
    "tile": {
        "level": "tile 0 of level 0: missing",
        "number": "tile 0 of level 0: missing",
        "hashes": "tile 0 of level 0: its hashes were changed",
    },
    "file": {
        "file_id": "file [0-9a-f]{32}: not in the table of files",
        "idx": "file [0-9a-f]{32}: record 1026 does not name it",
    },
    "meta": {
        "name": "setting format: is None and not 1",
        "value": "setting format: is 0 and not 1",
    },
}
WHERE = {
    "record": "idx = 2",
    "log_commit": "number = 2",
    "tile": "level = 0",
    "file": "idx = 2",
    "meta": "name = 'format'",
}
BITS = {"idx": 1024}  # far from the other records
CASES = [(table, column) for table, columns in NAMED.items() for column in columns]


@pytest.fixture
def kept(file_home):
    """A closed vault of three commits; record 2 has every part that a record can have."""
    file_home.files_dir.mkdir()
    with FileSealer(file_home.files_dir, limit=1_000) as sealer:
        sealer.write(b"screenshot")
        file = sealer.finish().file
    keys = derive_code_keys(b"0123456789ABCDEFGHJK")
    report = Entry(
        kind="report",
        text=b"words",
        box=keys.box,
        holder_key=keys.holder_key,
        holder_secret=keys.holder_secret,
        contact=b"me",
        files=(file,),
    )
    events = Unit(tuple(Entry(kind="event") for _ in range(300)))
    vault = file_home.open()
    vault.append(Unit(events.entries[:2])).result(10)
    vault.append(Unit((report,), Retry(b"key", sha256(b"").digest(), b"answer"))).result(10)
    vault.append(events).result(10)
    vault.close()
    return file_home


def flip(value: object, bit: int) -> object:
    """One bit of a stored value is another."""
    if isinstance(value, int):
        return value ^ bit
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:]
    assert isinstance(value, bytes)
    place = secrets.randbelow(len(value))
    return value[:place] + bytes([value[place] ^ 1 << secrets.randbelow(8)]) + value[place + 1 :]


def change(where: Path, table: str, column: str) -> None:
    connection = apsw.Connection(str(where))
    find = f"SELECT {column} FROM {table} WHERE {WHERE[table]}"  # noqa: S608 - constants
    update = f"UPDATE {table} SET {column} = ? WHERE {WHERE[table]}"  # noqa: S608 - constants
    connection.execute(update, (flip(connection.execute(find).get, BITS.get(column, 8)),))
    assert connection.changes() == 1
    connection.close()


def test_a_sound_vault_has_no_faults(kept):
    assert kept.check() == kept.check(with_key=True) == []


@pytest.mark.parametrize(("table", "column"), CASES)
def test_one_changed_bit_in_any_column_is_named(kept, table, column):
    change(kept.where, table, column)
    found = [str(fault) for fault in kept.check()]
    assert any(re.match(NAMED[table][column], fault) for fault in found), found
    assert len(found) < 10  # what is wrong is not drowned in what follows from it


def test_the_list_of_cases_covers_every_column(kept):
    connection = apsw.Connection(str(kept.where))
    for table, columns in NAMED.items():
        rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
        assert {row[1] for row in rows} == set(columns)
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    assert {row[0] for row in tables} == set(NAMED)
    connection.close()


def dump(where: Path) -> list[object]:
    """All that the file says; SQLite's error where it says nothing."""
    connection = apsw.Connection(str(where), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in NAMED]  # noqa: S608 - constants
    except (apsw.Error, UnicodeDecodeError) as broken:
        return [type(broken).__name__]
    finally:
        connection.close()


def test_a_changed_byte_of_the_file_is_found_wherever_it_changes_what_is_read(kept):
    sound, spare = dump(kept.where), kept.path / "spare.db"
    shutil.copy(kept.where, spare)
    size, chance = spare.stat().st_size, random.Random(20_310_504)  # noqa: S311 - the same places every time
    changed = 0
    for _ in range(120):
        shutil.copy(spare, kept.where)
        with kept.where.open("r+b") as raw:
            place = raw.seek(chance.randrange(size))
            byte = raw.read(1)
            raw.seek(place)
            raw.write(bytes([byte[0] ^ 1 << chance.randrange(8)]))
        if dump(kept.where) != sound:
            changed += 1
            assert kept.check(), f"byte {place} was changed and nothing found"
    assert changed > 30


def test_rows_taken_out_are_named(kept):
    connection = apsw.Connection(str(kept.where))
    connection.execute("DELETE FROM record WHERE idx IN (5, 302)")
    connection.execute("DELETE FROM log_commit WHERE number = 1")
    connection.close()
    found = [str(fault) for fault in kept.check()]
    assert "record 5: missing" in found
    assert "commit 2: it does not follow commit 0" in found
    assert any(fault.startswith("commit 3: it covers records") for fault in found)


def test_rows_put_in_are_named(kept):
    connection = apsw.Connection(str(kept.where))
    connection.execute(
        "INSERT INTO record SELECT 303, commit_id, unit_size, kind, reader, box, holder_key, keybox,"
        " ciphertext, holder_box, contact_box, files, NULL, retry_tag, answer_box, commitment,"
        " row_digest, leaf_hash FROM record WHERE idx = 5"
    )
    connection.execute("INSERT INTO tile SELECT 0, 1, hashes FROM tile")
    connection.execute("INSERT INTO file VALUES ('f00d', 5)")
    connection.close()
    found = [str(fault) for fault in kept.check()]
    assert found == [
        "record 303: no checkpoint covers it",
        "tile 1 of level 0: it belongs to no leaves",
        "file f00d: record 5 does not name it",
    ]


def test_two_records_that_changed_places_are_named(kept):
    connection = apsw.Connection(str(kept.where))
    for old, new in ((10, -1), (11, 10), (-1, 11)):
        connection.execute("UPDATE record SET idx = ? WHERE idx = ?", (new, old))
    connection.close()
    found = [str(fault) for fault in kept.check()]
    assert "tile 0 of level 0: its hashes were changed" in found
    assert "checkpoint at size 303: its root is not that of the records" in found


def test_sealed_files_are_held_against_their_records(kept):
    (sealed,) = kept.files_dir.iterdir()
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert [str(fault) for fault in kept.check()] == [
        f"file {sealed.name}: its sealed bytes were changed"
    ]
    sealed.unlink()
    assert [str(fault) for fault in kept.check()] == [f"file {sealed.name}: missing"]


def test_another_key_opens_nothing(kept):
    target = Target(kept.where, load_vkey(kept.vault_dir), desk_key=secrets.token_bytes(32))
    found = [str(fault) for fault in check_vault(target, processes=1)]
    assert len(found) == 303
    assert found[0].startswith("record 0: it does not open with the desk's key")


def test_many_processes_find_what_one_finds(kept, monkeypatch):
    monkeypatch.setattr(vaults, "SPAN", 256)
    change(kept.where, "tile", "hashes")
    change(kept.where, "record", "ciphertext")
    target, seen = Target(kept.where, load_vkey(kept.vault_dir)), list[Progress]()
    shared = list(check_vault(target, processes=2, tell=seen.append))
    assert [str(fault) for fault in shared] == [ROW, "tile 0 of level 0: its hashes were changed"]
    assert seen[-1] == Progress(303, 303, 1)
    assert set(shared) == set(check_vault(target, processes=1))


@pytest.mark.long
@pytest.mark.parametrize(("table", "column"), [case for case in CASES if case[0] == "record"])
def test_a_changed_bit_on_the_server_is_named(server_home, table: str, column: str):
    vault = server_home.open()
    report = Entry(
        kind="report",
        box=bytes(15) + b"1",
        holder_key=b"k" * 32,
        holder_secret=b"s" * 32,
        contact=b"me",
        files=(SealedFile("f" * 32, 1, 45, bytes(32)),),
    )
    for unit in ((Entry(kind="event"),) * 2, (report,), (Entry(kind="event"),) * 300):
        retry = Retry(secrets.token_bytes(8), bytes(32), b"answer")
        vault.append(Unit(unit, retry)).result(10)
    with vault._owned.write() as writing:
        ((old,),) = writing.rows(f"SELECT {column} FROM record WHERE idx = 2")  # noqa: S608 - a constant
        new = flip(old, BITS.get(column, 8))
        writing._connection.execute(f"UPDATE record SET {column} = %s WHERE idx = 2", (new,))  # noqa: S608 - a constant
    found = [str(fault) for fault in server_home.check()]
    assert any(re.match(NAMED[table][column], fault) for fault in found), found
