"""The pages of the site, as a table: one line more is one page more in each language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from tipline.interfaces.published import words
from tipline.interfaces.published.sources import LANGUAGES, Sources
from tipline.store.queries.published import PublicItem, PublicOrder

HTML_LANGUAGES = {"en": "en", "zh": "zh-Hans"}
LANGUAGE_NAMES = {"en": "English", "zh": "简体中文"}
NEWEST = 10  # orders on the first page

Context = Mapping[str, object]


@dataclass(frozen=True)
class Page:
    """One page: its file below the language's folder, its template and what that is filled with."""

    path: str
    template: str
    context: Context


@dataclass(frozen=True, kw_only=True)
class PageMaker:
    """What makes pages; ``label`` is their link in the head, or nothing."""

    make: Callable[[Sources], Iterator[Page]]
    path: str = ""
    label: object = ""


def _make_index(sources: Sources) -> Iterator[Page]:
    newest = [_tell(order) for order in sources.orders[:NEWEST]]
    yield Page("index.html", "index", {"orders": newest, "total": len(sources.orders)})


def _make_register(sources: Sources) -> Iterator[Page]:
    yield Page("orders.html", "orders", {"orders": [_tell(order) for order in sources.orders]})


def _make_orders(sources: Sources) -> Iterator[Page]:
    for order in sources.orders:
        steps = [(step.at, words.word_day(step.at), words.word_step(step)) for step in order.steps]
        context = {
            "order": _tell(order),
            "items": [_tell_item(each) for each in order.items],
            "steps": steps,
        }
        yield Page(f"orders/{order.number}.html", "order", context)


def _make_ledger(sources: Sources) -> Iterator[Page]:
    yield Page("ledger.html", "ledger", {"checkpoint": sources.checkpoint, "vkey": sources.vkey})


def _make_report(sources: Sources) -> Iterator[Page]:
    context = {
        "emergency": sources.settings.emergency_number,
        "days": sources.settings.outcome_days,
    }
    yield Page("report.html", "report", context)


def _make_kept(_sources: Sources) -> Iterator[Page]:
    yield Page("kept.html", "kept", {})


MAKERS = (
    PageMaker(make=_make_index, path="index.html", label=gettext_lazy("Start")),
    PageMaker(make=_make_register, path="orders.html", label=gettext_lazy("Listed orders")),
    PageMaker(make=_make_orders),
    PageMaker(make=_make_ledger, path="ledger.html", label=gettext_lazy("Ledger and data")),
    PageMaker(make=_make_report, path="report.html", label=gettext_lazy("How to report")),
    PageMaker(make=_make_kept, path="kept.html", label=gettext_lazy("What we keep")),
)


def draw_pages(sources: Sources) -> Iterator[tuple[str, bytes]]:
    """Draw every page in every language; gives file names and bytes."""
    for folder, language in LANGUAGES.items():
        with translation.override(language):
            for maker in MAKERS:
                for page in maker.make(sources):
                    yield f"{folder}/{page.path}", _draw(sources, folder, page)
    names = [(each, LANGUAGE_NAMES[each], sources.name_site(each)) for each in LANGUAGES]
    yield "index.html", render_to_string("published/choose.html", {"languages": names}).encode()


def _draw(sources: Sources, folder: str, page: Page) -> bytes:
    up = "../" * page.path.count("/")
    other = next(each for each in LANGUAGES if each != folder)
    links = [
        (up + maker.path, maker.label, maker.path == page.path) for maker in MAKERS if maker.path
    ]
    context = {
        "root": up + "../",
        "here": up,
        "html_language": HTML_LANGUAGES[folder],
        "site_name": sources.name_site(folder),
        "links": links,
        "other": f"{up}../{other}/{page.path}",
        "other_name": LANGUAGE_NAMES[other],
        "other_language": HTML_LANGUAGES[other],
        "form": _find_form(sources, folder),
        **page.context,
    }
    return render_to_string(f"published/{page.template}.html", context).encode()


def _find_form(sources: Sources, folder: str) -> str:
    # The form is at the public door, which may be on another host than this site.
    return f"{sources.settings.public_address}/{LANGUAGES[folder]}/report/"


def _tell(order: PublicOrder) -> Context:
    named = [each.value for each in order.items if each.value]
    return {
        "number": order.number,
        "about": named or [_("not named")],
        "state": words.word_state(order.state),
        "since": words.word_day(order.since),
        "issued": words.word_day(order.issued_at),
        "deadline": words.word_day(order.deadline),
        "deadline_day": order.deadline,
        "agency": words.word_agency(order),
        "offences": words.word_offences(order.offences),
        "provision": order.provision,
        "demand": order.demand,
        "result": words.word_result(order.result),
        "is_emergency": order.is_emergency,
    }


def _tell_item(item: PublicItem) -> Context:
    return {
        "kind": words.word_kind(item.kind),
        "value": item.value,
        "extract": item.extract,
        "demand": item.demand,
        "verdict": words.word_verdict(item.verdict),
    }
