"""Lines of text whose identifiers somebody wrote down, and how well a reader of them did.

A row is ``{"text", "lang", "part", "expect": [{"kind", "value", "or": [...], "innocent"}], "free":
[...], "note"}``: each expectation is met by its own kind and value or by one under ``or``; what is
``free`` may be found or not. A link that is expected makes its host free.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tipline.domain.triage.accuracy.claims import KINDS, Claim, get_host, list_claims, simplify
from tipline.domain.triage.accuracy.tally import Tally
from tipline.domain.values import Identifier


class Expectation(Struct, frozen=True):
    """What a text holds; ``claims[0]`` is the best name of it, the others are right too."""

    claims: tuple[Claim, ...]
    is_innocent: bool = False


class Line(Struct, frozen=True):
    """A text, what it holds, and what may be found in it besides."""

    text: str
    expected: tuple[Expectation, ...]
    free: frozenset[Claim]
    part: str = ""
    note: str = ""


class Verdict(Struct, frozen=True):
    """How a reading of one line compares with what it holds."""

    hits: tuple[Claim, ...]
    missed: tuple[Claim, ...]
    spurious: tuple[Claim, ...]
    misjudged: tuple[Claim, ...]  # innocent and not so marked, or the other way round

    @property
    def is_right(self) -> bool:
        """Whether nothing is missed and nothing is made up."""
        return not (self.missed or self.spurious)


def read_line(row: Mapping[str, Any]) -> Line:
    """Read a row.

    Raises:
        KeyError: a part is missing.

    """
    expected = tuple(
        Expectation(
            tuple(_read_claim(each) for each in (one, *one.get("or", ()))),
            bool(one.get("innocent")),
        )
        for one in row["expect"]
    )
    free = {_read_claim(each) for each in row.get("free", ())}
    links = [each.value for one in expected for each in one.claims if each.kind == "url"]
    free |= set(_list_hosts(links))
    return Line(row["text"], expected, frozenset(free), row.get("part", ""), row.get("note", ""))


def _read_claim(given: Mapping[str, str]) -> Claim:
    return simplify(Claim(given["kind"], given["value"]))


def _list_hosts(links: Sequence[str]) -> Iterable[Claim]:
    for link in links:
        labels = get_host(link).split(".")
        for first in range(len(labels) - 1):
            yield Claim("domain", ".".join(labels[first:]))
        yield Claim("ipv4", get_host(link))


def judge(line: Line, found: Sequence[Identifier], *, kinds: frozenset[str] = KINDS) -> Verdict:
    """Compare what was found in a line with what it holds; other ``kinds`` do not count."""
    marks = {claim: bool(each.innocent) for each in found for claim in list_claims([each])}
    hits: list[Claim] = []
    missed: list[Claim] = []
    misjudged: list[Claim] = []
    for one in line.expected:
        if one.claims[0].kind in kinds:
            met = next((each for each in one.claims if each in marks), None)
            (hits if met else missed).append(met or one.claims[0])
            if met and marks[met] != one.is_innocent:
                misjudged.append(met)
    right = {each for one in line.expected for each in one.claims} | line.free
    spurious = tuple(each for each in marks if each.kind in kinds and each not in right)
    return Verdict(tuple(hits), tuple(missed), spurious, tuple(misjudged))


def add_verdict(tally: Tally, verdict: Verdict) -> None:
    """Count a verdict, kind by kind."""
    for each in verdict.hits:
        tally.add(each.kind, hit=1)
    for each in verdict.missed:
        tally.add(each.kind, missed=1)
    for each in verdict.spurious:
        tally.add(each.kind, spurious=1)
