"""Makes gates: patterns that let through every text in which a narrower pattern finds something."""

import re

_ASSERTION = re.compile(r"\(\?(?:<?[=!])")
_NAMED = re.compile(r"\(\?P<\w+>")
_ANCHOR = re.compile(r"(?<!\\)\\[bBZ]")


def loosen(pattern: str) -> str:
    """Give ``pattern`` without what Rust's regex does not know and what only narrows.

    Assertions, anchors of words and possessive repeats go, names of groups too; each of that can
    only let more through. The pattern may not use classes that the two engines read differently
    (``\\w``, ``\\d``, ``\\s``) nor escaped brackets right before an assertion.
    """
    kept, place = [], 0
    for match in _ASSERTION.finditer(pattern):
        if match.start() >= place:
            kept.append(pattern[place : match.start()])
            place = _find_close(pattern, match.end())
    loose = "".join((*kept, pattern[place:]))
    loose = _ANCHOR.sub("", _NAMED.sub("(?:", loose))
    return re.sub(r"([+*}])\+", r"\1", loose)


def _find_close(pattern: str, place: int) -> int:
    # The place after the bracket that closes the group which is open at ``place``.
    depth, is_class = 1, False
    while depth:
        sign = pattern[place]
        if sign == "\\":
            place += 1
        elif is_class:
            is_class = sign != "]"
        elif sign == "[":
            is_class = True
            place += pattern[place + 1] in "]^"
        else:
            depth += (sign == "(") - (sign == ")")
        place += 1
    return place
