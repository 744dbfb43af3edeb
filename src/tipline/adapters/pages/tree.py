"""Reads HTML into plain values with selectolax (lexbor), which mends it as browsers do."""

import re
from typing import Final

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tipline.domain.evidence.content.tree import Element, Tree

ELEMENTS_MAX: Final = 100_000
CHARS_MAX: Final = 5_000_000
_DEPTH_MAX: Final = 100  # what is deeper counts as text of the element at this depth
_SILENT = frozenset(
    {"head", "title", "script", "style", "template", "noscript", "svg", "iframe", "object"}
)
_CLOSED = _SILENT - {"head"}  # what is in them is no part of the page
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "em",
        "font",
        "i",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    ]
)


# The parser takes time in the square of the depth; browsers stop at 512 as well.
_NESTED_MAX = 512
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})[^<>]{0,2000}>")
_NOT_NESTING = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "option",
    ]
)


def _flatten(html: str) -> str:
    """Leave out the tags that open elements deeper than any browser goes."""
    if html.count("<") <= _NESTED_MAX:
        return html
    depth, parts, at = 0, [], 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _NOT_NESTING:
            continue
        if tag[1]:
            depth = max(0, depth - 1)
        elif depth >= _NESTED_MAX:
            parts.append(html[at : tag.start()])
            at = tag.end()
        else:
            depth += 1
    return "".join((*parts, html[at:]))


class LexborReader:
    """Reads pages."""

    def read(self, html: str) -> Tree:
        """Read one page; no page is so broken that it cannot be read."""
        parser = LexborHTMLParser(_flatten(html[:CHARS_MAX].replace("\x00", "\ufffd")))
        root, title = parser.root, parser.css_first("title")
        base = parser.css_first("base[href]")
        written = _Writing()
        if root is not None and root.is_element_node:
            written.write(root, parent=-1, path="html", depth=0)
        return Tree(
            text="".join(written.parts),
            title=" ".join((title.text() if title else "").split()),
            elements=tuple(each.freeze() for each in written.drafts),
            scripts=tuple(each.text() for each in parser.css("script") if each.text()),
            base=(base.attributes.get("href") or "") if base else "",
            is_cut=len(html) > CHARS_MAX or len(written.drafts) >= ELEMENTS_MAX,
        )


class _Draft(Struct):
    number: int
    parent: int
    tag: str
    attributes: dict[str, str]
    path: str
    start: int
    end: int = 0
    last: int = 0
    children: list[int] = []

    def freeze(self) -> Element:
        return Element(
            number=self.number,
            parent=self.parent,
            tag=self.tag,
            attributes=self.attributes,
            path=self.path,
            start=self.start,
            end=self.end,
            last=self.last,
            children=tuple(self.children),
        )


class _Writing:
    """A page as far as it is read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.drafts: list[_Draft] = []
        self.length = 0

    def write(self, node: LexborNode, *, parent: int, path: str, depth: int) -> int:
        """Write an element and all in it; gives its number."""
        tag = node.tag or ""
        if tag not in _INLINE:
            self._break(tag)
        made = _Draft(
            number=len(self.drafts),
            parent=parent,
            tag=tag,
            attributes={name: value or "" for name, value in node.attributes.items()},
            path=path,
            start=self.length,
        )
        self.drafts.append(made)
        if tag not in _CLOSED:
            self._write_inside(node, made, depth=depth)
        made.end, made.last = self.length, len(self.drafts) - 1
        if tag not in _INLINE:
            self._break(tag)
        return made.number

    def _write_inside(self, node: LexborNode, made: _Draft, *, depth: int) -> None:
        if depth >= _DEPTH_MAX:
            self._say(node.text(deep=True))
            return
        place, child = 0, node.child
        while child is not None and len(self.drafts) < ELEMENTS_MAX:
            if child.is_text_node and made.tag not in _SILENT:
                self._say(child.text_content or "")
            elif child.is_element_node:
                place += 1
                path = f"{made.path}>{child.tag}:nth-child({place})"
                number = self.write(child, parent=made.number, path=path, depth=depth + 1)
                made.children.append(number)
            child = child.next

    def _say(self, words: str) -> None:
        said = " ".join(words.split())
        if not said:
            self._space(words)
            return
        if words[0].isspace():
            self._space(words)
        self._add(said)
        if words[-1].isspace():
            self._space(words)

    def _space(self, words: str) -> None:
        if words and self.parts and self.parts[-1][-1] not in " \n":
            self._add(" ")

    def _break(self, tag: str) -> None:
        if self.parts and self.parts[-1][-1] != "\n" and tag not in _SILENT:
            self._add("\n")

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)
