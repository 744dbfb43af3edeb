"""The published site: what it tells, what it never tells, and that it is put down as a whole."""

import json
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.services.ordering import LINK, SITE, Office, make_draft
from tipline.domain.disposal.measures import Measure, SubjectKind
from tipline.interfaces.published.folder import NotOurs, put_site
from tipline.interfaces.published.log import VERIFIER
from tipline.interfaces.published.site import publish_site
from tipline.services import drafts, measures, orders, supervision
from tipline.settings import Settings
from tipline.store.models import Order
from tipline.vault import load_vkey
from tipline.vault.ledger.checkpoint import read_checkpoint
from tipline.vault.ledger.merkle import TILE_WIDTH
from tipline.vault.ledger.tiles import decode_bundle

ATOM = "{http://www.w3.org/2005/Atom}"
TIP = "我妈妈被这个网站骗了五千元钱，请你们一定查一下这件事情"
Publish = Callable[[], tuple[int, bool]]


class Links(HTMLParser):
    """Collects the links and scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]


@pytest.fixture
def office(db, house, hire) -> Office:
    return Office(house, hire)


@pytest.fixture
def site(tmp_path) -> Path:
    return tmp_path / "web" / "site"


@pytest.fixture
def publish(house, site) -> Publish:
    chosen = Settings(data=house.path, public_url="https://tipline.example")

    def run() -> tuple[int, bool]:
        vkey = load_vkey(house.path / "vault")
        return publish_site(settings=chosen, vault=house.vault, vkey=vkey, output=site)

    return run


def read_all(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def read_links(path: Path) -> Links:
    parser = Links()
    parser.feed(path.read_text("utf-8"))
    return parser


def list_order(office: Office, **changes: object) -> Order:
    order = office.issue(**changes)
    orders.list_order(order=order, is_listed=True, by=office.lead, now=office.now)
    return Order.objects.get(event=order)


def confirm(office: Office, ruling: int) -> None:
    measures.confirm_decision(ruling=ruling, by=office.lead, now=office.now)


def test_a_stranger_finds_what_was_done_about_a_listed_site_in_three_clicks(
    office, publish, site
) -> None:
    order = list_order(office)
    supervision.inspect_order(order=order.event, by=office.lead, now=office.now)
    item = {"kind": "page", "item": "p1", "url": LINK, "subject": ["site", SITE]}
    office.find("compliant", findings=[{**item, "again": "removed"}])
    publish()

    here = site / "index.html"
    for step in ("en/index.html", "orders.html", f"orders/{order.number}.html"):
        assert step in read_links(here).links
        here = here.parent / step
    page = here.read_text("utf-8")
    for told in (SITE, "inspected again", "everything is gone", "removed", "Card form at /pay"):
        assert told in page
    assert f"https://tipline.example/en/report/?order={order.number}" in page
    assert "整改要求" in (site / "zh" / "orders" / f"{order.number}.html").read_text("utf-8")


def test_every_link_is_relative_and_leads_to_a_file_and_no_page_has_a_script(
    office, publish, site
) -> None:
    list_order(office)
    publish()

    pages = list(site.rglob("*.html"))
    assert len(pages) == 13
    for path in pages:
        found = read_links(path)
        assert not found.tags & {"script", "style", "form", "img", "iframe"}
        for link in found.links:
            if link.startswith("https://tipline.example/"):
                assert "/report/" in link
                continue
            parts = urlsplit(link)
            assert not parts.scheme
            assert not parts.path.startswith("/")
            assert not parts.path or (path.parent / parts.path).is_file(), (path, link)


def test_a_second_run_changes_no_byte_and_a_new_step_does(office, publish, site) -> None:
    order = list_order(office)
    count, is_new = publish()
    assert is_new
    before, place = read_all(site), site.stat().st_ino

    assert publish() == (count, False)
    assert (read_all(site), site.stat().st_ino) == (before, place)

    supervision.extend_order(
        order=order.event,
        deadline=office.now + timedelta(days=40),
        reason="Holiday canary",
        by=office.lead,
        now=office.now,
    )
    assert publish() == (count, True)
    assert read_all(site) != before
    assert [each.name for each in site.parent.iterdir()] == ["site"]


def test_nothing_of_a_tip_an_officer_or_a_recipient_goes_out(office, house, publish, site) -> None:
    tip = house.take(TIP)
    ruling = office.decide(
        by=office.lead,
        evidence=(f"inspection:{office.look()}", f"report:{tip}"),
        facts=f"有人说：{TIP}",
    )
    measures.confirm_decision(ruling=ruling, by=office.legal, now=office.now)
    made = drafts.draft_order(
        ruling=ruling,
        draft=make_draft(office.now, recipient="Recipient Canary", demand=f"请处理：{TIP}"),
        by=office.lead,
        now=office.now,
    )
    orders.approve_order(order=made, by=office.legal, now=office.now)
    orders.issue_order(order=made, desk_key=house.desk_key, by=office.legal, now=office.now)
    orders.list_order(order=made, is_listed=True, by=office.lead, now=office.now)
    supervision.extend_order(
        order=made,
        deadline=office.now + timedelta(days=40),
        reason="Reason canary",
        by=office.lead,
        now=office.now,
    )
    publish()

    files = read_all(site)
    assert SITE.encode() in files["data/orders.json"]
    assert SITE.encode() in files["data/statements.jsonl"]
    canaries = (TIP, TIP[4:20], "Recipient Canary", "Reason canary", "Officer ", f"report:{tip}")
    for name, body in files.items():
        for canary in canaries:
            assert canary.encode() not in body, (name, canary)
            assert json.dumps(canary)[1:-1].encode() not in body, (name, canary)


def test_statements_tell_confirmed_decisions_only_and_no_account_by_name(
    office, publish, site
) -> None:
    held = office.decide()
    done = office.decide(
        measure=Measure.ACCOUNT_CLOSED,
        subjects=((SubjectKind.ACCOUNT, "wx-canary"),),
    )
    confirm(office, done)
    publish()

    lines = [
        json.loads(line) for line in (site / "data/statements.jsonl").read_bytes().splitlines()
    ]
    assert [line["id"] for line in lines] == [done]
    assert held != done
    told = lines[0]["statement"]
    assert told["subjects"] == [["account", ""]]
    assert told["articles"] == [["266", "285"]]
    assert told["facts"].startswith("The page asks")


def test_an_order_off_the_register_or_withdrawn_names_nobody(office, publish, site) -> None:
    gone, void = list_order(office), list_order(office)
    orders.list_order(order=gone.event, is_listed=False, by=office.lead, now=office.now)
    supervision.withdraw_order(order=void.event, reason="x", by=office.legal, now=office.now)
    publish()

    told = json.loads((site / "data/orders.json").read_bytes())["orders"]
    assert [(each["number"], each["state"], each["items"]) for each in told] == [
        (void.number, "withdrawn", [])
    ]
    assert not (site / "en" / "orders" / f"{gone.number}.html").exists()
    assert SITE not in (site / "en" / "orders" / f"{void.number}.html").read_text("utf-8")


def test_the_feed_tells_the_newest_step_first(office, publish, site) -> None:
    order = list_order(office)
    publish()

    feed = ET.fromstring((site / "en/feed.atom").read_bytes())  # noqa: S314 - we wrote it
    titles = [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")]
    assert titles == [
        f"{order.number}: The order was put on the public register",
        f"{order.number}: The order was issued",
    ]
    links = [each.find(f"{ATOM}link") for each in feed.iter(f"{ATOM}entry")]
    assert {link.get("href") for link in links if link is not None} == {
        f"orders/{order.number}.html"
    }


def test_the_ledger_is_whole_at_its_checkpoint(db, house, publish, site) -> None:
    house.file_many([f"report number {each}" for each in range(TILE_WIDTH + 3)])
    publish()

    checkpoint = read_checkpoint((site / "log/checkpoint").read_bytes())
    assert checkpoint.size == house.vault.size() == TILE_WIDTH + 3
    assert len((site / "log/tile/0/000").read_bytes()) == TILE_WIDTH * 32
    assert len((site / "log/tile/0/001.p/3").read_bytes()) == 3 * 32
    assert len((site / "log/tile/1/000.p/1").read_bytes()) == 32
    assert len(decode_bundle((site / "log/tile/entries/001.p/3").read_bytes())) == 3
    assert (site / "verify.py").read_bytes() == VERIFIER.read_bytes()


def test_a_folder_that_is_not_ours_is_left_alone(db, publish, site) -> None:
    site.mkdir(parents=True)
    (site / "thesis.txt").write_text("mine", "utf-8")

    with pytest.raises(NotOurs, match="not empty"):
        publish()

    assert read_all(site) == {"thesis.txt": b"mine"}


def test_a_run_that_fails_halfway_leaves_the_old_site(site) -> None:
    put_site(site, [("index.html", b"old")])

    def broken():
        yield "index.html", b"new"
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        put_site(site, broken())

    assert (site / "index.html").read_bytes() == b"old"
    assert [each.name for each in site.parent.iterdir()] == ["site"]


def test_a_run_that_ended_between_its_last_steps_is_made_good(site) -> None:
    put_site(site, [("index.html", b"old")])
    site.rename(site.with_name(".site.before"))

    assert put_site(site, [("index.html", b"old")]) == (1, False)

    assert (site / "index.html").read_bytes() == b"old"
