"""Links to measure with: drawn by a seed, or from files of one's own."""

import csv
import gzip
import random
from collections.abc import Iterator
from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
ODD = (
    "http://{host}:8080/{path}",
    "HTTP://{upper}/{path}",
    "http://{host}//{path}/../x",
    "http://{host}/%2541{path}%20x",
    "{host}/{path}",
    "http://user@{host}/{path}#top",
    "http://银行.{host}/{path}",
    "http://3279880203/{path}",
)


def draw_links(count: int, *, odd: float, seed: int) -> Iterator[str]:
    """Links, a share ``odd`` of them in need of the long way; the others plain, as most are."""
    chance = random.Random(seed)
    for _ in range(count):
        host = ".".join(_draw(chance, 3, 12) for _part in range(chance.randint(1, 3))) + ".com"
        path = "/".join(_draw(chance, 2, 10) for _part in range(chance.randint(0, 4)))
        form = chance.choice(ODD) if chance.random() < odd else "https://{host}/{path}"
        yield form.format(host=host, upper=host.upper(), path=path)


def read_links(path: Path, *, column: str) -> Iterator[str]:
    """Links of a CSV file, which may be .gz."""
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        yield from (row[column] for row in csv.DictReader(lines))


def _draw(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(least, most)))
