"""What came of a case, in exact numbers: how it is written, read and added up.

A figure says its value and its relation to the truth: "exact", or "at_least" where the source says
2000余万元 or "more than 300". Entries of one metric add up; a correction supersedes one entry.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from msgspec import Struct

from tipline.domain.triage.amounts import find_amounts, find_counts
from tipline.domain.words import gettext_noop


class Metric(StrEnum):
    """What is counted or measured of a case."""

    VICTIMS = "victims"
    SUSPECTS_IDENTIFIED = "suspects_identified"
    SUSPECTS_DETAINED = "suspects_detained"
    SUSPECTS_ARRESTED = "suspects_arrested"
    SUSPECTS_PROSECUTED = "suspects_prosecuted"
    DENS_DESTROYED = "dens_destroyed"
    GANGS_BROKEN = "gangs_broken"
    FRAUDULENT_TRANSACTIONS = "fraudulent_transactions"
    AMOUNT_INVOLVED = "amount_involved"
    AMOUNT_RECOVERED = "amount_recovered"


METRICS: Mapping[Metric, str] = {
    Metric.VICTIMS: gettext_noop("victims"),
    Metric.SUSPECTS_IDENTIFIED: gettext_noop("suspects identified"),
    Metric.SUSPECTS_DETAINED: gettext_noop("suspects detained"),
    Metric.SUSPECTS_ARRESTED: gettext_noop("suspects arrested"),
    Metric.SUSPECTS_PROSECUTED: gettext_noop("suspects prosecuted"),
    Metric.DENS_DESTROYED: gettext_noop("dens destroyed"),
    Metric.GANGS_BROKEN: gettext_noop("gangs broken"),
    Metric.FRAUDULENT_TRANSACTIONS: gettext_noop("fraudulent transactions"),
    Metric.AMOUNT_INVOLVED: gettext_noop("amount involved"),
    Metric.AMOUNT_RECOVERED: gettext_noop("amount recovered for victims"),
}
MONEY = frozenset({Metric.AMOUNT_INVOLVED, Metric.AMOUNT_RECOVERED})
_LARGEST = Decimal(10) ** 18
_MINUS = ("-", "\N{MINUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}", "负", "負")
_MEASURES = "名个個位处處家"


class Relation(StrEnum):
    """How a value stands to the truth."""

    EXACT = "exact"
    AT_LEAST = "at_least"


WHY_NOT: Mapping[str, str] = {
    "none": gettext_noop("Write one figure, such as 153, 3400余人, 2000余万元 or 1.7万."),
    "several": gettext_noop("There is more than one figure in this. Write them one by one."),
    "about": gettext_noop(
        "“About” cannot be added up. Write the figure, or the least that is certain."
    ),
    "large": gettext_noop("This figure is too large to be true."),
    "fraction": gettext_noop("This is counted in whole numbers."),
    "cents": gettext_noop("Money goes to the second decimal."),
}


class FigureRefused(ValueError):
    """What was written is not one figure that can be added up; ``why`` is a key of ``WHY_NOT``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Figure(Struct, frozen=True):
    """An exact value, how it stands to the truth, and for money its ISO 4217 currency."""

    value: Decimal
    relation: Relation = Relation.EXACT
    currency: str = ""


class Total(Struct, frozen=True):
    """Entries of one metric and currency added up: "at_least" as soon as one entry is."""

    value: Decimal
    relation: Relation
    entries: int


_Seen = tuple[Decimal, Decimal | None, bool, bool, str]  # value, upper, at least, about, currency


def read_figure(metric: Metric, written: str) -> Figure:
    """Read what a person wrote as the figure of ``metric``: 1.7万, 2000余万元, 153名, 20000000.

    A range counts with its lower end, as "at least".

    Raises:
        FigureRefused: it is not one figure, or is only "about".

    """
    if written.strip().startswith(_MINUS):
        raise FigureRefused("none")
    seen = _see_money(written) if metric in MONEY else _see_count(written)
    if len(seen) != 1:
        raise FigureRefused("several" if seen else "none")
    value, upper, is_at_least, is_about, currency = seen[0]
    if is_about and not is_at_least:
        raise FigureRefused("about")
    relation = Relation.AT_LEAST if is_at_least or upper is not None else Relation.EXACT
    return check_figure(metric, Figure(value, relation, currency))


def check_figure(metric: Metric, figure: Figure) -> Figure:
    """Give ``figure`` back if it can be one of ``metric``.

    Raises:
        FigureRefused: it cannot.

    """
    if not figure.value.is_finite() or not 0 <= figure.value < _LARGEST:
        raise FigureRefused("large")
    if metric in MONEY:
        if figure.value != round(figure.value, 2):
            raise FigureRefused("cents")
    elif figure.value != int(figure.value):
        raise FigureRefused("fraction")
    return figure


def add_up(figures: Iterable[Figure]) -> dict[str, Total]:
    """Add figures of one metric up, by currency."""
    totals: dict[str, Total] = {}
    for each in figures:
        held = totals.get(each.currency, Total(Decimal(0), Relation.EXACT, 0))
        is_least = Relation.AT_LEAST in {held.relation, each.relation}
        relation = Relation.AT_LEAST if is_least else Relation.EXACT
        totals[each.currency] = Total(held.value + each.value, relation, held.entries + 1)
    return totals


def _see_money(written: str) -> list[_Seen]:
    return _see(written, "元", _read_amounts, currency="CNY")


def _see_count(written: str) -> list[_Seen]:
    return _see(written, "人", _read_counts, currency="")


def _see(
    written: str, unit: str, read: Callable[[str], list[_Seen]], *, currency: str
) -> list[_Seen]:
    plain = _read_digits(written)
    if plain is not None:
        return [(plain, None, False, False, currency)]
    # A lone measure word (153名) says nothing of what is counted: the metric does.
    return read(written) or read(f"{written.strip().rstrip(_MEASURES)}{unit}")


def _read_digits(written: str) -> Decimal | None:
    bare = written.strip().replace(",", "").replace("，", "")
    if not bare.isascii() or not bare.replace(".", "", 1).isdigit():
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _read_amounts(text: str) -> list[_Seen]:
    return [
        (each.value, each.upper, each.is_at_least, each.is_about, each.currency)
        for each in find_amounts(text)
    ]


def _read_counts(text: str) -> list[_Seen]:
    return [
        (
            Decimal(each.number),
            None if each.upper is None else Decimal(each.upper),
            each.is_at_least,
            each.is_about,
            "",
        )
        for each in find_counts(text)
    ]
