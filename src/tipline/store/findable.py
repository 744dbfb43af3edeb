"""Write records as they are looked through: rows, and the index of pieces over them."""

from collections.abc import Callable, Sequence

from tipline.domain.triage.search import write_pairs
from tipline.store.bulk import insert_rows, update_rows
from tipline.store.grams import keeps_grams, replace_grams
from tipline.store.models import SearchEntry
from tipline.store.queries.documents import Document, list_numbers, read_documents

BATCH = 500


def keep_all_findable(tell: Callable[[int, int], None] = lambda _done, _of: None) -> int:
    """Make every record findable anew, in the caller's transaction; gives how many there are."""
    done, numbers = 0, list_numbers()
    total = sum(map(len, numbers.values()))
    for kind, own in numbers.items():
        for at in range(0, len(own), BATCH):
            batch = own[at : at + BATCH]
            keep_findable(list(read_documents(kind, batch)), batch)
            done += len(batch)
            tell(done, total)
    return total


def keep_findable(
    documents: Sequence[Document], numbers: Sequence[int]
) -> list[tuple[Document, str]]:
    """Write the rows and the index of documents of one kind; gives each with its text so far."""
    if not documents:
        return []
    kind = documents[0].kind
    entries = SearchEntry.objects.filter(kind=kind, number__in=numbers)
    old = {number: (pk, text) for pk, number, text in entries.values_list("id", "number", "text")}
    fresh = [each for each in documents if each.number not in old]
    known = [each for each in documents if each.number in old]
    insert_rows(
        SearchEntry, [{**_describe(each), "number": each.number, "kind": kind} for each in fresh]
    )
    update_rows(SearchEntry, [(old[each.number][0], _describe(each)) for each in known])
    made = {number: pk for number, pk in entries.values_list("number", "id")}  # noqa: C416 - with the fresh ones
    replace_grams(
        old=[(old[each.number][0], write_pairs(old[each.number][1])) for each in known],
        new=[(made[each.number], write_pairs(each.text)) for each in documents],
    )
    return [(each, old[each.number][1] if each.number in old else "") for each in documents]


def _describe(document: Document) -> dict[str, object]:
    return {
        "region": document.region,
        "province": document.region[:2],
        "title": document.title[:200],
        "text": document.text,
        "grams": write_pairs(document.text) if keeps_grams() else "",
        "at": document.at,
    }
