"""Numbers that follow from a seed by integer hashing, so that a draw is the same on every machine.

The mixer is the finaliser of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number
generators", OOPSLA 2014).
"""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_UNIT = 2.0**-53


class Dice:
    """Draws that depend on the seed, a purpose in words and whole numbers, and on nothing else."""

    def __init__(self, seed: int) -> None:
        with np.errstate(over="ignore"):
            self._start = np.uint64(seed) * _STEP

    def mix(self, purpose: str, *parts: Whole | Words | int) -> Words:
        """Hash ``parts`` (arrays of one length, or numbers) to 64-bit words."""
        state = _stir(np.atleast_1d(np.uint64(_name(purpose)) ^ self._start))
        for part in parts:
            with np.errstate(over="ignore"):
                word = np.asarray(part).astype(np.uint64, copy=False)
                state = _stir(state + _STEP ^ word * _SECOND)
        return state

    def share(self, purpose: str, *parts: Whole | Words | int) -> Floats:
        """Draw evenly from [0, 1)."""
        drawn: Floats = (self.mix(purpose, *parts) >> np.uint64(11)).astype(np.float64) * _UNIT
        return drawn

    def pick(self, sides: int, purpose: str, *parts: Whole | Words | int) -> Whole:
        """Draw a whole number from 0 to ``sides`` - 1."""
        return (self.share(purpose, *parts) * sides).astype(np.int64)

    def bell(self, purpose: str, *parts: Whole | Words | int) -> Floats:
        """Draw from the normal distribution with mean 0 and deviation 1 (Box and Muller, 1958)."""
        radius = np.sqrt(-2.0 * np.log1p(-self.share(purpose + "/r", *parts)))
        drawn: Floats = radius * np.cos(2.0 * np.pi * self.share(purpose + "/a", *parts))
        return drawn

    def rank(self, sides: int, slope: float, purpose: str, *parts: Whole | Words | int) -> Whole:
        """Draw from 0 to ``sides`` - 1, the k-th with weight 1 / (k + 1) ** slope (Zipf)."""
        weights = np.arange(1, sides + 1, dtype=np.float64) ** -slope
        steps = np.cumsum(weights) / weights.sum()
        return np.searchsorted(steps[:-1], self.share(purpose, *parts), side="right").astype(
            np.int64
        )


def _stir(word: Words) -> Words:
    with np.errstate(over="ignore"):
        word = (word ^ (word >> np.uint64(30))) * _FIRST
        word = (word ^ (word >> np.uint64(27))) * _SECOND
        stirred: Words = word ^ (word >> np.uint64(31))
    return stirred


def _name(purpose: str) -> int:
    number = 0xCBF29CE484222325  # FNV-1a
    for byte in purpose.encode():
        number = (number ^ byte) * 0x100000001B3 % 2**64
    return number
