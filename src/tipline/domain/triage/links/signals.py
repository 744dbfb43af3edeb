"""Signals of one link. Each is a fact with its reason and a few points of priority; none decides.

A link's letters alone condemn about a third of lawful host names when a model is made to decide by
them, so nothing here does: points are few and their sum is capped.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import ada_url
from msgspec import Struct

from tipline.domain.triage.canonical import HostMissing, canonicalise
from tipline.domain.triage.canonical.suffixes import Naming, read_naming
from tipline.domain.triage.links.letters import mixes_scripts
from tipline.domain.triage.links.likeness import find_likeness
from tipline.domain.triage.links.shorteners import SHORTENERS
from tipline.domain.words import Param, Reason

LINK_POINTS_MAX = 10
KINDS = frozenset({"url", "domain", "ip", "ipv4", "ipv6"})
_PORT = re.compile(
    r"^(?:[a-z]+://)?(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:@]*):(\d{1,5})(?=[/?#]|$)", re.IGNORECASE
)
_USER = re.compile(r"^[a-z*]+:(?://|\\\\)([^/?#@]*\.[^/?#@]*)@", re.IGNORECASE)
_USUAL_PORTS = frozenset({"80", "443", "21", "8080", "8443"})
_HYPHENS, _LABELS, _CHARS = 3, 5, 150
_BRAND_POINTS = {"same": 4, "alike": 6, "edited": 4, "part": 4}


class Signal(Struct, frozen=True):
    """A fact about a link: a key of ``LINK_REASONS``, what fills it, and its points of priority."""

    key: str
    params: Mapping[str, Param]
    points: int

    @property
    def reason(self) -> Reason:
        """The fact in words."""
        return Reason(self.key, self.params)


class _Link(Struct, frozen=True):
    value: str
    surface: str
    host: str  # canonical, in ASCII
    shown: str  # in Unicode
    naming: Naming


def list_signals(kind: str, value: str, surface: str = "") -> tuple[Signal, ...]:
    """List the signals of a link, domain or address; of anything else there are none.

    ``surface`` is the link as it was written: a name before an @ shows only there.
    """
    if kind not in KINDS:
        return ()
    try:
        host = canonicalise(f"[{value}]" if kind == "ipv6" and value[:1] != "[" else value).host
    except HostMissing:
        return ()
    shown = ada_url.idna.decode(host) if "xn--" in host else host
    link = _Link(value, surface or value, host, shown, read_naming(host))
    return tuple(signal for look in _LOOKS for signal in look(link))


def sum_points(signals: Iterable[Signal]) -> int:
    """Points of all signals together, at most ``LINK_POINTS_MAX``."""
    return min(LINK_POINTS_MAX, sum(signal.points for signal in signals))


def _is_address(link: _Link) -> bool:
    return link.host[-1] == "]" or link.host.replace(".", "").isdigit()


def _look_at_address(link: _Link) -> Iterator[Signal]:
    if _is_address(link):
        yield Signal("link.address", {}, 3)
    elif not link.naming.suffix:
        yield Signal("link.unregistered", {}, 1)


def _look_at_brand(link: _Link) -> Iterator[Signal]:
    if _is_address(link):
        return
    registered = link.naming.registered or ".".join(link.host.split(".")[-2:])
    if "xn--" in registered:
        registered = ada_url.idna.decode(registered)
    found = find_likeness(link.shown, registered, is_hosted=link.naming.is_hosting)
    if found:
        params = {"brand": found.brand.name_en}
        yield Signal(f"link.brand.{found.how}", params, _BRAND_POINTS[found.how])


def _look_at_letters(link: _Link) -> Iterator[Signal]:
    if link.shown != link.host:
        yield Signal("link.punycode", {"ascii": link.host}, 1)
        if any(map(mixes_scripts, link.shown.split("."))):
            yield Signal("link.mixed", {}, 5)


def _look_at_hiding(link: _Link) -> Iterator[Signal]:
    if link.naming.registered in SHORTENERS:
        yield Signal("link.shortener", {}, 1)
    if _USER.match(link.surface):
        yield Signal("link.userinfo", {}, 5)
    port = _PORT.match(link.value)
    if port and port[1] not in _USUAL_PORTS:
        yield Signal("link.port", {"port": port[1]}, 1)


def _look_at_shape(link: _Link) -> Iterator[Signal]:
    hyphens, labels = link.host.replace("xn--", "").count("-"), link.host.count(".") + 1
    if hyphens >= _HYPHENS:
        yield Signal("link.hyphens", {"count": hyphens}, 1)
    if labels >= _LABELS and not _is_address(link):
        yield Signal("link.labels", {"count": labels}, 1)
    if link.naming.is_hosting:
        yield Signal("link.hosting", {"suffix": link.naming.suffix}, 1)
    if len(link.value) >= _CHARS:
        yield Signal("link.long", {"count": len(link.value)}, 1)


_LOOKS: tuple[Callable[[_Link], Iterator[Signal]], ...] = (
    _look_at_brand,
    _look_at_letters,
    _look_at_hiding,
    _look_at_address,
    _look_at_shape,
)
