"""Chooses the engine that links the whole archive."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType

from tipline.domain.link.engine import LinkEngine, Linker
from tipline.domain.link.method import MethodLinker
from tipline.settings import Settings


def _open_duckdb() -> AbstractContextManager[LinkEngine]:
    from tipline.adapters.linking import duckdb  # noqa: PLC0415 - only linking needs the engine

    return duckdb.open_duckdb()


ENGINES: Mapping[str, Callable[[], AbstractContextManager[LinkEngine]]] = MappingProxyType(
    {"duckdb": _open_duckdb}
)


def open_link_engine(_settings: Settings, engine: str = "duckdb") -> Linker:
    """Give what links the whole archive.

    Raises:
        LookupError: there is no engine of this name.

    """
    return MethodLinker(ENGINES[engine])
