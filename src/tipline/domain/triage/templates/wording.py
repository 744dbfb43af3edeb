"""The wording of many texts at once: a key for what is the same, a signature for what is alike."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from tipline.domain.triage.templates.signature import Signatures, sign
from tipline.domain.triage.templates.skeleton import Skeletons, make_skeletons
from tipline.domain.values import Identifier

SPEAKS: Final = 6  # letters; a text of fewer says too little to be called the same as another
COMPARES: Final = 10  # letters; a text of fewer is like another only if it is the same


class Wordings(Struct, frozen=True):
    """Wordings of n texts.

    ``keys`` (n uint64) are equal where the skeletons are; ``letters`` (n) counts the letters that
    are neither digits nor identifiers; ``signatures`` are those of n texts.
    """

    keys: NDArray[np.uint64]
    letters: NDArray[np.int64]
    signatures: Signatures

    def __len__(self) -> int:
        return len(self.keys)

    def pick(self, which: Sequence[int]) -> "Wordings":
        """Take the wordings of some of the texts."""
        chosen = np.array(which, np.int64)
        return Wordings(self.keys[chosen], self.letters[chosen], self.signatures.pick(chosen))

    @property
    def speaks(self) -> NDArray[np.bool_]:
        """Which texts say enough to have a template."""
        return self.letters >= SPEAKS

    @property
    def compares(self) -> NDArray[np.bool_]:
        """Which texts say enough to be compared with others that are not the same."""
        return self.letters >= COMPARES


def read_wordings(texts: Sequence[str], identifiers: Sequence[Iterable[Identifier]]) -> Wordings:
    """Read the wordings of texts whose ``identifiers`` (in order, not overlapping) are known."""
    return measure(make_skeletons(texts, identifiers))


def measure(skeletons: Skeletons) -> Wordings:
    """Read the wordings of skeletons."""
    return Wordings(list_keys(skeletons), skeletons.count_letters(), sign(skeletons))


def list_keys(skeletons: Skeletons) -> NDArray[np.uint64]:
    """Give a stable key of 64 bits to each skeleton: XXH3 of its code points as UTF-32-LE."""
    told = memoryview(skeletons.codes.astype("<u4").tobytes())
    edges = (skeletons.bounds * 4).tolist()
    made = (xxh3_64_intdigest(told[a:b]) for a, b in pairwise(edges))
    return np.fromiter(made, np.uint64, len(skeletons))


def write_key(key: int) -> str:
    """Write a key as 16 hexadecimal digits."""
    return f"{int(key):016x}"


def read_key(text: str) -> int:
    """Read a key that ``write_key`` wrote.

    Raises:
        ValueError: it is none.

    """
    if len(text) != 16:
        raise ValueError(text)
    return int(text, 16)
