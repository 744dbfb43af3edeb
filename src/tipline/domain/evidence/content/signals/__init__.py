"""The signals of a page: each module looks for one sort; drop a file in and it takes part.

A module has ``look(seen, claims)``, which gives the signals it sees. None decides anything.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from tipline.domain.evidence.content.claims import Claims
from tipline.domain.evidence.content.findings import PageSignal
from tipline.domain.evidence.content.items import Seen

Look = Callable[[Seen, Claims], Iterator[PageSignal]]

_LOOKS: tuple[Look, ...] = tuple(
    import_module(f"{__name__}.{each.name}").look for each in iter_modules(__path__)
)


def list_page_signals(seen: Seen, claims: Claims) -> tuple[PageSignal, ...]:
    """List the signals of a page."""
    return tuple(signal for look in _LOOKS for signal in look(seen, claims))
