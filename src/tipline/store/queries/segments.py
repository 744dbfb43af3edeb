"""Which files hold wordings that are no longer among the rows."""

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.templates import Signatures, TemplateIndex
from tipline.domain.triage.templates.signature import BANDS, CHECK_BYTES
from tipline.store.models import TemplateSegment, TemplateWording


class SegmentsUnread(LookupError):
    """Wordings lie in files, and whoever asks has no way to read them: answers would lack them."""


def use_segments(index: TemplateIndex | None) -> TemplateIndex | None:
    """Give ``index`` looking into the segments that there are now, or None where there are none.

    A file that this machine lacks is written anew from the rows that tell what was in it.

    Raises:
        SegmentsUnread: there are segments, and no index.

    """
    names = tuple(TemplateSegment.objects.values_list("name", flat=True))
    if not names:
        return None
    if index is None:
        raise SegmentsUnread
    for name in names:
        if not index.has(name):
            index.add(*load_wordings(segment=name))
    index.use(names)
    return index


def load_wordings(*, segment: str | None) -> tuple[NDArray[np.int64], Signatures]:
    """Load numbers and signatures of a segment's wordings, or of those still in rows (None)."""
    rows = (
        TemplateWording.objects.filter(segment=segment)
        .exclude(bands=b"")
        .order_by("event")
        .values_list("event", "bands", "checks")
    )
    numbers, bands, checks = [], bytearray(), bytearray()
    for number, band, check in rows.iterator(chunk_size=10_000):
        numbers.append(number)
        bands += band
        checks += check
    return np.array(numbers, np.int64), Signatures(
        np.frombuffer(bands, "<u4").astype(np.uint32).reshape(-1, BANDS),
        np.frombuffer(checks, np.uint8).reshape(-1, CHECK_BYTES),
    )
