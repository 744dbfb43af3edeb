"""The method: which reports speak of one gang. Steps of SQL on an engine, and the loop around them.

Identifiers that come together again make pairs, pairs make groups where three of them close a
triangle, groups are the first clusters; an identifier that two gangs share joins no triangle of
both. Then, in rounds, lone reports are attached and clusters united whose shared identifiers are
wide enough for the time when both were at work.
"""

from collections.abc import Sequence
from pathlib import Path

from tipline.domain.link.engine import LinkEngine, LinkSummary, OpenEngine, Ruling
from tipline.domain.link.rulings import join_rulings, split
from tipline.domain.link.settings import OTHER, WEIGHTS, Method

ROUNDS_MOST = 200  # of shrinking; each leaves at most about two thirds of the links
FIRST = (
    "report",
    "unit",
    "identifier",
    "mention",
    "spell",
    "degree",
    "known",
    "kept",
    "company",
    "hub",
)
PAIRS = ("pair", "named", "triangle")


class MethodLinker:
    """Links the whole archive by the method, on the engine that ``open_engine`` opens."""

    def __init__(self, open_engine: OpenEngine, method: Method | None = None) -> None:
        self._open = open_engine
        self._method = method or Method()

    def link(
        self, edges: Path, output: Path, *, must: Sequence[Ruling], cannot: Sequence[Ruling]
    ) -> LinkSummary:
        """Read ``edges``, write ``output``; see ``Linker``."""
        together = join_rulings(must, cannot)
        with self._open() as engine:
            engine.read(edges)
            engine.load("alias", ("member", "lead"), together)
            engine.load("apart", ("a", "b"), sorted(cannot))
            run = Run(engine, self._method)
            run.find_clusters()
            parts = run.take_apart() if cannot else 0
            return run.save(output, parts)


class Run:
    """One run on an open engine."""

    def __init__(self, engine: LinkEngine, method: Method) -> None:
        self._engine = engine
        self._numbers = method.list_numbers()
        self._numbers |= {
            "other_weight": OTHER.weight, "other_weak": int(OTHER.is_weak), "other_life": OTHER.life,
        }  # fmt: skip
        self._rounds = int(method.rounds)

    def find_clusters(self) -> None:
        """Make the table ``label``: unit, label."""
        kinds = [
            (kind, each.weight, int(each.is_weak), each.life) for kind, each in WEIGHTS.items()
        ]
        self._engine.load("kinds", ("kind", "weight", "weak", "life"), kinds)
        self._engine.load("part", ("unit", "part"), [(-1, -1)])
        self._make(*FIRST, *PAIRS)
        self._unite("of_triangles")
        self._engine.make("label", "first_label")
        for turn in range(self._rounds):
            self._make("used", "spread", "attached")
            self._engine.make("label", "label_attached")
            if not turn:
                self._unite("of_rare")
                self._engine.make("label", "label_rare")
            self._make("used", "spread", "extent", "candidate", "width", "fit")
            self._unite("joins")
            self._engine.make("label", "label_joined")

    def take_apart(self) -> int:
        """Take apart the clusters that hold reports which must be apart; gives how many."""
        self._make("clash")
        clashes = sorted(self._engine.fetch("clash"))
        if not clashes:
            return 0
        self._make("torn")
        torn = self._engine.fetch("torn")
        parts: list[tuple[int, int]] = []
        labels = sorted({label for _, _, label in clashes})
        for label in labels:
            rows = [(count, number, unit) for of, unit, number, count in torn if of == label]
            cannot = [(one, two) for one, two, of in clashes if of == label]
            units = {unit for _, _, unit in rows}
            parts += sorted(split(units, [row for row in rows if row[0]], cannot).items())
        self._engine.load("part", ("unit", "part"), parts)
        return len(labels)

    def save(self, output: Path, parts: int) -> LinkSummary:
        """Write the clusters and tell what came of it."""
        self._make("cluster", "summary")
        self._engine.save("cluster", output)
        reports, identifiers, clusters, clustered, largest = self._engine.fetch("summary")[0]
        return LinkSummary(
            reports=reports or 0, identifiers=identifiers, clusters=clusters or 0,
            clustered=clustered or 0, largest=largest or 0, split=parts,
        )  # fmt: skip

    def _make(self, *steps: str) -> None:
        for step in steps:
            self._engine.make(step, step, **self._numbers)

    def _unite(self, joins: str) -> None:
        """Make ``grouped`` (node, head) of the links that a step gives."""
        self._engine.make("joins", joins, **self._numbers)
        self._engine.make("ends", "ends")
        self._engine.make("grouped", "nodes")
        for turn in range(ROUNDS_MOST):
            if not self._engine.count("ends"):
                return
            self._engine.make("step_to", "step_to", salt=7919 * turn)
            self._engine.make("grouped", "follow")
            self._engine.make("ends", "shrink")
        raise RuntimeError("groups did not come to rest")
