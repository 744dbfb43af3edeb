"""Chooses the engine that links the whole archive."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType

from tipline.domain.link.archive import ArchiveLinker
from tipline.domain.link.engine import LinkEngine, Linker
from tipline.domain.link.explain import Step, explain
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


def open_archive_linker(settings: Settings) -> ArchiveLinker:
    """Give what links the desk's own archive."""
    from tipline.adapters.linking.archive import FileLinker  # noqa: PLC0415 - as above

    return FileLinker(open_link_engine(settings), settings.desk_dir / "linking")


def explain_link(edges: Path, one: str, two: str) -> list[Step] | None:
    """Find the shortest chain of identifiers between two reports of a file of edges.

    Raises:
        EdgesRefused: the file is not there or not what it should be.
        LookupError: the file names no such report.

    """
    from tipline.adapters.linking.edges import open_edges  # noqa: PLC0415 - as above

    with open_edges(edges) as opened:
        known = opened.names_of([one, two])
        for report in (one, two):
            if report not in known:
                raise LookupError(report)
        return explain(one, two, names_of=opened.names_of, reports_of=opened.reports_of)
