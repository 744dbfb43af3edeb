"""What goes into a vault comes out, proven; the same on every engine."""

import secrets
from hashlib import sha256

import pytest

from tipline.vault import (
    Appended,
    CodeKeys,
    Entry,
    Retry,
    RetryMismatch,
    SealedFile,
    Unit,
    UnitRefused,
    VaultRefusal,
    derive_code_keys,
    open_contact,
    open_holder_box,
    open_message,
    open_record,
)
from tipline.vault.digests import make_entry
from tipline.vault.ledger.checkpoint import verify_checkpoint
from tipline.vault.ledger.merkle import Frontier, split_hashes
from tipline.vault.ledger.note import NoteVerifier
from tipline.vault.ledger.paths import build_root
from tipline.vault.ledger.proof import decode_proof, verify_proof
from tipline.vault.ledger.tiles import decode_bundle

TEXT = "骗子说我的包裹丢了，让我点 http://b.example/x\r\n".encode()


def make_holder() -> CodeKeys:
    return derive_code_keys(secrets.token_hex(10).encode())


def make_report(keys: CodeKeys, **given: object) -> Entry:
    parts = {
        "kind": "report",
        "text": TEXT,
        "box": keys.box,
        "holder_key": keys.holder_key,
        "holder_secret": keys.holder_secret,
    }
    return Entry(**{**parts, **given})


def make_retry(key: bytes = b"", body: bytes = b"body", answer: bytes = b"answer") -> Retry:
    return Retry(key or secrets.token_bytes(16), sha256(body).digest(), answer)


def make_file(file_id: str = "") -> SealedFile:
    return SealedFile(file_id or secrets.token_hex(16), 10, 54, bytes(32))


def append(vault, *entries: Entry, retry: Retry | None = None) -> Appended:
    return vault.append(Unit(entries, retry)).result(10)


def keep_events(vault, count: int) -> Appended:
    return append(vault, *(Entry(kind="event", text=b"%d" % n) for n in range(count)))


def test_a_report_opens_to_exactly_what_was_sent(home):
    vault, keys = home.open(), make_holder()
    file = make_file()
    report = make_report(keys, details=b'{"v":1}', contact=b"me@example.org", files=(file,))
    kept = append(vault, report)
    assert (kept.first_index, kept.count, kept.size, kept.replayed) == (0, 1, 1, False)
    opened = open_record(vault.get(0), home.desk_key)
    assert (opened.kind, opened.text, opened.details) == ("report", TEXT, b'{"v":1}')
    assert (opened.box, opened.holder_key, opened.files) == (keys.box, keys.holder_key, (file,))
    assert open_contact(opened.contact_box, home.identity_key) == b"me@example.org"
    assert vault.has_file(file.file_id)
    assert not vault.has_file("0" * 32)


def test_a_message_opens_for_its_holder_alone(home):
    vault, keys = home.open(), make_holder()
    append(vault, make_report(keys))
    first = vault.get(0)
    append(
        vault,
        Entry(kind="message", box=keys.box, to=keys.holder_key, text=b"done", prev=first.leaf_hash),
    )
    stored = vault.read_box(box=keys.box)[1]
    opened = open_message(stored, keys.private_key)
    assert (opened.text, opened.prev) == (b"done", first.leaf_hash)
    with pytest.raises(VaultRefusal):
        open_message(stored, make_holder().private_key)
    with pytest.raises(VaultRefusal):
        open_record(stored, home.desk_key)


def test_the_code_alone_rebuilds_what_the_proof_needs(home):
    vault, keys = home.open(), make_holder()
    append(vault, make_report(keys, holder_note=b"my own words"))
    note = open_holder_box(vault.get(0), keys.holder_secret)
    opened = open_record(vault.get(0), home.desk_key)
    assert (note.salt, note.prev, note.note) == (opened.salt, opened.prev, b"my own words")
    assert (note.text_sha256, note.details_sha256) == (
        sha256(TEXT).digest(),
        sha256(b"{}").digest(),
    )
    with pytest.raises(VaultRefusal):
        open_holder_box(vault.get(0), make_holder().holder_secret)


