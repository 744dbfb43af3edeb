"""A page as plain values: its text, and its elements in the order in which they begin."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

Box = tuple[int, int, int, int]  # x, y, width, height on the page's picture, in pixels
Boxes = Mapping[str, Box]  # of an element's path


class Element(Struct, frozen=True, kw_only=True):
    """One element: what it is, where it stands, and which elements are in it.

    ``path`` is a CSS selector that leads to it alone. Its text is ``start``..``end`` of the page's
    text; it and all in it are the elements ``number``..``last``. ``children`` are numbers.
    """

    number: int
    parent: int  # -1: none
    tag: str
    attributes: Mapping[str, str]
    path: str
    start: int
    end: int
    last: int
    children: tuple[int, ...] = ()


class Tree(Struct, frozen=True, kw_only=True):
    """A page: ``title`` and ``scripts`` (the words of scripts in it) stand beside its text."""

    text: str
    title: str
    elements: tuple[Element, ...]
    scripts: tuple[str, ...] = ()
    base: str = ""  # what links are relative to, where the page says so
    is_cut: bool = False  # it has more elements than are read

    def list_tags(self, *tags: str, within: Element | None = None) -> Iterator[Element]:
        """List the elements of these tags, all or those in ``within``."""
        among = self.elements[within.number : within.last + 1] if within else self.elements
        return (each for each in among if each.tag in tags)

    def read(self, element: Element) -> str:
        """Give the text of an element."""
        return self.text[element.start : element.end].strip()


class PageReader(Protocol):
    """Reads pages."""

    def read(self, html: str) -> Tree:
        """Read one page; no page is so broken that it cannot be read."""
        ...


def is_any_between(places: Sequence[int], start: int, end: int) -> bool:
    """Tell whether one of the sorted ``places`` lies in ``start``..``end``, without the end."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def join_boxes(boxes: Sequence[Box]) -> Box | None:
    """Give the least box around all, nothing around none."""
    if not boxes:
        return None
    left, top = min(each[0] for each in boxes), min(each[1] for each in boxes)
    right, bottom = (
        max(each[0] + each[2] for each in boxes),
        max(each[1] + each[3] for each in boxes),
    )
    return (left, top, right - left, bottom - top)
