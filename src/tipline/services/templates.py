"""Move wordings that reports are compared with from rows into files, where there are many."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Q

from tipline.domain.triage.templates import TemplateIndex
from tipline.domain.triage.templates.signature import join_signatures
from tipline.store.models import TemplateBand, TemplateSegment, TemplateWording
from tipline.store.queries.segments import load_wordings, use_segments
from tipline.store.queries.templates import lock_templates

ROWS_MAX = 1 << 24  # of a segment
LEAST = 100_000


@transaction.atomic
def compact_templates(*, index: TemplateIndex, now: datetime, least: int = LEAST) -> int:
    """Put the wordings in rows into a segment if there are ``least``; gives how many it holds.

    Segments that are no more than twice as large go into it too, so that few remain, however many
    wordings there are. The answers stay the same. Nothing is recorded: what is known stays so.
    """
    lock_templates()
    loose = TemplateWording.objects.filter(segment=None).exclude(bands=b"")
    count = loose.count()
    if count < max(least, 1):
        return 0
    merged = _choose_merged(count)
    use_segments(index)
    return _write(index, merged, now)


def _choose_merged(count: int) -> list[TemplateSegment]:
    merged = []
    for segment in TemplateSegment.objects.order_by("count", "name"):
        if segment.count > 2 * count or segment.count + count > ROWS_MAX:
            break
        merged.append(segment)
        count += segment.count
    return merged


def _write(index: TemplateIndex, merged: Sequence[TemplateSegment], now: datetime) -> int:
    old = [each.name for each in merged]
    parts = [load_wordings(segment=None), *map(index.read, old)]
    numbers = np.concatenate([part for part, _ in parts])
    order = np.argsort(numbers)
    name = index.add(numbers[order], join_signatures([part for _, part in parts]).pick(order))
    TemplateSegment.objects.create(name=name, count=len(numbers), made_at=now)
    moved = TemplateWording.objects.exclude(bands=b"")
    moved.filter(Q(segment=None) | Q(segment__in=old)).update(segment=name)
    TemplateBand.objects.all().delete()
    TemplateSegment.objects.filter(name__in=old).delete()
    names = tuple(TemplateSegment.objects.values_list("name", flat=True))
    transaction.on_commit(lambda: index.forget(names))
    return len(numbers)
