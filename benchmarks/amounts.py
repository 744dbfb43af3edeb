"""How many of the hand-written amounts are read rightly, beside cn2an, and how fast.

    python -m benchmarks.amounts [--lines tests/domain/triage/amount_lines.txt] [--rounds 5]

cn2an (https://github.com/Ailln/cn2an) reads a bare numeral and finds none in a text, so it is asked
in two ways: as it comes, for the amount as it stands, and after everything but numerals was taken
away for it. It is judged only on lines in which one amount in yuan with Chinese numerals stands and is found, and
only on the value. It is no dependency of Tipline: where it is not installed, the output says so.
"""

import argparse
import importlib
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tipline.domain.triage.amounts import Amount, find_amounts, write_plain
from tipline.domain.triage.amounts.numerals import ARABIC, CHINESE

Read = Callable[[str], Any]
Numeral = tuple[str, Decimal, Decimal]  # as written, its value, what Tipline read


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="amounts of money: how right, how fast")
    parser.add_argument(
        "--lines",
        type=Path,
        default=Path("tests/domain/triage/amount_lines.txt"),
        help="text | amounts",
    )
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, _, expected = line.rpartition(" | ")
            yield text, "" if expected == "-" else expected


def show(amount: Amount) -> str:
    upper = f"..{write_plain(amount.upper)}" if amount.upper else ""
    mark = upper or ("+" if amount.is_at_least else "~" if amount.is_about else "")
    return f"{amount.currency} {write_plain(amount.value)}{mark}"


def list_numerals(lines: list[tuple[str, str]]) -> Iterator[Numeral]:
    """Amounts of one sum in yuan that are written with Chinese numerals, and their value."""
    for text, expected in lines:
        found = find_amounts(text)
        one = expected.removeprefix("CNY ").rstrip("+~").partition("..")[0]
        if expected.startswith("CNY ") and ";" not in expected and len(found) == 1:
            surface = found[0].surface
            if any(each in CHINESE for each in surface) and ".." not in expected:
                yield surface, Decimal(one), found[0].value


def ask(read: Read, surface: str) -> Decimal | None:
    try:
        return Decimal(str(read(surface)))
    except Exception:  # noqa: BLE001 - a library that refuses has not read it
        return None


def strip_words(surface: str) -> str:
    kept = f"{ARABIC}{CHINESE}."
    return "".join(each for each in surface if each in kept and each not in "几数")


def measure_peer(numerals: list[Numeral]) -> dict[str, Any] | str:
    try:
        cn2an = importlib.import_module("cn2an")
    except ImportError:
        return "not installed here (pip install cn2an==0.5.24 into a venv of its own)"
    warnings.simplefilter("ignore")
    read: Read = lambda surface: cn2an.cn2an(surface, "smart")  # noqa: E731 - as short as it is
    ways: dict[str, Read] = {
        "as it stands": read,
        "numerals only": lambda each: read(strip_words(each)),
    }
    return {
        name: sum(ask(way, surface) == value for surface, value, _ in numerals)
        for name, way in ways.items()
    }


def rate(read: Read, texts: list[str], rounds: int) -> int:
    rates = []
    for _ in range(rounds):
        started = time.process_time()
        for text in texts * 20:
            read(text)
        rates.append(len(texts) * 20 / (time.process_time() - started))
    return round(statistics.median(rates))


def main() -> int:
    arguments = read_arguments()
    lines = list(read_lines(arguments.lines))
    right = sum("; ".join(map(show, find_amounts(text))) == expected for text, expected in lines)
    numerals = list(list_numerals(lines))
    figures = {
        "lines": len(lines),
        "lines read rightly": right,
        "share": round(right / len(lines), 4),
        "texts per second and core": rate(
            find_amounts, [text for text, _ in lines], arguments.rounds
        ),
        "Chinese numerals": len(numerals),
        "tipline": sum(value == found for _, value, found in numerals),
        "cn2an": measure_peer(numerals),
    }
    print(json.dumps(figures, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
