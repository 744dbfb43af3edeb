"""What holds on every page: language, headers, no cookies, no other sites, markup that reads well."""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.interfaces.conftest import Answer, Door

LANGUAGES = {"en": "en", "zh-hans": "zh-Hans"}
PAGES = ["", "report/", "status/", "help/", "nothing-here/", "leave/"]
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "progress"}


class Outline(HTMLParser):
    """Collects what a page consists of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.refers: list[str] = []
        self.controls: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.headings: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if tag in {"input", "select", "textarea"} and given.get("type") not in {
            "hidden",
            "checkbox",
        }:
            self.controls.append(given)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(tag)
        for name in ("aria-describedby", "aria-labelledby"):
            self.refers += str(given.get(name) or "").split()
        self.links += [str(given[name]) for name in ("href", "src", "action") if given.get(name)]
        assert "style" not in given, "inline style is barred by the policy"
        assert not any(name.startswith("on") for name in given), "inline handlers are barred"


def list_answers(door: "Door", language: str) -> list["Answer"]:
    pages = [door.get(f"/{language}/{page}") for page in PAGES]
    receipt = door.post_form(f"/{language}/report/", {"text": "x"})
    mailbox = door.post_form(f"/{language}/status/", {"code": receipt.find_hidden("code")})
    wrong = door.post_form(f"/{language}/report/", {"loss-0-amount": "x", "contact-name": "y"})
    return [*pages, receipt, mailbox, wrong, door.post_form(f"/{language}/status/", {"code": "x"})]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well(door: "Door", language: str) -> None:
    for answer in list_answers(door, language):
        outline = Outline(answer.text)
        assert f'<html lang="{LANGUAGES[language]}">' in answer.text
        assert len(outline.ids) == len(set(outline.ids))
        assert set(outline.refers) <= set(outline.ids)
        assert {str(each["id"]) for each in outline.controls} <= outline.labels
        assert outline.headings.count("h1") == 1
        assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_keeps_or_leaks_anything(door: "Door", language: str) -> None:
    for answer in list_answers(door, language):
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        for link in Outline(answer.text).links:
            assert link.startswith(("/", "#", "tel:", "data:image/svg+xml", "data:,"))
            assert not link.startswith("//")


def test_every_link_leads_somewhere(door: "Door") -> None:
    for answer in list_answers(door, "en"):
        for link in set(Outline(answer.text).links):
            if link.startswith("/") and "/log/" not in link:
                assert door.get(link.partition("#")[0]).status in {200, 303, 302}, link


@pytest.mark.parametrize(
    ("accepted", "path"),
    [("zh-CN,zh;q=0.9,en;q=0.1", "/zh-hans/"), ("de-DE", "/en/"), ("", "/en/"), ("x" * 9_999, "/en/"),
     ("zh-TW", "/zh-hans/"), ("en;q=0.2, zh;q=0.9", "/zh-hans/"), (",;q=,*", "/en/")],
)  # fmt: skip
def test_the_browser_chooses_the_first_language(door: "Door", accepted: str, path: str) -> None:
    answer = door.get("/", accept_language=accepted)
    assert (answer.status, answer.headers["location"]) == (302, path)


def test_the_other_language_shows_the_same_page(door: "Door") -> None:
    assert 'href="/zh-hans/report/"' in door.get("/en/report/").text
    assert 'href="/en/help/"' in door.get("/zh-hans/help/").text


@pytest.mark.parametrize("path", ["/en/report", "/zh-hans/status"])
def test_a_missing_slash_is_mended(door: "Door", path: str) -> None:
    answer = door.get(path)
    assert (answer.status, answer.headers["location"]) == (302, path + "/")


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "/en//evil.example/", "/fr/", "/en/report/x/", "/%00"],
)
def test_other_addresses_lead_nowhere(door: "Door", path: str) -> None:
    answer = door.get(path)
    assert answer.status == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused(door: "Door", method: str) -> None:
    assert door.ask(method, "/en/report/", b"text=x").status == 405


def test_the_host_header_changes_nothing(door: "Door") -> None:
    door.headers = {"host": "evil.example", "x-forwarded-host": "evil.example"}
    receipt = door.post_form("/en/report/", {"text": "x"})
    assert "evil.example" not in receipt.text
    assert "evil.example" not in door.post_json("/api/v1/reports", {"text": "x"}).text


def test_leaving_clears_and_shows_something_harmless(door: "Door") -> None:
    answer = door.get("/en/leave/")
    assert '"storage"' in answer.headers["clear-site-data"]
    for word in ("report", "Tipline", "crime"):
        assert word not in re.sub(r"<link[^>]*>", "", answer.text)


def test_a_page_that_fails_says_so_kindly(
    door: "Door", monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(**_given: object) -> None:
        raise RuntimeError("the reporter's own words")

    monkeypatch.setattr(door.doorway.work, "make_challenge", fail)
    answer = door.get("/en/report/")
    assert answer.status == 500
    assert "own words" not in answer.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("name", ["site.css", "page.js", "work.js", "icon.svg", "verify.py"])
def test_static_files_are_served_with_care(door: "Door", name: str) -> None:
    answer = door.get(f"/static/public/{name}")
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/static/", "/static/../settings.py", "/static/public/%2e%2e/x"])
def test_nothing_else_is_served(door: "Door", path: str) -> None:
    assert door.get(path).status == 404
