"""Takes a page apart into blocks: cards, rows and entries, known by being repeated side by side.

What repeats is found by likeness of structure and not by names of classes, which a site may make up
for each visit. Of nested repetitions (rows of cards, lists in a card) the one is taken whose members
hold nearly all that their parents say.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from tipline.domain.evidence.content.prices import list_price_places
from tipline.domain.evidence.content.tree import Element, Tree, is_any_between

CHARS_LEAST = 6  # that an item must say
_PLAIN_CHARS = 20  # that one without price, picture or link must say
_ALIKE = 0.5  # share of structure that two siblings have in common
_COVERED = 0.7  # share of a block's text that the blocks in it must hold to stand for it
_SHAPES_MAX, _DEPTH = 20, 3
_LEADERS = ("dt", "h2", "h3", "h4", "h5")
_ENTRIES = frozenset({"li", "tr", "dd", "article"})


class Block(Struct, frozen=True):
    """A part of a page: elements ``first``..``last``, text ``start``..``end``."""

    path: str
    first: int
    last: int
    start: int
    end: int


class _Page:
    """A tree with what is asked of it often, and an answer for each block only once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.prices = list_price_places(tree.text)
        self.pictures = [each.number for each in tree.elements if each.tag in {"img", "picture"}]
        self.links = [each.number for each in tree.elements if each.tag in {"a", "button"}]

    def has_worth(self, block: Block) -> bool:
        """Tell whether it has a price, or a picture that one can follow."""
        if is_any_between(self.prices, block.start, block.end):
            return True
        inside = (block.first, block.last + 1)
        return is_any_between(self.pictures, *inside) and is_any_between(self.links, *inside)

    def is_item(self, block: Block) -> bool:
        chars = len(self.tree.text[block.start : block.end].strip())
        if chars < CHARS_LEAST:
            return False
        element = self.tree.elements[block.first]
        is_whole = block.last > block.first or element.tag in _ENTRIES
        return self.has_worth(block) or (chars >= _PLAIN_CHARS and is_whole)


def find_blocks(tree: Tree) -> list[Block]:
    """Find the blocks of a page that may be items, in their order; they never overlap."""
    if not tree.elements:
        return []
    return _explore(_Page(tree), tree.elements[0])


def _explore(page: _Page, element: Element) -> list[Block]:
    children = [page.tree.elements[each] for each in element.children]
    rows = [each for each in _group(page, children) if _is_row_of_items(page, each)]
    led = [] if rows else [each for each in _list_led(children) if page.is_item(each)]
    if len(led) > 1:
        return led
    in_row = {each.number for row in rows for each in row}
    found: list[Block] = []
    for child in children:
        inner = _explore(page, child) if child.children else []
        block = _make_block(child)
        is_item = child.number in in_row and page.is_item(block)
        found += [block] if is_item and not _covers(page, block, inner) else inner
    return found


def _covers(page: _Page, block: Block, inner: Sequence[Block]) -> bool:
    # One block in it is the thing itself in a wrapper; several are things of their own.
    worthy = [each for each in inner if page.has_worth(each)] or inner
    if len(worthy) < 2:
        return False
    said = sum(each.end - each.start for each in worthy)
    return said >= _COVERED * (block.end - block.start)


def _is_row_of_items(page: _Page, group: Sequence[Element]) -> bool:
    items = [block for block in map(_make_block, group) if page.is_item(block)]
    if len(items) >= 3:
        return True
    return len(items) == 2 and all(map(page.has_worth, items))


def _group(page: _Page, children: Sequence[Element]) -> Iterator[list[Element]]:
    groups: list[tuple[str, frozenset[str], list[Element]]] = []
    for child in children:
        shape = _read_shape(page.tree, child)
        for tag, other, members in groups:
            if tag == child.tag and _is_alike(shape, other):
                members.append(child)
                break
        else:
            if len(groups) < _SHAPES_MAX:
                groups.append((child.tag, shape, [child]))
    return (members for _, _, members in groups if len(members) > 1)


def _read_shape(tree: Tree, element: Element) -> frozenset[str]:
    found: set[str] = set()
    row = [(element, "")]
    for _ in range(_DEPTH):
        row = [
            (tree.elements[child], f"{path}/{tree.elements[child].tag}")
            for each, path in row
            for child in each.children[:50]
        ][:500]
        found.update(path for _, path in row)
    return frozenset(found)


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return one == other or len(one & other) >= _ALIKE * len(one | other)


def _list_led(children: Sequence[Element]) -> list[Block]:
    # dt dd dt dd, or h3 p p h3 p: each begins with its leader.
    for leader in _LEADERS:
        places = [place for place, each in enumerate(children) if each.tag == leader]
        if len(places) > 1 and all(later - place > 1 for place, later in pairwise(places)):
            ends = (*(place - 1 for place in places[1:]), len(children) - 1)
            return [
                _join(children[place], children[end])
                for place, end in zip(places, ends, strict=True)
            ]
    return []


def _join(first: Element, last: Element) -> Block:
    return Block(first.path, first.number, last.last, first.start, max(first.end, last.end))


def _make_block(element: Element) -> Block:
    return _join(element, element)
