"""A whole working folder: pages, boxes, pictures out of a web archive; what is written beside."""

import base64
import io
import json
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tipline.adapters.pages import Gallery, LexborReader, read_folder
from tipline.adapters.pictures import PillowReader
from tipline.domain.evidence.content.claims import make_claims
from tipline.domain.evidence.content.findings import Findings
from tipline.domain.evidence.content.lines import ItemLine, SignalLine
from tipline.domain.triage.opinion import Unread

HOST = "http://market.example"
LISTED = ("儿童自行车 ¥120", "高压气枪 铅弹 ¥1800 微信：seller_77", "二手书架 ¥60")


def draw(shade: int) -> bytes:
    out = io.BytesIO()
    picture = Image.radial_gradient("L").rotate(shade * 20).crop((0, 0, 200, 150))
    picture.save(out, "PNG")
    return out.getvalue()


def write_archive(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number in range(3):
            headers = StatusAndHeaders(
                "200 OK", [("Content-Type", "image/png")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                f"{HOST}/p/{number}.png",
                "response",
                payload=io.BytesIO(draw(number)),
                http_headers=headers,
            )
            writer.write_record(record)
            record.raw_stream.close()


def write_page(folder: Path, *, number: int, html: str, boxes: object = None) -> None:
    place = folder / "pages" / f"{number:04}"
    place.mkdir(parents=True)
    (place / "dom.html").write_text(html, "utf-8")
    (place / "page.json").write_text(json.dumps({"url": HOST, "final_url": f"{HOST}/{number}/"}))
    if boxes is not None:
        (place / "boxes.json").write_text(json.dumps(boxes))


def list_goods() -> str:
    rows = "".join(
        f"<li><img src='/p/{n}.png'><a href='/i/{n}'>{text}</a></li>"
        for n, text in enumerate(LISTED)
    )
    return f"<title>集市</title><body><ul>{rows}</ul><p>禁止出售枪支</p></body>"


def read(folder: Path) -> Findings:
    return read_folder(
        folder,
        pages=LexborReader(),
        reader=Unread(),
        gallery=Gallery(PillowReader(seeks_text=False)),
        claims=make_claims(),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_archive(tmp_path / "archive" / "data.warc.gz")
    path = "html>body:nth-child(2)>ul:nth-child(1)>li:nth-child(2)"
    write_page(tmp_path, number=1, html=list_goods(), boxes={path: [8, 40, 600, 30]})
    write_page(tmp_path, number=2, html=list_goods())
    return tmp_path


def test_one_listing_among_others_is_found_once_with_all_its_places(folder: Path) -> None:
    found = read(folder)

    (item,) = found.flagged
    assert [each.code for each in item.offences] == ["IL-WEAPON"]
    assert item.place.box == (8, 40, 600, 30)
    assert ("wechat", "seller_77") in item.identifiers
    assert [each.page for each in item.others] == [2]
    assert len(item.images) == 1
    assert found.pages == 2
    assert found.listings == 6


def test_what_was_found_lies_beside_each_page_and_says_where(folder: Path) -> None:
    read(folder)

    place = folder / "pages" / "0001"
    lines = msgspec.json.decode((place / "items.json").read_bytes(), type=list[ItemLine])
    words = (place / "words.txt").read_text("utf-8")
    flagged = next(each for each in lines if each.offences)
    assert flagged.confidence > 0
    assert "气枪" in words[flagged.start : flagged.end]
    code, _, ((_, _, start, end), *_) = flagged.offences[0]
    assert code == "IL-WEAPON"
    assert flagged.excerpt[start:end] == "气枪"
    assert flagged.identity.images == tuple(flagged.looks)
    assert msgspec.json.decode((place / "signals.json").read_bytes(), type=list[SignalLine]) == []


def test_doing_it_again_changes_nothing(folder: Path) -> None:
    first = read(folder), (folder / "pages" / "0001" / "items.json").read_bytes()

    assert first == (read(folder), (folder / "pages" / "0001" / "items.json").read_bytes())


def test_an_archive_cut_short_gives_what_is_whole(folder: Path) -> None:
    path = folder / "archive" / "data.warc.gz"
    path.write_bytes(path.read_bytes()[:-400])

    assert len(Gallery(PillowReader(seeks_text=False)).read_archives(path.parent)) >= 1


def test_a_picture_in_the_page_itself_is_read(tmp_path: Path) -> None:
    coded = base64.b64encode(draw(1)).decode()
    write_page(tmp_path, number=1, html=f"<body><img src='data:image/png;base64,{coded}'>x")

    assert len(read(tmp_path).items[-1].images) == 1


def test_a_broken_page_file_is_refused_by_name(tmp_path: Path) -> None:
    write_page(tmp_path, number=1, html="x")
    (tmp_path / "pages" / "0001" / "page.json").write_text("{")

    with pytest.raises(ValueError, match=r"page\.json is no JSON"):
        read(tmp_path)
