"""Reads the pages that an inspection kept in its folder, and writes beside each what is on it.

``pages/0001/`` gets ``items.json``, ``signals.json`` and ``words.txt`` (the text that their offsets
count). Nothing else is changed; doing it again gives the same.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from tipline.adapters.pages.gallery import Gallery
from tipline.domain.evidence.content.claims import Claims
from tipline.domain.evidence.content.findings import ITEM, Findings, Item, Picture
from tipline.domain.evidence.content.items import Seen, join_equal
from tipline.domain.evidence.content.lines import ItemLine, SignalLine
from tipline.domain.evidence.content.reading import PageFindings, read_page
from tipline.domain.evidence.content.tree import Boxes, PageReader, Tree
from tipline.domain.triage.opinion import OffenceReader

_LITTLE_TEXT = 200  # characters; a page that says less may say it in a picture


def read_folder(
    folder: Path,
    *,
    pages: PageReader,
    reader: OffenceReader,
    gallery: Gallery,
    claims: Claims,
) -> Findings:
    """Read all pages of an inspection's working folder.

    Raises:
        ValueError: a page's own ``page.json`` or ``boxes.json`` is not what it should be.

    """
    pictures = gallery.read_archives(folder / "archive")
    items: list[Item] = []
    found: list[PageFindings] = []
    for place in sorted(each.parent for each in (folder / "pages").glob("*/dom.html")):
        seen = _read_kept(place, number=len(found) + 1, pages=pages, pictures=pictures)
        seen = _look_closer(seen, place, gallery)
        read = read_page(seen, claims=claims, reader=reader)
        _write(place, seen, read)
        found.append(read)
        items += read.items
    return Findings(
        items=tuple(join_equal(items)),
        signals=tuple(signal for each in found for signal in each.signals),
        pages=len(found),
        listings=sum(each.kind == ITEM for each in items),
        pictures_read=gallery.texts_read,
        pictures_left=gallery.texts_left,
        model=reader.version,
    )


def _read_kept(
    place: Path, *, number: int, pages: PageReader, pictures: Mapping[str, Picture]
) -> Seen:
    told = _read_json(place / "page.json", {})
    boxes = msgspec.convert(_read_json(place / "boxes.json", {}), Boxes)
    html = (place / "dom.html").read_text("utf-8", errors="replace")
    return Seen(
        number=int(place.name) if place.name.isdigit() else number,
        url=str(told.get("final_url") or told.get("url") or ""),
        tree=pages.read(html),
        boxes=boxes,
        pictures=pictures,
    )


def _read_json(path: Path, otherwise: Any) -> Any:
    if not path.is_file():
        return otherwise
    try:
        return msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError as wrong:
        raise ValueError(f"{path} is no JSON: {wrong}") from wrong


def _look_closer(seen: Seen, place: Path, gallery: Gallery) -> Seen:
    # Pictures that stand in the page itself, and the page's own where it says next to nothing.
    own = {
        address: picture
        for address, data in _list_own(seen.tree)
        if (picture := gallery.read(data)) is not None
    }
    shot = place / "screenshot.png"
    is_mute = len(seen.tree.text.strip()) < _LITTLE_TEXT and shot.is_file()
    return msgspec.structs.replace(
        seen,
        pictures={**seen.pictures, **own} if own else seen.pictures,
        shot=gallery.read(shot.read_bytes()) if is_mute else None,
    )


def _list_own(tree: Tree) -> Iterator[tuple[str, bytes]]:
    for each in tree.list_tags("img"):
        source = each.attributes.get("src", "").strip()
        head, _, coded = source.partition(",")
        if head.startswith("data:image/") and head.endswith(";base64"):
            try:
                yield source, base64.b64decode(coded)
            except binascii.Error:
                continue


def _write(place: Path, seen: Seen, read: PageFindings) -> None:
    (place / "words.txt").write_text(seen.tree.text, "utf-8", errors="replace", newline="\n")
    for name, lines in (
        ("items.json", [ItemLine.make(each) for each in read.items]),
        ("signals.json", [SignalLine.make(each) for each in read.signals]),
    ):
        beside = place / f"{name}.part"
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(lines), indent=1) + b"\n")
        beside.replace(place / name)
