"""Which template a report tells again: asked in the transaction that records the answer.

Of the same wording the group is known by its key. Else the text is compared with what is stored,
in segments and in rows, and with those before it in the batch. One asks at a time, so that two
workers never found two groups for one template.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from msgspec import Struct

from tipline.domain.triage.templates import Nearest, TemplateIndex, Wordings, find_none
from tipline.domain.triage.templates.grouping import Place, Stored, list_new, place_texts
from tipline.domain.triage.templates.wording import write_key
from tipline.store.models import TemplateGroup, TemplateMember, TemplateWording
from tipline.store.queries.bands import find_in_rows
from tipline.store.queries.segments import use_segments

_LOCK = 0x7469_706C_696E_6502
_LOCKS = {"postgresql": f"SELECT pg_advisory_xact_lock({_LOCK})"}


class Joined(Struct, frozen=True, kw_only=True):
    """Where a report belongs: its place, and what its group was before it.

    ``told`` counts the group's reports before this one, ``wordings`` their different wordings and
    ``numbers`` the different telephone numbers that those stored named.
    """

    place: Place
    told: int = 0
    wordings: int = 0
    numbers: int = 0

    @property
    def key(self) -> str:
        """Key of the report's own wording: 16 hex digits."""
        return self.place.key

    @property
    def group(self) -> str:
        """Key of its group, or "" when it says too little to have one."""
        return self.place.group

    @property
    def is_same(self) -> bool:
        """Whether a report before had exactly this wording."""
        return self.place.is_same

    def describe(self) -> dict[str, Any]:
        """What the event of the assessment says under "template"."""
        place = self.place
        return {
            "key": place.key,
            "group": place.group,
            "likeness": round(place.likeness, 3),
            "is_same": place.is_same,
        }


def find_groups(
    *, reports: Sequence[int], wordings: Wordings, index: TemplateIndex | None = None
) -> list[Joined]:
    """Find the group of each of ``reports``, ascending, whose ``wordings`` were read.

    A report that is assessed again stays where it is while its key is the same.

    Raises:
        SegmentsUnread: wordings lie in segments, and no ``index`` was given.

    """
    lock_templates()
    before = dict(_list_before(reports))
    places = place_texts(wordings, _load_stored(wordings, index))
    kept = [
        before[report] if report in before and before[report].key == place.key else place
        for report, place in zip(reports, places, strict=True)
    ]
    return list(_count(kept, [report in before for report in reports]))


def lock_templates() -> None:
    """Keep others from asking or moving wordings until this transaction ends."""
    lock = _LOCKS.get(connection.vendor)  # SQLite: BEGIN IMMEDIATE has locked all already
    if lock:
        with connection.cursor() as cursor:
            cursor.execute(lock)


def _list_before(reports: Sequence[int]) -> Iterator[tuple[int, Place]]:
    rows = TemplateMember.objects.filter(report__in=list(reports)).values_list(
        "report_id", "key", "group_id", "likeness", "is_same"
    )
    for report, key, group, likeness, is_same in rows:
        yield report, Place(key, group, likeness, is_same)


def _load_stored(wordings: Wordings, index: TemplateIndex | None) -> Stored:
    keys = set(map(write_key, wordings.keys.tolist()))
    known = TemplateWording.objects.filter(key__in=keys).values_list("key", "group_id")
    by_key = dict(known)
    nearest = _find_nearest(wordings, list_new(wordings, by_key), index)
    numbers = {number for number in nearest.numbers.tolist() if number >= 0}
    rows = TemplateWording.objects.filter(event__in=numbers).values_list("event", "group_id")
    return Stored(by_key, dict(rows), nearest)


def _find_nearest(wordings: Wordings, asked: Sequence[int], index: TemplateIndex | None) -> Nearest:
    segments = use_segments(index)
    every = find_none(len(wordings))
    if asked:
        signatures = wordings.signatures.pick(asked)
        nearest = find_in_rows(signatures)
        if segments:
            nearest = nearest.or_better(segments.find_nearest(signatures))
        every.numbers[asked], every.likeness[asked] = nearest.numbers, nearest.likeness
    return every


def _count(places: Sequence[Place], is_member: Sequence[bool]) -> Iterator[Joined]:
    groups = {
        row.key: row
        for row in TemplateGroup.objects.filter(key__in={each.group for each in places})
    }
    told = Counter({key: row.count for key, row in groups.items()})
    wordings = Counter({key: row.wordings for key, row in groups.items()})
    for place, is_counted in zip(places, is_member, strict=True):
        group = groups.get(place.group)
        yield Joined(
            place=place,
            told=told[place.group] - is_counted if place.group else 0,
            wordings=wordings[place.group],
            numbers=group.numbers if group else 0,
        )
        if place.group and not is_counted:
            told[place.group] += 1
            wordings[place.group] += not place.is_same
