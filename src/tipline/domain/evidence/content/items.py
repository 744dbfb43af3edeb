"""Makes the items of a page from its blocks, and the page itself from what is left."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.evidence.content.findings import EXCERPT_CHARS, ITEM, PAGE, Item, Picture, Place
from tipline.domain.evidence.content.identity import identify
from tipline.domain.evidence.content.prices import list_prices
from tipline.domain.evidence.content.segments import Block, find_blocks
from tipline.domain.evidence.content.tree import Box, Boxes, Element, Tree, join_boxes
from tipline.domain.evidence.content.wares import find_wares
from tipline.domain.triage.opinion import Ground, Guess
from tipline.domain.triage.scan import ASIDE, scan

# By these people reach each other: they tell who offers. A domain or a shipment number does not.
CONTACTS = frozenset(
    {"phone_mobile", "phone_landline", "phone_abroad", "phone_hidden", "wechat", "qq", "telegram",
     "whatsapp", "email", "crypto", "pay_account", "bank_card"}
)  # fmt: skip
TEXT_CHARS_MAX = 20_000
LINKS_MAX = 10


class Seen(Struct, frozen=True, kw_only=True):
    """A page as it was kept: its tree, where its elements stand, and its pictures by address."""

    number: int
    url: str
    tree: Tree
    boxes: Boxes = {}
    pictures: Mapping[str, Picture] = {}
    shot: Picture | None = None  # the page's own picture, where it was read for want of text

    def place(self, element: Element, *, start: int = -1, end: int = -1) -> Place:
        """Say where an element is; ``start`` and ``end`` where a part of its text is meant."""
        return Place(
            page=self.number,
            url=self.url,
            selector=element.path,
            start=start if start >= 0 else element.start,
            end=end if start >= 0 else element.end,
            box=self.boxes.get(element.path),
        )

    def follow(self, link: str) -> str:
        """Give the whole address of a link on it, nothing where it is none."""
        try:
            return urljoin(urljoin(self.url, self.tree.base), link.strip())
        except ValueError:
            return ""


def make_items(seen: Seen) -> list[Item]:
    """Make the items of a page; the last is the page itself."""
    blocks = find_blocks(seen.tree)
    items = [_make_item(seen, each) for each in blocks]
    return [*items, _make_page(seen, blocks)]


def _make_item(seen: Seen, block: Block) -> Item:
    elements = seen.tree.elements[block.first : block.last + 1]
    tops = [each for each in elements if each.parent == elements[0].parent]
    place = replace(seen.place(elements[0], start=block.start, end=block.end), box=_box(seen, tops))
    text = seen.tree.text[block.start : block.end].strip()
    return _describe(seen, text=text, elements=elements, place=place, kind=ITEM)


def _make_page(seen: Seen, blocks: Sequence[Block]) -> Item:
    elements, text = seen.tree.elements, seen.tree.text
    taken = {number for block in blocks for number in range(block.first, block.last + 1)}
    left = [each for each in elements if each.number not in taken]
    bounds = [0, *(edge for block in blocks for edge in (block.start, block.end)), len(text)]
    parts = [text[start:end].strip() for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    body = next((each for each in left if each.tag == "body"), left[0] if left else None)
    place = seen.place(body) if body else Place(page=seen.number, url=seen.url)
    said = "\n".join(each for each in (seen.tree.title, *parts) if each)
    return _describe(seen, text=said, elements=left, place=place, kind=PAGE)


def _describe(
    seen: Seen, *, text: str, elements: Sequence[Element], place: Place, kind: str
) -> Item:
    pictures = _list_pictures(seen, elements)
    if kind == PAGE and seen.shot:
        pictures.append(seen.shot)
    read = "\n".join((text, *(each.text for each in pictures if each.text)))[:TEXT_CHARS_MAX]
    coded = "\n".join((read, *(code for each in pictures for code in each.codes)))
    identifiers = _list_identifiers(coded[:TEXT_CHARS_MAX])
    contacts = [f"{sort}:{value}" for sort, value in identifiers if sort in CONTACTS]
    price = next(list_prices(text), "")
    return Item(
        kind=kind,
        identity=identify(
            text=text,
            contacts=contacts,
            price=price,
            images=tuple(dict.fromkeys(each.looks for each in pictures)),
        ),
        place=place,
        excerpt=read[:EXCERPT_CHARS],
        offences=tuple(
            _keep_in(guess, EXCERPT_CHARS)
            for guess in find_wares(read, has_price=bool(price), has_contact=bool(contacts))
        ),
        identifiers=identifiers,
        images=tuple(dict.fromkeys(each.sha256 for each in pictures)),
        links=tuple(_list_links(seen, elements))[:LINKS_MAX],
    )


def _keep_in(guess: Guess, chars: int) -> Guess:
    # A ground beyond the excerpt is told without its place.
    grounds = tuple(
        each if each.end <= chars else Ground(each.key, each.params) for each in guess.reasons
    )
    return Guess(guess.code, guess.confidence, grounds)


def _list_identifiers(text: str) -> tuple[tuple[str, str], ...]:
    found = ((each.kind, each.value) for each in scan(text) if each.kind not in ASIDE)
    return tuple(dict.fromkeys(found))


def _list_pictures(seen: Seen, elements: Sequence[Element]) -> list[Picture]:
    addresses = (
        seen.follow(each.attributes.get("src", "")) for each in elements if each.tag == "img"
    )
    found = (seen.pictures.get(each) for each in dict.fromkeys(addresses))
    return [each for each in found if each]


def _list_links(seen: Seen, elements: Sequence[Element]) -> Iterator[str]:
    for each in elements:
        link = each.attributes.get("href", "") if each.tag == "a" else ""
        if link and not link.startswith(("#", "javascript:")):
            yield seen.follow(link)


def _box(seen: Seen, elements: Sequence[Element]) -> Box | None:
    return join_boxes([seen.boxes[each.path] for each in elements if each.path in seen.boxes])


def join_equal(items: Sequence[Item]) -> list[Item]:
    """Join items that are the same, as an item on two lists is: the first, with all its places."""
    joined: dict[tuple[str, str], Item] = {}
    for each in items:
        first = joined.get((each.kind, each.id))
        joined[each.kind, each.id] = (
            replace(first, others=(*first.others, each.place)) if first else each
        )
    return list(joined.values())
