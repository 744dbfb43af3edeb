"""Reads what follows a host in a link: path, query and fragment."""

import re

_REST = re.compile(r"[/?#][!#-;=?-\[\]^_a-z{}~]{0,4000}")
_ENDING_OF_FILE = re.compile(
    r"(?:。|点|丶|·| \. | 点 |\[dot\]|\(dot\))((?:s?html?|php|aspx?|jsp|do|apk|ipa|exe|cgi|action)(?![a-z0-9])"
    r"(?:[?#][!#-;=?-~]{0,2000})?)",
    re.IGNORECASE,
)
_BRACKETED_DOT = re.compile(r"[\[({] ?(?:\.|dot) ?[\])}]", re.IGNORECASE)
_NEXT_LINK = re.compile(r"(?<=[a-z0-9,;])[,;]?h(?:tt|xx)ps?://", re.IGNORECASE)
_REST_CHARS = 2000
_OPENERS = {")": "(", "]": "[", "}": "{"}
_ENDINGS = ".,;:!?'\"*_~`|"


def read_path(plain: str, place: int) -> tuple[str, str, tuple[str, ...]]:
    """Read the rest of a link at ``place``: as written, refanged, and how it was hidden."""
    if plain.startswith("[/]", place):
        more = _REST.match(f"/{plain[place + 3 : place + _REST_CHARS]}")
        rest = _trim(more[0]) if more else "/"
        return f"[/]{rest[1:]}", rest.replace("[/]", "/"), ("bracketed_slash",)
    match = _REST.match(plain, place)
    if not match:
        return "", "", ()
    rest = match[0]
    if rest == "/":
        return rest, rest, ()
    link = _NEXT_LINK.search(rest)
    rest = _trim(rest[: link.start()] if link else rest)
    more = _ENDING_OF_FILE.match(plain, place + len(rest)) if rest else None
    if more:
        return rest + more[0], f"{rest}.{more[1]}", ("word_dot",)
    if "[" in rest or "(" in rest or "{" in rest:
        path = _BRACKETED_DOT.sub(".", rest)
        return rest, path, ("bracketed_dot",) if path != rest else ()
    return rest, rest, ()


def _trim(rest: str) -> str:
    # A bracket that was not opened within belongs to the sentence, as do full stops and quotes.
    end = len(rest)
    while end and _is_ending(rest, end):
        end -= 1
    return rest[:end]


def _is_ending(rest: str, end: int) -> bool:
    last = rest[end - 1]
    if last in _OPENERS:
        return rest.count(last, 0, end) > rest.count(_OPENERS[last], 0, end)
    return last in _ENDINGS
