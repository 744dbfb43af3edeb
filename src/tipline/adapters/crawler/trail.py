"""Which of a page's exchanges are those of its document, and what they say."""

from collections.abc import Sequence

from msgspec import Struct

from tipline.adapters.gate.asking import join
from tipline.domain.evidence.exchanges import Exchange, Refusal
from tipline.domain.evidence.targets import UrlRefused, read_target


class Trail(Struct, frozen=True):
    """From the address that was asked for to the document: redirections, then the answer.

    ``exchange`` is None where there is none; ``refused`` says why the gate did not ask.
    """

    redirects: tuple[str, ...]
    exchange: Exchange | None
    refused: str = ""


def follow(
    url: str, exchanges: Sequence[Exchange], refusals: Sequence[Refusal], *, final_url: str
) -> Trail:
    """Follow the redirections from ``url`` among what one door saw, to ``final_url`` if there is one."""
    redirects: list[str] = []
    current, found = url, None
    for each in exchanges:
        if each.url != current:
            continue
        found = each
        place = each.find_header("location")
        if not 300 <= each.status < 400 or not place:
            break
        redirects.append(current)
        current = _read(join(current, place))
    if final_url and (shown := _find_last(exchanges, _read(final_url))):
        return Trail(tuple(redirects), shown)
    reasons = [each.reason for each in refusals if _is_of(each.url, current)]
    return Trail(tuple(redirects), found, reasons[0] if reasons else "")


def _find_last(exchanges: Sequence[Exchange], url: str) -> Exchange | None:
    return next((each for each in reversed(exchanges) if each.url == url), None)


def _is_of(refused: str, url: str) -> bool:
    # A tunnel is refused before the path is known.
    return refused == url or (url.startswith("https:") and url.startswith(refused))


def _read(url: str) -> str:
    try:
        return read_target(url).url
    except UrlRefused:
        return url
