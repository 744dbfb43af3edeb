"""After a whole journey nothing in the data directory or the output says who was here."""

import datetime as dt
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tipline.interfaces.gateway import sweep_files

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

ADDRESS = "203.0.113.77"
CANARIES = {
    name: f"canary{name}{secrets.token_hex(8)}" for name in ("agent", "referrer", "cookie", "host")
}
WORDS = {
    name: f"canary{name}{secrets.token_hex(8)}" for name in ("text", "contact", "file", "reply")
}


def walk(door: "Door") -> str:
    door.peer = (ADDRESS, 40_123)
    door.headers = {
        "user-agent": CANARIES["agent"],
        "referer": f"https://{CANARIES['referrer']}/",
        "cookie": f"a={CANARIES['cookie']}",
        "host": CANARIES["host"],
        "x-forwarded-for": ADDRESS,
    }
    door.get("/en/")
    door.get("/en/report/")
    parts = [("text", WORDS["text"]), ("contact-name", WORDS["contact"])]
    picture = ("files", f"{WORDS['file']}.png", WORDS["file"].encode() * 5_000, "image/png")
    receipt = door.post_parts("/en/report/", [*parts, picture])
    code = receipt.find_hidden("code")
    door.post_form("/en/status/", {"code": code})
    door.post_form("/en/status/reply/", {"code": code, "text": WORDS["reply"]})
    door.post_form("/en/report/", {"text": ""})
    door.post_json("/api/v1/reports", {"text": WORDS["text"]}, idempotency_key=WORDS["text"])
    door.post_json("/api/v1/reports", b"{broken " + WORDS["text"].encode())
    door.get(f"/{WORDS['text']}/")
    return code


def read_all(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_journey_leaves_no_trace(door: "Door", capfd: pytest.CaptureFixture[str]) -> None:
    code = walk(door)
    kept = read_all(door.settings.data)
    told = "".join(capfd.readouterr()).encode()
    secrets_given = (*CANARIES.values(), *WORDS.values(), ADDRESS, code)
    assert [word for word in secrets_given if word.encode() in kept + told] == []


def test_nobody_else_may_read_the_data(door: "Door") -> None:
    walk(door)
    for path in door.settings.data.rglob("*"):
        others = path.stat().st_mode & 0o077
        assert path.parent.stat().st_mode & 0o077 == 0, path
        assert not others or not path.is_dir(), path


def test_files_of_forms_that_were_never_sent_go(door: "Door") -> None:
    picture = ("files", "a.png", b"picture", "image/png")
    door.post_parts("/en/report/", [("text", ""), picture])
    door.post_parts("/en/report/", [("text", "sent"), picture])
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(days=2)).timestamp()
    for path in door.settings.files_dir.iterdir():
        os.utime(path, (old, old))
    assert sweep_files(door.doorway, now=dt.datetime.now(dt.UTC)) == 1
    assert len(list(door.settings.files_dir.iterdir())) == 1
