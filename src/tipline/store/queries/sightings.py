"""Which texts name which identifiers, as far as the spread of a report needs to know.

Each question stops after a few answers: more would not change a score, and somebody who floods a
hotline with one number must not make it slow.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from django.db import connection

from tipline.domain.triage.reading.innocent import judge_innocent
from tipline.domain.triage.scan import ASIDE
from tipline.domain.triage.spread import Sighting
from tipline.store.models import Identifier

ENOUGH = 40  # of one identifier or one text; the highest step of the score is 30
_AT_ONCE = 100
Named = tuple[str, str]  # kind and value
Pair = tuple[str, int]  # group and identifier


def list_sightings(*, named: Collection[Named], groups: Collection[str]) -> list[Sighting]:
    """Give pairs of text and identifier for these identifiers and these groups of near copies.

    What accuses nobody is left out.
    """
    ids = dict(_find_ids(named))
    pairs = {*_list_pairs("identifier_id", sorted(ids)), *_list_pairs("group_id", sorted(groups))}
    names = {**ids, **dict(_find_names({each for _, each in pairs} - set(ids)))}
    return [Sighting(names[each], group) for group, each in pairs if each in names]


def _find_ids(named: Collection[Named]) -> Iterator[tuple[int, str]]:
    values = iter(sorted({value for _, value in named}))
    while part := list(islice(values, _AT_ONCE)):
        rows = Identifier.objects.filter(value__in=part).values_list("id", "kind", "value")
        yield from ((id_, f"{kind}:{value}") for id_, kind, value in rows if (kind, value) in named)


def _find_names(ids: set[int]) -> Iterator[tuple[int, str]]:
    wanted = iter(sorted(ids))
    while part := list(islice(wanted, _AT_ONCE)):
        rows = Identifier.objects.filter(id__in=part).values_list("id", "kind", "value")
        for id_, kind, value in rows:
            if kind not in ASIDE and not judge_innocent(kind, value):
                yield id_, f"{kind}:{value}"


def _list_pairs(column: str, keys: Sequence[int | str]) -> Iterator[Pair]:
    one = (
        "SELECT * FROM (SELECT group_id, identifier_id FROM store_templateidentifier "  # noqa: S608 - a column of ours
        f"WHERE {column} = %s LIMIT {ENOUGH}) AS few"
    )
    wanted = iter(keys)
    while part := list(islice(wanted, _AT_ONCE)):
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(part)), part)
            yield from cursor.fetchall()