def test_entries_of_a_unit_lie_side_by_side(home):
    vault = home.open()
    kept = [
        vault.append(Unit(tuple(Entry(kind="event") for _ in range(n)))) for n in (1, 300, 2, 7)
    ]
    places = [each.result(10) for each in kept]
    assert [(each.first_index, each.count) for each in places] == [
        (0, 1),
        (1, 300),
        (301, 2),
        (303, 7),
    ]
    assert vault.size() == 310


def test_records_are_read_in_order_and_by_box(home):
    vault, keys = home.open(), make_holder()
    keep_events(vault, 5)
    append(vault, make_report(keys))
    keep_events(vault, 5)
    append(vault, make_report(keys, kind="reply"))
    assert [each.index for each in vault.read(after=-1, limit=4)] == [0, 1, 2, 3]
    assert [each.index for each in vault.read(after=9, limit=100)] == [10, 11]
    assert [each.index for each in vault.read_box(box=keys.box)] == [5, 11]
    assert vault.read_box(box=b"") == []
    assert vault.read_box(box=bytes(16)) == []
    assert vault.get(12) is None


def test_every_leaf_has_a_proof_under_the_newest_checkpoint(home):
    vault = home.open()
    for count in (1, 2, 254, 1, 600, 33):
        keep_events(vault, count)
    verifier = home.keys.signer.verifier
    for index in (0, 1, 2, 255, 256, 257, 511, 512, 767, 768, 889, 890):
        proof = decode_proof(vault.build_proof(index=index, extra=b"mine"))
        assert proof.extra == b"mine"
        leaf = vault.get(index).leaf_hash
        checkpoint = verify_proof(proof, leaf_hash=leaf, verifiers=[verifier], origin=verifier.name)
        assert checkpoint.size == 891


def test_the_public_log_adds_up_to_the_checkpoint(home):
    vault = home.open()
    keep_events(vault, 600)
    keep_events(vault, 100)
    verifier = NoteVerifier.read(home.keys.signer.verifier.vkey)
    checkpoint = verify_checkpoint(vault.checkpoint(), [verifier], origin=verifier.name)
    leaves = vault.tile(0, 0) + vault.tile(0, 1) + vault.tile(0, 2, 188)
    frontier = Frontier()
    frontier.append(split_hashes(leaves))
    assert frontier.root() == checkpoint.root
    assert vault.tile(1, 0, 2) is not None
    assert vault.tile(0, 2, 189) is vault.tile(0, 3, 1) is vault.tile(2, 0, 1) is None
    entries = decode_bundle(vault.entries(2, 188))
    assert entries[0] == make_entry(vault.get(512).commitment, vault.get(512).row_digest)
    assert vault.entries(2, 189) is None
    assert build_root(700, vault._hashes) == checkpoint.root


def test_an_empty_vault_says_so(home):
    vault = home.open()
    assert (vault.size(), vault.checkpoint(), vault.read(after=-1, limit=5)) == (0, b"", [])
    assert vault.tile(0, 0, 1) is None
    with pytest.raises(Exception, match="empty"):
        vault.build_proof(index=0)
    assert home.check() == []


def test_the_log_continues_after_closing(home):
    vault = home.open()
    keep_events(vault, 300)
    vault.close()
    vault = home.open()
    assert keep_events(vault, 300).first_index == 300
    assert home.check(with_key=True) == []


def test_the_same_try_again_gives_the_same_answer(home):
    vault, retry = home.open(), make_retry(answer=b"7K3M")
    first = append(vault, Entry(kind="report"), Entry(kind="report"), retry=retry)
    keep_events(vault, 3)
    again = append(vault, Entry(kind="report"), retry=make_retry(retry.key, answer=b"other"))
    assert (again.first_index, again.count, again.answer, again.replayed) == (0, 2, b"7K3M", True)
    vault.close()
    vault = home.open()
    after = append(vault, Entry(kind="report"), retry=make_retry(retry.key, answer=b"other"))
    assert after.answer == first.answer
    assert vault.size() == 5


