"""Messages with a known truth: many versions of each of many wordings.

An original is two to twelve pieces with up to three slots for identifiers; one in seven is English. A version fills the slots
anew, a third of them disguised, and may be edited: so many of its letters replaced, dropped or
doubled. How often an original is sent follows a Pareto law, as campaigns do.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.texts.fillers import fill

LENGTHS = (2, 4, 5, 6, 7, 8, 9, 10, 11, 12)  # pieces
SLOTS = ("phone", "url", "wechat", "qq", "card", "amount")
LANGUAGES = {"zh": 6, "en": 1}  # by weight


@dataclass(frozen=True, slots=True)
class Original:
    """Pieces in order; a slot stands after the piece of its number."""

    language: str
    pieces: tuple[str, ...]
    slots: tuple[tuple[int, str], ...]


class Messages:
    """Originals and versions of them, the same for the same seed."""

    def __init__(self, pieces: Mapping[str, Sequence[str]], *, originals: int, seed: int) -> None:
        self.draw = random.Random(seed)
        self.pieces = pieces
        self.letters = {
            each: "".join(found[:2_000]).replace(" ", "") for each, found in pieces.items()
        }
        self.originals = [self._make_original() for _ in range(originals)]

    def _make_original(self) -> Original:
        draw = self.draw
        language = draw.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        chosen = tuple(draw.choices(self.pieces[language], k=draw.choice(LENGTHS)))
        slots = (
            (draw.randrange(len(chosen)), draw.choice(SLOTS)) for _ in range(draw.randint(0, 3))
        )
        return Original(language, chosen, tuple(sorted(slots)))

    def list_stored(self, count: int) -> Iterator[tuple[int, str]]:
        """Give (original, text): each original once, then more of some than of others.

        Half of them have up to 8 % of their letters edited.
        """
        draw = self.draw
        yield from ((number, self.make_version(number, 0)) for number in range(len(self.originals)))
        weights = [draw.paretovariate(1.15) for _ in self.originals]
        for number in draw.choices(range(len(weights)), weights, k=count - len(weights)):
            edits = draw.random() * 0.08 if draw.random() < 0.5 else 0.0
            yield number, self.make_version(number, edits)

    def make_version(self, number: int, edits: float) -> str:
        """Write an original with new identifiers and that share of letters edited."""
        return self._write(self.originals[number], edits)

    def make_fresh(self) -> str:
        """Write a message of an original that was never stored."""
        return self._write(self._make_original(), 0)

    def _write(self, original: Original, edits: float) -> str:
        letters = self.letters[original.language]
        parts = [self._edit(each, edits, letters) if edits else each for each in original.pieces]
        for place, kind in original.slots:
            parts[place] += fill(kind, self.draw)
        return "".join(parts)

    def _edit(self, piece: str, edits: float, letters: str) -> str:
        return "".join(
            self._edit_letter(each, letters) if self.draw.random() < edits else each
            for each in piece
        )

    def _edit_letter(self, letter: str, letters: str) -> str:
        way = self.draw.random()
        if way < 0.7:
            return self.draw.choice(letters)
        return "" if way < 0.85 else letter + self.draw.choice(letters)
