"""What strangers send is text in every field and on every page, and never acts."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.interfaces.desk.conftest import SignIn
from tipline.domain.duties import Role
from tipline.domain.intake.submission import Contact, Loss, Subject
from tipline.services import disposal
from tipline.store.models import Attachment, Event

CORPUS = (
    "<script>alert(1)</script>",
    '<svg onload="alert(1)">',
    "<img src=x onerror=alert(1)>",
    '"><iframe srcdoc="<script>alert(1)</script>">',
    "'\"--></style></script><script>alert(1)</script>",
    '<a href="javascript:alert(1)">here</a>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7|add:7 }} {% load static %} ${7*7} %s%n %(name)s",
    "\u202egpj.exe \u2066x\u2069 微\u200b信\u2060号\ufeff",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=https://evil.example><input name=csrfmiddlewaretoken>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    '<base href="https://evil.example/">',
    "<x style=animation-name:x onanimationstart=alert(1)>",
    "a" + "\u0301" * 5_000,
)
NEVER = {
    "iframe",
    "object",
    "embed",
    "style",
    "base",
    "math",
    "noscript",
    "video",
    "audio",
    "template",
}


class Reader(HTMLParser):
    """Finds what in a page could act."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in NEVER or (tag == "script" and not (told.get("src") or "").startswith("/static/")):
            self.faults.append(tag)
        if tag == "meta" and "http-equiv" in told:
            self.faults.append("meta")
        for name, value in attrs:
            where = (value or "").strip().lower()
            is_away = name in {"href", "src", "action"} and not where.startswith(("/", "#", "?"))
            if name.startswith("on") or name == "style" or is_away:
                self.faults.append(f"{tag} {name}={value}")


def read(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.faults


@pytest.fixture
def hostile(house) -> int:
    everything = "\n".join(CORPUS)
    report = house.file(
        everything,
        region="500000",
        language="zh-hans",
        subjects=tuple(Subject(kind="other", value=each[:400]) for each in CORPUS),
        losses=(Loss(amount="5", currency="CNY", from_=CORPUS[1], to=CORPUS[3]),),
        contact=Contact(name=CORPUS[0], email=CORPUS[1], phone=CORPUS[2], other=CORPUS[3]),
    )
    house.work()
    for number, each in enumerate(CORPUS, start=1):
        Attachment.objects.create(
            report_id=report, record=report, number=number, file_id=f"{number:032x}",
            name=f"{each}.png", type="image/png", size=1, key=bytes(32), sha256="00",
        )  # fmt: skip
    return report


def test_every_page_shows_it_as_text(hostile: int, sign_in: SignIn, house) -> None:
    client = sign_in(Role.INTAKE_OFFICER)
    everything = "\n".join(CORPUS)[:3_000]
    act = {"report": hostile, "by": client.actor, "now": house.now}
    disposal.note_report(**act, text=everything)
    disposal.ask_reporter(**act, question=everything)
    house.work()
    house.reply(hostile, everything, question_id="1")
    house.work()
    words = {"choice": "NO_VIOLATION:no_violation_other", "text": everything, "note": everything}
    page = reverse("report", args=[hostile])
    answers = [
        client.get("/queue"),
        client.get("/queue", {"identifier": CORPUS[0], "region": CORPUS[1]}),
        client.get(page),
        client.post(reverse("decide", args=[hostile]), {**words, "preview": "1"}),
        client.post(reverse("decide", args=[hostile]), {**words, "overrides": "x"}),
        client.post(reverse("contact", args=[hostile]), {"reason": "to ask which bank it was"}),
        client.post(reverse("decide", args=[hostile]), words),
        client.get(page),
        client.get("/events"),
        sign_in(Role.AUDITOR).get("/events"),
    ]
    assert [each.status_code for each in answers] == [
        200,
        200,
        200,
        200,
        422,
        200,
        302,
        200,
        200,
        200,
    ]
    for answer in answers:
        shown = answer.content.decode()
        assert read(shown) == []
        own_words = re.compile(r"<textarea.*?</textarea>|<input[^>]*>", re.DOTALL)
        assert not {"\u202e", "\u2066", "\u200b"} & set(own_words.sub("", shown))
    report = answers[2].content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in report
    assert "{{ 7|add:7 }}" in report
    assert "javascript[:]" in report


def test_the_contact_is_shown_once_and_the_reason_stays(hostile: int, sign_in: SignIn) -> None:
    client = sign_in(Role.INTAKE_OFFICER)
    address = reverse("contact", args=[hostile])
    assert client.post(address, {"reason": "why"}).status_code == 422
    shown = client.post(address, {"reason": "to ask which bank it was"})

    assert "&lt;img src=x onerror=alert(1)&gt;" in shown.content.decode()
    assert b'class="card shown"' not in client.get(reverse("report", args=[hostile])).content
    event = Event.objects.get(kind="contact.revealed")
    assert (event.by_id, "which bank" in event.body) == (client.actor.id, True)


def test_the_audit_holds_none_of_the_reporters_words(house, sign_in: SignIn) -> None:
    report = house.take("卡号 4111111111111111，网址 http://canary-words.example/a")
    lead = sign_in(Role.REGIONAL_LEAD)
    disposal.note_report(report=report, text="canary-note", by=lead.actor, now=house.now)

    shown = sign_in(Role.AUDITOR).get("/events").content.decode()

    assert "report.noted" in shown or "Note written" in shown
    for word in ("4111111111111111", "canary-words", "canary-note"):
        assert word not in shown


def test_an_auditor_opens_a_report_for_a_reason_that_stays(house, sign_in: SignIn) -> None:
    report = house.take("canary-words")
    client = sign_in(Role.AUDITOR)
    page = reverse("report", args=[report])
    assert b"canary-words" not in client.get(page).content

    client.post(reverse("report_open", args=[report]), {"reason": "sample of the month"})

    assert b"canary-words" in client.get(page).content
    assert "sample of the month" in Event.objects.get(kind="report.opened").body


def test_an_administrator_never_sees_a_reporters_words(house, sign_in: SignIn) -> None:
    report = house.take("canary-words")
    client = sign_in(Role.ADMINISTRATOR)
    for path in (
        "/",
        "/events",
        "/quarantine",
        "/staff",
        "/queue",
        reverse("report", args=[report]),
    ):
        assert b"canary-words" not in client.get(path, follow=True).content


def test_every_answer_wears_the_headers(sign_in: SignIn, client) -> None:
    for answer in (client.get("/login/"), client.get("/nowhere"), sign_in().get("/queue")):
        policy = answer["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_search_takes_anything(sign_in: SignIn) -> None:
    client = sign_in()
    for value in ("' OR 1=1--", "%_", "\x00", "NEAR(", '"', "x" * 501):
        assert client.get("/queue", {"identifier": value}).status_code == 200
    assert client.get("/queue?identifier=%ED%A0%BD%FF&region=%00").status_code == 200
    for after in ("-1", "9" * 30, "x", "\uff11", "1;drop"):
        assert client.get("/queue", {"after": after}).status_code == 200
