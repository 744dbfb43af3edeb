"""A site is walked without a browser, kept, and walked on after a kill."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import json
from warcio.archiveiterator import ArchiveIterator

from tests.adapters.capture.serving import Site, send, serving
from tipline import wiring
from tipline.domain.evidence.addresses import Endpoint
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.looking import Looking
from tipline.domain.evidence.pages import CaptureSummary, Progress
from tipline.domain.evidence.targets import UrlRefused
from tipline.settings import Settings

HOME = '<title>店</title><a href="/a">a</a><a href="/private">p</a><a href="/x.apk">app</a>'


def make_site() -> Site:
    return Site(
        {
            "/": send(HOME),
            "/a": send('<a href="/b">b</a><script>x</script> 商品'),
            "/b": send("末页", status="500 Oops"),
            "/private": send("secret"),
            "/robots.txt": send("User-agent: *\nDisallow: /private", kind="text/plain"),
            "/x.apk": send(b"PK\3\4", kind="application/vnd.android.package-archive"),
        }
    )


def capture(site: Site, out: Path, path: str = "/", **given: object) -> CaptureSummary:
    given = {"budget": Budget(pages_per_second=0), "has_browser": False, **given}
    seen: list[Progress] = []
    return wiring.capture_site(
        Settings.read(),
        url=site.url + path,
        out=out,
        looking=Looking(allow=(Endpoint("127.0.0.1", site.port),), **given),  # type: ignore[arg-type]
        clock=lambda: datetime.now(UTC),
        tell=seen.append,
    )


def test_a_site_is_walked_and_kept(tmp_path: Path) -> None:
    site = make_site()
    with serving(site):
        summary = capture(site, tmp_path)

    results = {each.url.removeprefix(site.url): each.result for each in summary.pages}
    assert results == {
        "/": "not_rendered",
        "/a": "not_rendered",
        "/private": "robots",
        "/b": "not_rendered",
    }
    assert not summary.rendered
    assert "/private" not in site.asked
    assert summary.signals == ("robots",)
    (download,) = summary.downloads
    assert (tmp_path / "downloads" / f"{download.sha256}.bin").read_bytes() == b"PK\3\4"
    assert (tmp_path / "pages/0001/dom.html").read_text() == HOME
    assert "x" not in (tmp_path / "pages/0002/text.txt").read_text().split()
    assert json.decode((tmp_path / "pages/0001/page.json").read_bytes())["title"] == "店"
    assert list_archived(tmp_path, site) == ["/robots.txt", "/", "/x.apk", "/a", "/b"]


def list_archived(folder: Path, site: Site) -> list[str]:
    with (folder / "archive/data.warc.gz").open("rb") as file:
        return [
            each.rec_headers.get_header("WARC-Target-URI").removeprefix(site.url)
            for each in ArchiveIterator(file, check_digests="raise")
            if each.rec_type == "response" and each.content_stream().read() is not None
        ]


def test_a_reason_opens_what_robots_close(tmp_path: Path) -> None:
    site = make_site()
    with serving(site):
        summary = capture(site, tmp_path, ignore_robots="order 12")

    assert "/private" in site.asked
    assert summary.result == "complete"
    assert json.decode((tmp_path / "run.json").read_bytes())["ignore_robots"] == "order 12"


def test_a_killed_walk_goes_on(tmp_path: Path) -> None:
    site = make_site()
    with serving(site):
        whole = capture(site, tmp_path)
        journal = tmp_path / "journal.jsonl"
        first, *_others = journal.read_bytes().splitlines(keepends=True)
        journal.write_bytes(first + b'{"page":{"numb')
        with (tmp_path / "archive/data.warc.gz").open("ab") as file:
            file.write(b"half of a record")
        site.asked.clear()
        again = capture(site, tmp_path)

    assert "/" not in site.asked
    assert [each.url for each in again.pages] == [each.url for each in whole.pages]
    assert list_archived(tmp_path, site) == [
        "/robots.txt",
        "/",
        "/x.apk",
        "/robots.txt",
        "/a",
        "/b",
    ]
    assert len((tmp_path / "downloads.jsonl").read_bytes().splitlines()) == 1
    assert len(re.findall(b'"url"', journal.read_bytes())) > 4


@pytest.mark.parametrize(
    ("place", "result"),
    [
        ("http://127.0.0.1:9/", "refused:port"),
        ("http://127.0.0.1:9999/", "refused:not_public"),
        ("http://localhost:9999/", "refused:local_name"),
        ("file:///etc/passwd", "refused:scheme"),
        ("/loop", "refused:redirects"),
    ],
)
def test_redirections_lead_nowhere_else(tmp_path: Path, place: str, result: str) -> None:
    site = Site({"/loop": send(status="302 Found", Location=place)})
    with serving(site):
        summary = capture(site, tmp_path, path="/loop")

    assert summary.result == result
    assert summary.refused == 1


def test_what_is_no_address_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UrlRefused):
        wiring.capture_site(
            Settings.read(),
            url="file:///etc/passwd",
            out=tmp_path,
            looking=Looking(),
            clock=lambda: datetime.now(UTC),
            tell=print,
        )
