"""Open data and the feed: what programs read of the public site."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from tipline.interfaces.published import words
from tipline.interfaces.published.sources import LANGUAGES, Sources
from tipline.store.queries.published import list_statements

FEED_MAX = 200
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def make_data(sources: Sources) -> Iterator[tuple[str, bytes]]:
    """Write the register and the statements of reasons for programs."""
    orders = msgspec.json.encode({"orders": sources.orders}, order="sorted")
    yield "data/orders.json", msgspec.json.format(orders, indent=2) + b"\n"
    lines = (msgspec.json.encode(each, order="sorted") + b"\n" for each in list_statements())
    yield "data/statements.jsonl", b"".join(lines)


def make_feeds(sources: Sources) -> Iterator[tuple[str, bytes]]:
    """Write the newest events of listed orders as one Atom feed a language."""
    for folder, language in LANGUAGES.items():
        with translation.override(language):
            yield f"{folder}/feed.atom", _write_feed(sources, folder)


def _write_feed(sources: Sources, folder: str) -> bytes:
    site = sources.name_site(folder)
    feed = _Feed(
        title=_("%(site)s: listed orders") % {"site": site},
        link="orders.html",
        description="",
        feed_guid=_make_tag(sources, "orders"),
        language=LANGUAGES[folder],
        author_name=site,
    )
    found = [(step, order) for order in sources.orders for step in order.steps]
    for step, order in sorted(found, key=lambda each: -each[0].seq)[:FEED_MAX]:
        feed.add_item(
            title=f"{order.number}: {words.word_step(step)}",
            link=f"orders/{order.number}.html",
            description=words.word_state(order.state),
            unique_id=_make_tag(sources, f"orders/{order.number}/{step.seq}"),
            updateddate=step.at,
        )
    return feed.writeString("utf-8").encode() + b"\n"


def _make_tag(sources: Sources, what: str) -> str:
    return f"tag:{sources.settings.origin.partition('/')[0].partition(':')[0]},2026:{what}"


class _Feed(Atom1Feed):
    """A feed that is as old as its newest item, and reads no clock when it has none."""

    def latest_post_date(self) -> datetime:
        """When the newest item was made."""
        return max((item["updateddate"] for item in self.items), default=BEGINNING)
