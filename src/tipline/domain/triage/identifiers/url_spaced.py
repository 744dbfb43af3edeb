"""Links and hosts with a space after each character, as "w w w . a b c . c o m". Value: as without."""

import re
from collections.abc import Iterator
from re import Match

from tipline.domain.triage.identifiers import domain, url_bare, url_schemed
from tipline.domain.triage.reading.folding import Folded
from tipline.domain.values import Identifier

_SIGN = r"[a-zA-Z0-9.。点:：/_?=\[\]()-]"
_SPELT = re.compile(rf"(?<![a-zA-Z0-9])(?:{_SIGN} {{1,2}}){{7,200}}{_SIGN}(?![a-zA-Z0-9])")
GATE = rf"(?:{_SIGN} {{1,2}}){{7}}"
_FINDERS = (url_schemed.find_in, url_bare.find_in, domain.find_in)


def find_in(folded: Folded) -> Iterator[Identifier]:
    """Find spelt links in a folded text."""
    for spelt in _SPELT.finditer(folded.plain):
        found = _read(spelt[0].replace(" ", ""))
        if found:
            yield _put(folded, spelt, found)


def _read(joined: str) -> Identifier | None:
    # Only a stretch that is a link from end to end; its last signs may belong to the sentence.
    within = Folded(joined, is_plain=True)
    every = (found for find in _FINDERS for found in find(within))
    return next((each for each in every if each.start == 0), None)


def _put(folded: Folded, spelt: Match[str], found: Identifier) -> Identifier:
    places = [at for at in range(*spelt.span()) if folded.plain[at] != " "]
    span = places[found.start], places[found.end - 1] + 1
    return folded.make(
        found.kind,
        found.value,
        span,
        "spaced",
        *found.hidden_by,
        also=found.ascii,
        innocent=found.innocent,
    )
