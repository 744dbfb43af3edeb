"""Reads a page as it was kept: its items, its signals, and what triage makes of each."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from tipline.domain.evidence.content.claims import Claims
from tipline.domain.evidence.content.findings import PAGE, Item, PageSignal
from tipline.domain.evidence.content.items import Seen, make_items
from tipline.domain.evidence.content.judging import judge_page
from tipline.domain.evidence.content.signals import list_page_signals
from tipline.domain.triage.opinion import Guess, OffenceReader


class PageFindings(Struct, frozen=True):
    """What one page holds; the last of ``items`` is the page itself."""

    items: tuple[Item, ...]
    signals: tuple[PageSignal, ...]


def read_page(seen: Seen, *, claims: Claims, reader: OffenceReader) -> PageFindings:
    """Read one page."""
    signals = list_page_signals(seen, claims)
    items = make_items(seen)
    opinions = reader.read_many([each.excerpt for each in items])
    judged = [replace(item, opinion=opinion) for item, opinion in zip(items, opinions, strict=True)]
    return PageFindings(
        tuple(_add_signals(each, signals) if each.kind == PAGE else each for each in judged),
        signals,
    )


def _add_signals(page: Item, signals: Sequence[PageSignal]) -> Item:
    joined = {each.code: each for each in page.offences}
    for guess in judge_page(signals):
        same = joined.get(guess.code)
        reasons = (*same.reasons, *guess.reasons) if same else guess.reasons
        joined[guess.code] = Guess(guess.code, guess.confidence, reasons)
    return replace(page, offences=tuple(joined.values()))
