"""The groups of reports that tell the same text: who is in them, and what they name.

An assessment says which group its report joined. What later reports are compared with follows from
the report's text by today's reading, so a rebuild by a later version compares like with like.
``leave_templates`` goes before the mentions of a report are written anew, ``keep_templates`` after.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F

from tipline.store.bulk import insert_new_rows, insert_rows
from tipline.store.effects.wordings import find_wordings, read_place
from tipline.store.events import Recorded
from tipline.store.models import (
    Identifier,
    Mention,
    Report,
    TemplateGroup,
    TemplateIdentifier,
    TemplateMember,
)

Named = Counter[tuple[str, int]]  # how many reports of a group name an identifier


def leave_templates(events: Sequence[Recorded]) -> None:
    """Take reports that are assessed again out of their groups, with what they name."""
    reports = [each.number for each in events if _joins(each)]
    members = dict(
        TemplateMember.objects.filter(report__in=reports).values_list("report_id", "group_id")
    )
    if not members:
        return
    _add_named(_count_named(members), sign=-1)
    for group, count in sorted(Counter(members.values()).items()):
        TemplateGroup.objects.filter(key=group).update(count=F("count") - count)
    TemplateMember.objects.filter(report__in=list(members)).delete()


def keep_templates(events: Sequence[Recorded]) -> None:
    """Put reports into the groups that their assessments name; events of none are passed over.

    The last of several assessments of one report counts.
    """
    joining = {each.number: each for each in events if _joins(each)}
    if not joining:
        return
    told = {number: read_place(each.body["template"]) for number, each in joining.items()}
    received = Report.objects.in_bulk(list(told))
    groups = {number: place.group for number, place in told.items()}
    _found_groups(groups, received)
    wordings = find_wordings(events=list(joining.values()), reports=received)
    insert_rows(
        TemplateMember,
        (
            {
                "report": number,
                "group": place.group,
                "wording": wordings[number],
                "key": place.key,
                "likeness": place.likeness,
                "is_same": place.is_same,
                "at": received[number].received_at,
            }
            for number, place in told.items()
        ),
    )
    _add_named(_count_named(groups), sign=1)


def _joins(event: Recorded) -> bool:
    return bool(event.body.get("template", {}).get("group"))


def _found_groups(groups: Mapping[int, str], received: Mapping[int, Report]) -> None:
    for key in sorted(set(groups.values())):
        times = [received[number].received_at for number, group in groups.items() if group == key]
        first, last = min(times), max(times)
        insert_new_rows(TemplateGroup, [_describe_group(key, first, last)])
        rows = TemplateGroup.objects.filter(key=key)
        rows.update(count=F("count") + len(times))
        rows.filter(first_at__gt=first).update(first_at=first)
        rows.filter(last_at__lt=last).update(last_at=last)


def _describe_group(key: str, first: object, last: object) -> dict[str, object]:
    return {
        "key": key,
        "first_at": first,
        "last_at": last,
        "count": 0,
        "wordings": 0,
        "numbers": 0,
    }


def _count_named(groups: Mapping[int, str]) -> Named:
    rows = Mention.objects.filter(report__in=list(groups)).values_list("report_id", "identifier_id")
    return Counter((groups[report], identifier) for report, identifier in rows.distinct())


def _add_named(named: Named, *, sign: int) -> None:
    pairs = sorted(named)
    before = _load_named(pairs)
    new = [pair for pair in pairs if pair not in before]
    insert_rows(TemplateIdentifier, (_describe_named(pair, named[pair]) for pair in new))
    gone = [pair for pair in before if before[pair] + sign * named[pair] <= 0]
    for group, identifier in before:
        rows = TemplateIdentifier.objects.filter(group=group, identifier=identifier)
        if (group, identifier) in gone:
            rows.delete()
        else:
            rows.update(count=F("count") + sign * named[group, identifier])
    _add_numbers(new, 1)
    _add_numbers(gone, -1)


def _describe_named(pair: tuple[str, int], count: int) -> dict[str, object]:
    return {"group": pair[0], "identifier": pair[1], "count": count}


def _load_named(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    asked = set(pairs)
    rows = TemplateIdentifier.objects.filter(
        group__in={group for group, _ in asked},
        identifier__in={identifier for _, identifier in asked},
    ).values_list("group_id", "identifier_id", "count")
    return {(group, each): count for group, each, count in rows if (group, each) in asked}


def _add_numbers(pairs: Sequence[tuple[str, int]], sign: int) -> None:
    phones = set(
        Identifier.objects.filter(id__in={each for _, each in pairs}, kind="phone").values_list(
            "id", flat=True
        )
    )
    counted = Counter(group for group, each in pairs if each in phones)
    for group, count in sorted(counted.items()):
        TemplateGroup.objects.filter(key=group).update(numbers=F("numbers") + sign * count)
