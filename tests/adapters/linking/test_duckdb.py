"""The batch on a real engine: what it reads, what it obeys, and that order means nothing."""

from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from tipline.adapters.linking.duckdb import open_duckdb
from tipline.domain.link.engine import EdgesRefused, Linker, LinkSummary, Ruling
from tipline.domain.link.generator import KINDS, Shape, draw_archive
from tipline.domain.link.method import MethodLinker
from tipline.domain.link.rulings import RulingsContradict
from tipline.domain.link.scores import score

Row = tuple[str, str, str]
GANG: list[Row] = [
    (f"r{number}", kind, value)
    for number in range(4)
    for kind, value in (("phone", "139"), ("wechat", "wx1"), ("bank_card", "6222"))
]


@pytest.fixture
def linker() -> Linker:
    return MethodLinker(lambda: open_duckdb(threads=1))


def link(
    linker: Linker,
    folder: Path,
    rows: list[Row],
    *,
    must: list[Ruling] = [],  # noqa: B006 - never changed
    cannot: list[Ruling] = [],  # noqa: B006 - never changed
) -> tuple[dict[str, str], LinkSummary]:
    path = folder / "edges.parquet"
    schema = {"report_id": pl.String, "kind": pl.String, "value": pl.String}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(path)
    summary = linker.link(path, folder / "out.parquet", must=must, cannot=cannot)
    out = pl.read_parquet(folder / "out.parquet")
    return dict(zip(out["report_id"], out["cluster_id"], strict=True)), summary


def test_reports_that_share_pairs_are_one_cluster(linker: Linker, tmp_path: Path) -> None:
    found, summary = link(linker, tmp_path, [*GANG, ("x", "phone", "138")])

    assert found == {"r0": "r0", "r1": "r0", "r2": "r0", "r3": "r0", "x": "x"}
    assert (summary.reports, summary.clusters, summary.clustered, summary.largest) == (5, 1, 4, 4)


def test_nothing_is_linked_of_nothing(linker: Linker, tmp_path: Path) -> None:
    found, summary = link(linker, tmp_path, [])

    assert (found, summary.reports, summary.largest) == ({}, 0, 0)


def test_a_must_link_joins_what_shares_nothing(linker: Linker, tmp_path: Path) -> None:
    found, _ = link(linker, tmp_path, [*GANG, ("x", "qq", "1")], must=[("x", "r2"), ("gone", "x")])

    assert set(found.values()) == {"r0"}


def test_a_cannot_link_takes_a_cluster_apart(linker: Linker, tmp_path: Path) -> None:
    found, summary = link(linker, tmp_path, GANG, cannot=[("r0", "r3")])

    assert found["r0"] != found["r3"]
    assert summary.split == 1


def test_rulings_that_contradict_are_refused(linker: Linker, tmp_path: Path) -> None:
    with pytest.raises(RulingsContradict, match="r0 and r2"):
        link(linker, tmp_path, GANG, must=[("r0", "r1"), ("r1", "r2")], cannot=[("r0", "r2")])


def test_innocent_identifiers_link_nothing(linker: Linker, tmp_path: Path) -> None:
    frame = pl.DataFrame(GANG, schema=["report_id", "kind", "value"], orient="row")
    frame.with_columns(pl.lit(value=True).alias("innocent")).write_parquet(tmp_path / "in.parquet")

    summary = linker.link(tmp_path / "in.parquet", tmp_path / "out", must=[], cannot=[])

    assert summary.clustered == 0


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (pl.DataFrame({"report_id": [1], "kind": ["phone"]}), "no column value; it has report_id"),
        (
            pl.DataFrame({"report_id": [1], "kind": ["a"], "value": ["b"], "created_at": ["now"]}),
            "created_at is VARCHAR",
        ),
    ],
)
def test_edges_of_another_shape_are_refused(
    linker: Linker, tmp_path: Path, frame: pl.DataFrame, told: str
) -> None:
    frame.write_parquet(tmp_path / "in.parquet")

    with pytest.raises(EdgesRefused, match=told):
        linker.link(tmp_path / "in.parquet", tmp_path / "out", must=[], cannot=[])


def test_what_is_no_parquet_is_refused(linker: Linker, tmp_path: Path) -> None:
    (tmp_path / "in").write_text("report_id,kind,value\n")

    for name, told in (("in", "no Parquet"), ("none", "no such file")):
        with pytest.raises(EdgesRefused, match=told):
            linker.link(tmp_path / name, tmp_path / "out", must=[], cannot=[])


REPORTS = [f"r{number}" for number in range(12)]
EDGES = st.lists(
    st.tuples(
        st.sampled_from(REPORTS),
        st.sampled_from(["phone", "wechat", "template", "note"]),
        st.sampled_from("abcd"),
    ),
    max_size=50,
)
PAIRS = st.lists(st.tuples(st.sampled_from(REPORTS), st.sampled_from(REPORTS)), max_size=4)


@settings(max_examples=5, deadline=None)
@given(rows=EDGES, must=PAIRS, cannot=PAIRS, random=st.randoms(use_true_random=False))
def test_the_batch_obeys_and_is_the_same_from_any_order(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[Row],
    must: list[Ruling],
    cannot: list[Ruling],
    random: st.DataObject,
) -> None:
    linker = MethodLinker(lambda: open_duckdb(threads=1))
    folder = tmp_path_factory.mktemp("link")
    try:
        found, _ = link(linker, folder, rows, must=must, cannot=cannot)
    except RulingsContradict:
        return
    for mixed in (rows, must, cannot):
        random.shuffle(mixed)  # type: ignore[attr-defined]

    assert link(linker, folder, rows, must=must, cannot=cannot)[0] == found
    assert set(found) == {report for report, _, _ in rows}
    for one, two in must:
        assert found.get(one, 0) == found.get(two, 0) or not {one, two} <= set(found)
    for one, two in cannot:
        assert found.get(one, 0) != found.get(two, 1)


def test_clusters_are_the_gangs_of_a_drawn_archive(linker: Linker, tmp_path: Path) -> None:
    archive = draw_archive(Shape(reports=5_000), seed=100)
    known = {
        (kind, value)
        for kind, value in zip(archive.allowed.kind, archive.allowed.value, strict=True)
    }
    mentions = archive.mentions
    rows = [
        (f"{report:05}", KINDS[kind].name, str(value))
        for report, kind, value in zip(mentions.report, mentions.kind, mentions.value, strict=True)
        if (kind, value) not in known
    ]
    found, _ = link(linker, tmp_path, rows)
    cluster = [int(found.get(f"{report:05}", report)) for report in range(5_000)]

    scores = score(truth=archive.party, cluster=pl.Series(cluster).to_numpy())

    assert scores.b_f1 > 0.8


def test_a_database_error_is_no_refusal(tmp_path: Path) -> None:
    with open_duckdb(threads=1) as engine, pytest.raises(duckdb.Error):
        engine.fetch("nothing")