def test_the_same_try_within_one_commit_gives_one_record(home):
    vault, retry = home.open(), make_retry(answer=b"7K3M")
    tries = [
        Unit((Entry(kind="report"),), make_retry(retry.key, answer=b"%d" % n)) for n in range(20)
    ]
    kept = [each.result(10) for each in [vault.append(unit) for unit in tries]]
    assert {each.answer for each in kept} == {b"0"}
    assert [each.replayed for each in kept].count(False) == 1
    assert vault.size() == 1


def test_a_used_key_with_another_body_is_refused(home):
    vault, retry = home.open(), make_retry()
    waiting = [
        vault.append(Unit((Entry(kind="report"),), each))
        for each in (retry, make_retry(retry.key, body=b"other"))
    ]
    waiting[0].result(10)
    with pytest.raises(RetryMismatch):
        waiting[1].result(10)
    with pytest.raises(RetryMismatch):
        append(vault, Entry(kind="report"), retry=make_retry(retry.key, body=b"third"))
    assert vault.size() == 1


BAD_UNITS = {
    "empty": Unit(()),
    "long": Unit(tuple(Entry(kind="event") for _ in range(1_001))),
    "kind": Unit((Entry(kind="事件"),)),
    "box": Unit((Entry(kind="event", box=b"short"),)),
    "to": Unit((Entry(kind="event", to=b"short"),)),
    "low order key": Unit((Entry(kind="message", to=bytes(32)),)),
    "prev": Unit((Entry(kind="event", prev=b""),)),
    "files": Unit((Entry(kind="event", files=tuple(make_file() for _ in range(101))),)),
    "file id": Unit((Entry(kind="event", files=(make_file("../../etc/passwd"),)),)),
    "double file": Unit((Entry(kind="event", files=(make_file("a"), make_file("a"))),)),
    "file twice": Unit((Entry(kind="event", files=(make_file("b"),)),) * 2),
    "taken file": Unit((Entry(kind="event", files=(make_file("taken"),)),)),
    "retry": Unit((Entry(kind="event"),), Retry(b"", b"", b"")),
}


@pytest.mark.parametrize("name", BAD_UNITS)
def test_a_bad_unit_is_refused_and_its_neighbours_are_kept(home, name):
    vault = home.open()
    append(vault, Entry(kind="event", files=(make_file("taken"),)))
    good = Unit((Entry(kind="event"),))
    before, bad, after = [vault.append(unit) for unit in (good, BAD_UNITS[name], good)]
    assert (before.result(10).first_index, after.result(10).first_index) == (1, 2)
    with pytest.raises(VaultRefusal) as refusal:
        bad.result(10)
    assert isinstance(refusal.value, UnitRefused)
    assert vault.size() == 3
    assert home.check() == []


def test_an_engine_that_fails_leaves_tree_and_disk_in_agreement(home, monkeypatch):
    vault = home.open()
    keep_events(vault, 300)
    engine = vault._owned
    insert = type(next(iter_writing(engine))).insert

    def fail_late(writing, batch):
        insert(writing, batch)
        raise RuntimeError("after the rows, before the commit")

    with monkeypatch.context() as patch:
        patch.setattr(type(next(iter_writing(engine))), "insert", fail_late)
        failed = [vault.append(Unit((Entry(kind="event"),))) for _ in range(3)]
        for each in failed:
            with pytest.raises(UnitRefused):
                each.result(10)
    assert vault.size() == 300
    assert keep_events(vault, 10).first_index == 300
    assert home.check() == []


def iter_writing(engine):
    with engine.write() as writing:
        yield writing
