"""Links the archive through files: its links are written as Parquet, its clusters read from it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from tipline.domain.link.archive import Edge, Pair
from tipline.domain.link.engine import Linker

SCHEMA = {"report_id": pl.Int64, "kind": pl.String, "value": pl.String}


class FileLinker:
    """Hands the archive to a linker of files, in a folder that is removed afterwards."""

    def __init__(self, linker: Linker, folder: Path) -> None:
        self._linker, self._folder = linker, folder

    def link(
        self, edges: Iterable[Sequence[Edge]], *, must: Collection[Pair], cannot: Collection[Pair]
    ) -> Mapping[int, int]:
        """Give the cluster of each report."""
        frames = [pl.DataFrame(part, schema=SCHEMA, orient="row") for part in edges]
        if not frames:
            return {}
        self._folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self._folder) as folder:
            given, found = Path(folder) / "edges.parquet", Path(folder) / "clusters.parquet"
            together = pl.concat(frames)
            together.write_parquet(given)
            named = set(together["report_id"].to_list())
            self._linker.link(given, found, must=_write(must, named), cannot=_write(cannot, named))
            clusters = pl.read_parquet(found)
        numbers = clusters["report_id"].cast(pl.Int64).to_list()
        labels = clusters["cluster_id"].cast(pl.Int64).to_list()
        return dict(zip(numbers, labels, strict=True))


def _write(pairs: Collection[Pair], named: Collection[int]) -> list[tuple[str, str]]:
    """Write pairs of reports that still name something."""
    return [(str(one), str(other)) for one, other in pairs if {one, other} <= set(named)]
