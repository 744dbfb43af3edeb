"""Write texts so that an index of three-letter pieces also finds Chinese words of two letters.

Each run of Chinese letters is written as its overlapping pairs with a mark behind each. A pair and
its mark are three letters, so the index holds them; and what stands in a run of Chinese stands,
written so, in the run's pairs as one piece.
"""

import re
from collections.abc import Iterator

MARK = "\x1f"  # a letter of no word, for SQLite's pieces as for PostgreSQL's
PIECE = 3
CHINESE = "㐀-䶿一-鿿豈-﫿\U00020000-\U0002fa1f"
_RUN = re.compile(f"[{CHINESE}]{{2,}}")
_PARTS = re.compile(f"[{CHINESE}]+|[^{CHINESE}]+")


def write_pairs(text: str) -> str:
    """Write ``text`` for the index: Chinese as marked pairs, all else as it stands."""
    return _RUN.sub(lambda run: _pair(run[0]), text.replace(MARK, " "))


def list_pieces(word: str) -> Iterator[str]:
    """Pieces of the index's writing that stand in every text in which ``word`` stands.

    None, where the word is too short for an index of three letters.
    """
    for part in _PARTS.findall(word.replace(MARK, " ")):
        written = write_pairs(part)
        if len(written) >= PIECE:
            yield written


def _pair(run: str) -> str:
    return "".join(f"{run[at : at + 2]}{MARK}" for at in range(len(run) - 1))
