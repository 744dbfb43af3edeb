"""After a whole journey nothing on the disk says from where, with what or by which way one came.

Everybody in this journey, the officer too, comes from an address of their own and sends canaries
as browser, referrer and forwarded address. Then every file of the data directory and every line
that the processes wrote is searched for them, in each form in which they could have been kept;
and so is everything that the vault's records hold, opened with the desk's key.
"""

import json
import re
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from benchmarks.load.reopen import open_records
from benchmarks.load.server import ROOT, Server, plain_environment
from benchmarks.load.status import ask_status, post_json
from tests.faults.spelling import search, spell, spell_address
from tests.faults.visitor import Page, Visitor
from tipline.vault import load_identity_key, open_contact

pytestmark = [pytest.mark.long, pytest.mark.timeout(240)]

REPORTER, OFFICER, FORWARDED = "127.77.66.55", "127.88.99.44", "203.0.113.201"
AGENT = f"CanaryAgent{secrets.token_hex(6)}"
REFERRER = f"canary-referrer-{secrets.token_hex(6)}.example"
SHOWN = f"canary-shown-{secrets.token_hex(6)}"  # this one is kept: it shows that the search finds
HEADERS = {
    "User-Agent": f"Mozilla/5.0 ({AGENT})",
    "Referer": f"https://{REFERRER}/page?from={REFERRER}",
    "X-Forwarded-For": f"{FORWARDED}, {REPORTER}",
    "X-Real-IP": FORWARDED,
    "Forwarded": f"for={FORWARDED}",
    "Via": f"1.1 {REFERRER}",
}
PASSWORD = re.compile(r"shown this once:\s*(\S+)")
WAIT_SECONDS = 40


FORBIDDEN = {
    "agent": list(spell(AGENT)),
    "referrer": list(spell(REFERRER)),
    "reporter's address": list(spell_address(REPORTER)),
    "officer's address": list(spell_address(OFFICER)),
    "forwarded address": list(spell_address(FORWARDED)),
}


def read_everything(server: Server) -> Iterator[tuple[str, bytes]]:
    """Every file of the data directory, what the processes wrote, and what records hold."""
    for path in sorted(server.data.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(server.data)), path.read_bytes()
    yield "log", server.log.read_bytes()
    identity = load_identity_key(server.data / "desk")
    for record in open_records(server.data):
        contact = open_contact(record.contact_box, identity) if record.contact_box else b""
        yield f"record {record.index}", b"\n".join((record.text, record.details, contact))
    store = sqlite3.connect(server.data / "desk" / "desk.db")
    yield "desk.db as text", "\n".join(store.iterdump()).encode()
    store.close()


def wait_for(look: Callable[[], Page], *, until: Callable[[Page], bool]) -> Page:
    end = time.monotonic() + WAIT_SECONDS
    while not until(page := look()) and time.monotonic() < end:
        time.sleep(0.3)
    assert until(page), page.text[-2000:]
    return page


def report(visitor: Visitor) -> str:
    """File a report with pictures through the form, after one that is refused; gives the code."""
    visitor.get("/")
    visitor.get("/zh-hans/help/")
    form = visitor.get("/en/report/").find_form("/report/")
    fields = {**form, "text": f"What happened {SHOWN}", "contact-email": "someone@example.org"}
    fields |= {"subject-0-kind": "link", "subject-0-value": "http://198.51.100.7/pay"}
    pictures = [("files", "chat.png", secrets.token_bytes(90_000)), ("files", "b.png", b"plain")]
    visitor.post_parts("/en/report/", {**fields, "text": " "}, pictures)  # refused: drawn again
    receipt = visitor.post_parts("/en/report/", fields, pictures)
    assert receipt.status == 201
    return receipt.find_form("/status/proof/")["code"]


def call_api(port: int) -> str:
    body = json.dumps(
        {"text": f"through the API {SHOWN}", "contact": "someone@example.org"}
    ).encode()
    status, _, answer = post_json(
        port, "/api/v1/reports", body, headers={**HEADERS, "Idempotency-Key": "k1"}, source=REPORTER
    )
    assert status == 201
    for wrong in (b"{broken", b'{"text": 1}', b'{"text": "x", "nonsense": 2}'):
        post_json(port, "/api/v1/reports", wrong, headers=HEADERS, source=REPORTER)
    post_json(port, "/api/v1/nowhere", b"{}", headers=HEADERS, source=REPORTER)
    return str(answer["receipt_code"])


def employ(server: Server, name: str, role: str) -> str:
    command = [sys.executable, "-m", "tipline.interfaces.cli", "officer", "add", name]
    done = subprocess.run(
        [*command, "--role", role, "--data", str(server.data)],
        capture_output=True, text=True, check=True, cwd=ROOT, env=plain_environment(),
    )  # fmt: skip
    return PASSWORD.search(done.stdout)[1]


def sign_in(officer: Visitor, name: str, password: str) -> None:
    form = officer.get("/login/").find_form("/login/")
    officer.post("/login/", {**form, "login": name, "password": "quite wrong"})
    page = officer.post("/login/", {**form, "login": name, "password": password})
    chosen = secrets.token_urlsafe(16)
    form = page.find_form("/account/password/")
    given = {"oldpassword": password, "password1": chosen, "password2": chosen}
    assert officer.post("/account/password/", {**form, **given}).status == 200


def decide(officer: Visitor) -> None:
    """Take the next report, ask, then decide."""
    queue = wait_for(lambda: officer.get("/queue"), until=lambda page: "/claim" in page.text)
    claim = re.search(r'action="(/reports/\d+)/claim"', queue.text)[1]
    page = officer.post(f"{claim}/claim", queue.find_form(f"{claim}/claim"))
    page = officer.post(
        f"{claim}/ask", {**page.find_form(f"{claim}/ask"), "question": "Which number called you?"}
    )
    page = officer.get(claim)
    choice = re.search(r'name="choice" value="([^"]+)"', page.text)[1]
    words = {"choice": choice, "text": "Closed after a look.", "note": "nothing else"}
    page = officer.post(f"{claim}/decide", {**page.find_form(f"{claim}/decide"), **words})
    if page.status == 200 and "decide" in page.text and 'name="decide"' in page.text:
        officer.post(
            f"{claim}/decide", {**page.find_form(f"{claim}/decide"), **words, "decide": "1"}
        )


def test_a_journey_leaves_no_trace_of_who_came(make_server):
    server: Server = make_server().start()
    server.wait_ready(server.desk_port)
    reporter = Visitor(port=server.public_port, source=REPORTER, headers=HEADERS)
    officer = Visitor(port=server.desk_port, source=OFFICER, headers=HEADERS)
    code = report(reporter)
    api_code = call_api(server.public_port)
    sign_in(officer, "amy", employ(server, "amy", "regional_lead"))
    decide(officer)
    for each in (code, api_code):
        assert ask_status(server.public_port, code=each)[0] == 200
    thread = reporter.post("/en/status/", {"code": code})
    assert thread.status == 200
    reply = thread.find_form("/status/reply/")
    picture = ("files-more", "more.png", secrets.token_bytes(1_000))
    added = reporter.post_parts("/en/status/reply/", {**reply, "text": "More."}, [picture])
    assert added.status == 201
    proof = added.find_form("/status/proof/")
    assert reporter.post("/en/status/proof/", proof).status == 200
    server.stop()
    everything = dict(read_everything(server))
    assert len(everything) > 10
    assert SHOWN.encode() in everything["record 0"]  # the search would find what is there
    found = {
        name: hits for name, content in everything.items() if (hits := search(content, FORBIDDEN))
    }
    assert found == {}
