"""Records as they are looked through, one reader a kind: drop a reader in and its kind takes part."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from tipline.domain.disposal.state import ReportState
from tipline.domain.triage.search.query import fold_text
from tipline.store.models import Handling, Mention

TEXT_MAX = 100_000


class Document(Struct, frozen=True, kw_only=True):
    """What there is to look through of one record. ``text`` is folded."""

    kind: str
    number: int
    region: str
    title: str
    text: str
    at: datetime


def read_documents(kind: str, numbers: Collection[int]) -> Iterator[Document]:
    """Read records of a kind; those that are not there are left out.

    Raises:
        KeyError: no record of this kind is looked through.

    """
    return READERS[kind](numbers)


def list_numbers() -> Mapping[str, list[int]]:
    """Give the numbers of all records of each kind that can be looked through."""
    return {kind: list(each()) for kind, each in _NUMBERS.items()}


def _list_reports() -> Iterable[int]:
    read = Handling.objects.exclude(state=ReportState.RECEIVED.value)
    return read.order_by("report").values_list("report", flat=True)


def _read_reports(numbers: Collection[int]) -> Iterator[Document]:
    values = _read_values(numbers)
    rows = Handling.objects.filter(report__in=numbers).select_related("report")
    for row in rows:
        parts = (row.report.text, *_list_words(row.report.details), *values.get(row.report_id, ()))
        yield Document(
            kind="report",
            number=row.report_id,
            region=row.region,
            title="",
            text=fold_text("\n".join(parts)[:TEXT_MAX]),
            at=row.received_at,
        )


def _read_values(numbers: Collection[int]) -> Mapping[int, list[str]]:
    # The canonical values, so that a number that was written in hiding is found as all write it.
    found: dict[int, list[str]] = {}
    rows = Mention.objects.filter(report__in=numbers).exclude(verdict="dismissed")
    for report, value, ascii_ in rows.values_list("report_id", "identifier__value", "ascii"):
        found.setdefault(report, []).extend(filter(None, (value, ascii_)))
    return found


def _list_words(details: Any) -> Iterator[str]:
    for subject in details.get("subjects", ()):
        yield str(subject.get("value", ""))
    for loss in details.get("losses", ()):
        yield from (str(loss.get(side) or "") for side in ("from", "to"))


READERS: Mapping[str, Callable[[Collection[int]], Iterator[Document]]] = {
    "report": _read_reports,
}
_NUMBERS: Mapping[str, Callable[[], Iterable[int]]] = {"report": _list_reports}
