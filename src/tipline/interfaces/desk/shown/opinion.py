"""The machine's opinion as the report page shows it: each part with its words and its places."""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from django.utils.translation import gettext
from msgspec import Struct

from tipline.domain.triage.opinion import NONE
from tipline.interfaces.desk.shown.kinds import name_hiding, name_innocent
from tipline.interfaces.desk.shown.text import Mark, defang, name_class, spell_unseen
from tipline.interfaces.desk.shown.wording import word_judgement, word_offence
from tipline.store.queries.opinion import (
    CorrectionRow,
    GroundRow,
    KnownRow,
    MentionRow,
    PartRow,
)
from tipline.store.queries.page import ReportPage

QUOTE_MAX = 60
UNMARKED = frozenset({"dismissed", "replaced"})


class Because(Struct, frozen=True):
    """Why: in words, and what the text says there."""

    words: str
    quote: str = ""


class Suspicion(Struct, frozen=True, kw_only=True):
    """An offence on the page: guessed, named by a person, or both."""

    code: str
    name: str
    anchor: str
    percent: int | None
    becauses: tuple[Because, ...]
    verdict: str
    by_name: str
    is_held: bool


class Lead(Struct, frozen=True, kw_only=True):
    """An identifier on the page, once for all its places."""

    kind: str
    value: str
    name: str
    label: str  # the value for where no HTML can be
    anchor: str
    ascii: str
    hiding: str
    innocent: str
    verdict: str
    others: int
    known: tuple[KnownRow, ...]
    links: tuple[str, ...]


def list_marks(page: ReportPage) -> list[Mark]:
    """What is marked in the text: identifiers that hold, and sums of money."""
    marks = [_mark(each) for each in page.mentions if not each.field]
    sums = page.assessment.sums if page.assessment else ()
    marks += [Mark(each.start, each.end, "amount") for each in sums]
    return [mark for mark in marks if mark is not None]


def _mark(mention: MentionRow) -> Mark | None:
    if mention.verdict in UNMARKED:
        return None
    told = [name_hiding(mention.hidden_by)]
    told += [name_innocent(mention.innocent)] if mention.innocent else []
    styles = ("hidden",) * bool(mention.hidden_by) + ("innocent",) * bool(mention.innocent)
    return Mark(
        mention.start,
        mention.end,
        mention.kind,
        styles,
        gettext("; ").join(filter(None, told)),
    )


def list_whys(page: ReportPage) -> list[tuple[int, int]]:
    """Stretches of the text that speak for an offence."""
    guesses = page.assessment.offences if page.assessment else ()
    grounds = (ground for guess in guesses for ground in guess.grounds)
    return [(each.start, each.end) for each in grounds if 0 <= each.start < each.end]


def list_suspicions(page: ReportPage) -> list[Suspicion]:
    """All offences that hold, the likeliest first, then those that were dismissed."""
    guesses = {guess.code: guess for guess in page.assessment.offences} if page.assessment else {}
    words = {code: word for word in page.corrections for code in _about(word, "offence")}
    codes = dict.fromkeys((*page.held, *guesses, *words))
    return [
        Suspicion(
            code=code,
            name=gettext("no offence seen") if code == NONE else word_offence(code),
            anchor=f"p-{name_class(code)}",
            percent=round(guesses[code].confidence * 100) if code in guesses else None,
            becauses=tuple(_explain(page.text, guesses[code].grounds)) if code in guesses else (),
            verdict=words[code].verb if code in words else "",
            by_name=words[code].by_name if code in words else "",
            is_held=code in page.held,
        )
        for code in codes
    ]


def _about(word: CorrectionRow, part: str) -> Iterator[str]:
    if word.part == part:
        yield from filter(None, dict.fromkeys((word.name, word.new)))


def _explain(text: str, grounds: Iterable[GroundRow]) -> Iterator[Because]:
    for each in grounds:
        yield Because(word_judgement(each.key, each.params), quote(text, each.start, each.end))


def list_parts(page: ReportPage) -> list[tuple[PartRow, str]]:
    """The parts of the priority, each with what the text says there."""
    parts = page.assessment.parts if page.assessment else ()
    return [(each, quote(page.text, each.start, each.end)) for each in parts]


def quote(text: str, start: int, end: int) -> str:
    """What the text says at ``start``..``end``, on one line and not too long; nothing for -1."""
    if not 0 <= start < end:
        return ""
    said = " ".join(text[start:end].split())
    return said if len(said) <= QUOTE_MAX else f"{said[:QUOTE_MAX]}…"


def list_leads(page: ReportPage) -> list[Lead]:
    """Identifiers, each once: those that may accuse somebody first."""
    known, links = _group_known(page), _group_links(page)
    once: dict[tuple[str, str], list[MentionRow]] = {}
    for each in page.mentions:
        once.setdefault((each.kind, each.value), []).append(each)
    leads = [_make_lead(places, known, links) for places in once.values()]
    return sorted(leads, key=lambda each: (each.verdict in UNMARKED, bool(each.innocent)))


Known = Mapping[tuple[str, str], list[KnownRow]]
Links = Mapping[tuple[str, str], list[str]]


def _make_lead(places: list[MentionRow], known: Known, links: Links) -> Lead:
    first = places[0]
    key = (first.kind, first.value)
    ways = dict.fromkeys(way for each in places for way in each.hidden_by)
    digest = sha256(f"{first.kind}:{first.value}".encode("utf-8", "replace")).hexdigest()
    return Lead(
        kind=first.kind,
        value=first.value,
        name=f"{first.kind}:{first.value}",
        label=spell_unseen(defang(first.value, first.kind)),
        anchor=f"p-{digest[:12]}",
        ascii=first.ascii if first.ascii != first.value else "",
        hiding=name_hiding(ways),
        innocent=name_innocent(first.innocent) if first.innocent else "",
        verdict=next((each.verdict for each in places if each.verdict), ""),
        others=max(first.reports - 1, 0),
        known=tuple(known.get(key, ())),
        links=tuple(links.get(key, ())),
    )


def _group_known(page: ReportPage) -> Known:
    grouped: dict[tuple[str, str], list[KnownRow]] = {}
    for each in page.assessment.known if page.assessment else ():
        grouped.setdefault((each.kind, each.value), []).append(each)
    return grouped


def _group_links(page: ReportPage) -> Links:
    grouped: dict[tuple[str, str], list[str]] = {}
    for each in page.assessment.links if page.assessment else ():
        words = word_judgement(each.reason, each.params)
        grouped.setdefault((each.kind, each.value), []).append(words)
    return grouped


def find_verdict(page: ReportPage, part: str) -> CorrectionRow | None:
    """What a person last said of the region or the priority; None where nobody did."""
    said = [each for each in page.corrections if each.part == part]
    return said[-1] if said else None
