"""Which texts may match a rule at all: found for all texts at once, by how the rules' cues begin."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tipline.domain.triage.offence.grams import hash_runs
from tipline.domain.triage.offence.letters import Codes, Letters, fold_letters
from tipline.domain.triage.offence.rules import CUES

_SIZES, _BITS = (1, 2, 3, 4), 20


def _build_table(cues: Iterable[str], size: int) -> NDArray[np.bool_]:
    table = np.zeros(1 << _BITS, dtype=bool)
    begun = [cue[:size] for cue in cues if min(len(cue), _SIZES[-1]) == size]
    if begun:
        letters = fold_letters(begun)
        table[hash_runs(letters.codes, size=size, bits=_BITS)[letters.starts[:-1] + 1]] = True
    return table


# A cue is looked for by its first four letters, or by all that it has.
_TABLES = {size: _build_table(CUES, size) for size in _SIZES}


def list_cued(letters: Letters) -> list[int]:
    """Rows in which a rule's cue may stand; a row that is not listed holds none."""
    is_cued = np.zeros(letters.codes.size, dtype=bool)
    for size, table in _TABLES.items():
        is_cued |= table[_hash(letters.codes, size)]
    return np.flatnonzero(np.logical_or.reduceat(is_cued, letters.starts)[:-1]).tolist()


def _hash(codes: Codes, size: int) -> Codes:
    return hash_runs(codes, size=size, bits=_BITS)
