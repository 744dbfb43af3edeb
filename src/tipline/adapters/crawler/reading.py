"""What a page says and where it leads, without a browser."""

import re
from urllib.parse import urljoin

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from tipline.domain.evidence.browser import Link

LINKS_MAX = 2_000
_TEXT_MAX = 2_000_000
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,30})""", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# https://encoding.spec.whatwg.org: browsers read these labels as their larger sisters.
_SISTERS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "ascii": "cp1252"}


class Read(Struct, frozen=True):
    """A document as read without a browser."""

    dom: str
    title: str
    text: str
    links: tuple[Link, ...]


def read_document(body: bytes, *, url: str, content_type: str = "") -> Read:
    """Read an HTML document whatever state it is in."""
    dom = decode(body, content_type=content_type)
    tree = LexborHTMLParser(dom)
    title = tree.css_first("title")
    links = [
        Link(_join(url, node.attributes.get("href") or ""), node.text(strip=True)[:200])
        for node in tree.css("a[href], area[href]")[:LINKS_MAX]
    ]
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    words = tree.body.text(separator="\n", strip=True) if tree.body else ""
    name = title.text(strip=True)[:500] if title else ""
    return Read(dom, name, words[:_TEXT_MAX], tuple(links))


def decode(body: bytes, *, content_type: str = "") -> str:
    """Decode as browsers do: mark, header, declaration, then UTF-8, then GB 18030."""
    for mark, coding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(coding, "replace")
    told = re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)
    declared = _DECLARED.search(body[:4_096])
    for name in (told and told[1], declared and declared[1].decode()):
        if name:
            try:
                return body.decode(_SISTERS.get(name.lower(), name), "replace")
            except LookupError:
                continue
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(body)


def _guess(body: bytes) -> str:
    try:
        return body.decode("gb18030")
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace")


def _join(url: str, place: str) -> str:
    try:
        return urljoin(url, place.strip())
    except ValueError:
        return place
