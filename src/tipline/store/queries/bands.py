"""Looks texts up among the wordings that are not in a segment yet: by rows of the database."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from tipline.domain.triage.templates import Candidates, Nearest, Signatures, choose_nearest
from tipline.domain.triage.templates.signature import BANDS, CHECK_BYTES
from tipline.store.models import TemplateWording

_AT_ONCE = 8_000  # numbers in one statement, written out: more than a statement has parameters
_PLACES = np.arange(BANDS, dtype=np.int64) << 32


def list_bands(bands: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Give the bands of texts (n x 32) as ``TemplateBand`` keeps them."""
    return bands.astype(np.int64) | _PLACES


def find_in_rows(signatures: Signatures) -> Nearest:
    """Find the wording most like each text among the rows of ``TemplateBand``."""
    owners, numbers = _pair(list_bands(signatures.bands))
    kept = _load_checks(np.unique(numbers).tolist())
    checks = np.array([kept[each] for each in numbers.tolist()], np.uint8)
    found = Candidates(owners, numbers, checks.reshape(-1, CHECK_BYTES))
    return choose_nearest(signatures, found)


def _pair(bands: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    asking = defaultdict(list)
    for owner, row in enumerate(bands.tolist()):
        for band in row:
            asking[band].append(owner)
    pairs = {
        (owner, number) for band, number in _load_bands(list(asking)) for owner in asking[band]
    }
    owners, numbers = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    return owners, numbers


def _load_bands(bands: Sequence[int]) -> Iterator[tuple[int, int]]:
    yield from _select("SELECT band, wording_id FROM store_templateband WHERE band IN", bands)


def _load_checks(numbers: Sequence[int]) -> dict[int, NDArray[np.uint8]]:
    table = TemplateWording._meta.db_table  # noqa: SLF001 - Django's documented face of a model
    rows = _select(f"SELECT event, checks FROM {table} WHERE event IN", numbers)  # noqa: S608 - our own table
    return {number: np.frombuffer(checks, np.uint8) for number, checks in rows}


def _select(statement: str, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
    with connection.cursor() as cursor:
        for begin in range(0, len(numbers), _AT_ONCE):
            listed = ",".join(map(str, numbers[begin : begin + _AT_ONCE]))
            cursor.execute(f"{statement} ({listed})")
            yield from cursor.fetchall()
