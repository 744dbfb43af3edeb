"""Whatever a page does, looking at it ends in time, leaves no process and keeps the first answer."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.adapters.capture.hostile import CASES, Case, make_hostile_site, script
from tests.adapters.capture.serving import Site, send, serving
from tipline import wiring
from tipline.domain.evidence.addresses import Endpoint
from tipline.domain.evidence.budget import Budget
from tipline.domain.evidence.looking import Looking
from tipline.domain.evidence.pages import CaptureSummary
from tipline.settings import Settings

pytestmark = [pytest.mark.long, pytest.mark.timeout(90)]
SECONDS_MAX = 30  # the 20 of a page's budget, and a busy machine's starting of Chromium


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = make_hostile_site()
    with serving(made):
        yield made


def look(site: Site, out: Path, path: str, **given: object) -> CaptureSummary:
    given = {"budget": Budget(pages=1, pages_per_second=0), "has_replay": False, **given}
    return wiring.capture_site(
        Settings.read(),
        url=site.url + path,
        out=out,
        looking=Looking(allow=(Endpoint("127.0.0.1", site.port),), **given),  # type: ignore[arg-type]
        clock=lambda: datetime.now(UTC),
        tell=lambda _progress: None,
    )


def list_browsers() -> set[int]:
    """List the processes of browsers that this process started, or that were orphaned."""
    found = set()
    for each in psutil.process_iter(["cmdline", "ppid", "status"]):
        words = " ".join(each.info["cmdline"] or ())
        if "tipline-browser-" in words and each.info["status"] != psutil.STATUS_ZOMBIE:
            found.add(each.pid)
    return found


def wait_for_end(before: set[int]) -> set[int]:
    for _turn in range(50):
        left = list_browsers() - before
        if not left:
            return left
        time.sleep(0.1)
    return left


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.strip("/"))
def test_each_hostile_page_is_bounded_and_kept(case: Case, site: Site, tmp_path: Path) -> None:
    before, began = list_browsers(), time.monotonic()

    (page,) = look(site, tmp_path, case.path).pages

    assert time.monotonic() - began <= SECONDS_MAX
    assert not wait_for_end(before)
    assert page.result in case.results
    assert not case.flags or set(case.flags) & set(page.flags)
    dom = (tmp_path / "pages/0001/dom.html").read_text("utf-8")
    assert not case.kept or case.kept in dom + " ".join(page.dialogs)
    if case.has_record:
        with (tmp_path / "archive/data.warc.gz").open("rb") as file:
            urls = [
                each.rec_headers.get_header("WARC-Target-URI")
                for each in ArchiveIterator(file)
                if each.rec_type == "response"
            ]
        assert site.url + case.path in urls


def test_the_browser_reaches_nothing_inside(tmp_path: Path) -> None:
    inside = Site({}, otherwise=send("secret"))
    with serving(inside):
        port = inside.port
        bait = "".join(
            f'<img src="http://{host}:{port}/{n}">'
            for n, host in enumerate(
                [
                    "127.0.0.1",
                    "127.1",
                    "2130706433",
                    "0x7f.1",
                    "0",
                    "localhost",
                    "[::1]",
                    "[::ffff:127.0.0.1]",
                    "localtest.example",
                    "169.254.169.254",
                ]
            )
        )
        outside = Site(
            {
                "/": send(
                    f"{bait}<iframe src='file:///etc/passwd'></iframe>"
                    f"<iframe src='http://127.0.0.1:{port}/frame'></iframe><script>"
                    f"new WebSocket('ws://127.0.0.1:{port}/ws');"
                    f"navigator.sendBeacon('http://127.0.0.1:{port}/beacon','x');"
                    f"fetch('http://127.0.0.1:{port}/fetch',{{mode:'no-cors'}});"
                    "new RTCPeerConnection({iceServers:[{urls:'stun:127.0.0.1:"
                    f"{port}'}}]}}).createDataChannel('x')</script>"
                ),
                "/redirect": send(status="302 Found", Location=f"http://127.0.0.1:{port}/admin"),
                "/script": script(f"location.href='http://127.0.0.1:{port}/admin'"),
            }
        )
        hosts = {"localtest.example": "127.0.0.1"}
        with serving(outside):
            refused = [
                look(outside, tmp_path / str(n), path, hosts=hosts).refused
                for n, path in enumerate(("/", "/redirect", "/script"))
            ]

    assert inside.asked == []
    assert refused[0] >= 8
    assert all(refused)


def test_a_page_is_shown_recorded_and_shown_again(tmp_path: Path) -> None:
    picture = (
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    )
    picture += b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    shop = Site(
        {
            "/": send(
                "<title>店</title><link rel=stylesheet href=/a.css><p id=x>商品</p>"
                "<div style='height:4000px'></div><img loading=lazy src=/late.gif width=50>"
                "<script src=/a.js></script><a href=/next>n</a>"
            ),
            "/a.css": send("p{color:red}", kind="text/css"),
            "/a.js": send("x.textContent+=' 一'", kind="text/javascript"),
            "/late.gif": send(picture, kind="image/gif"),
        }
    )
    with serving(shop):
        (page,) = look(shop, tmp_path, "/", has_replay=True).pages

    assert page.rendered
    assert page.title == "店"
    assert "商品 一" in (tmp_path / "pages/0001/text.txt").read_text("utf-8")
    assert {"/", "/a.css", "/a.js", "/late.gif"} <= set(shop.asked)
    assert page.replay is not None
    assert page.replay.pixel
    assert page.replay.text
    assert page.replay.missing == 0


def test_different_visitors_seeing_different_things_is_a_signal(site: Site, tmp_path: Path) -> None:
    summary = look(site, tmp_path, "/cloak", profile="both")

    assert "cloaking" in summary.signals


def test_without_a_browser_the_pages_say_so(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings.read(chromium="no-such-browser")
    summary = wiring.capture_site(
        settings,
        url=site.url + "/gb",
        out=tmp_path,
        looking=Looking(
            allow=(Endpoint("127.0.0.1", site.port),), budget=Budget(pages=1, pages_per_second=0)
        ),
        clock=lambda: datetime.now(UTC),
        tell=lambda _progress: None,
    )

    assert not summary.rendered
    assert "apt-get install chromium" in (tmp_path / "run.json").read_text("utf-8")
