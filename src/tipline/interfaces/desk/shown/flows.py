"""Places accounts and the money between them, for a template that draws them as SVG."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from tipline.domain.case.facts import Figure, Relation
from tipline.store.queries.case_rows import FlowRow

NODE_WIDE, NODE_HIGH = 190, 34
STEP_X, STEP_Y = 330, 64
MARGIN = 10
ACCOUNTS_DRAWN = 60
COLUMNS_MAX = 8
THIN, THICK = 1.5, 12.0


class Node(Struct, frozen=True):
    """An account and where its box stands."""

    name: str
    x: int
    y: int

    @property
    def text_y(self) -> int:
        """Baseline of its name."""
        return self.y + NODE_HIGH // 2 + 5


class Edge(Struct, frozen=True, kw_only=True):
    """All the money of one currency from one account to another."""

    path: str
    width: float
    label_x: int
    label_y: int
    figure: Figure


class Picture(Struct, frozen=True):
    """Accounts in columns, the payers on the left."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    left_out: int  # accounts that did not fit


def draw_flows(flows: Sequence[FlowRow]) -> Picture | None:
    """Draw what holds of ``flows``; nothing where there is none."""
    held = [each for each in flows if each.is_effective]
    if not held:
        return None
    columns = _find_columns(held)
    names = sorted(columns, key=lambda name: columns[name])
    drawn, left_out = set(names[:ACCOUNTS_DRAWN]), max(len(names) - ACCOUNTS_DRAWN, 0)
    nodes = _place(columns, [name for name in names if name in drawn])
    pairs = _join(each for each in held if {each.payer, each.payee} <= drawn)
    largest = max((value for value, _least in pairs.values()), default=Decimal(1)) or Decimal(1)
    edges = tuple(_draw(nodes, key, told, largest) for key, told in pairs.items())
    width = max(node.x for node in nodes.values()) + NODE_WIDE + MARGIN
    height = max(node.y for node in nodes.values()) + NODE_HIGH + MARGIN + 24
    return Picture(tuple(nodes.values()), edges, width, height, left_out)


def _find_columns(flows: Sequence[FlowRow]) -> dict[str, int]:
    # Each account stands right of those that pay it; money that runs in a circle stops the march.
    columns: dict[str, int] = {}
    for each in flows:
        columns.setdefault(each.payer, 0)
        columns.setdefault(each.payee, 0)
    for _round in range(COLUMNS_MAX - 1):
        moved = False
        for each in flows:
            wanted = min(columns[each.payer] + 1, COLUMNS_MAX - 1)
            if columns[each.payee] < wanted and each.payee != each.payer:
                columns[each.payee], moved = wanted, True
        if not moved:
            break
    return columns


def _place(columns: dict[str, int], names: Sequence[str]) -> dict[str, Node]:
    rows: dict[int, int] = defaultdict(int)
    nodes = {}
    for name in names:
        column = columns[name]
        nodes[name] = Node(name, MARGIN + column * STEP_X, MARGIN + rows[column] * STEP_Y)
        rows[column] += 1
    return nodes


def _join(flows: Iterable[FlowRow]) -> dict[tuple[str, str, str], tuple[Decimal, bool]]:
    pairs: dict[tuple[str, str, str], tuple[Decimal, bool]] = {}
    for each in flows:
        key = (each.payer, each.payee, each.figure.currency)
        value, is_least = pairs.get(key, (Decimal(0), False))
        pairs[key] = (
            value + each.figure.value,
            is_least or each.figure.relation is Relation.AT_LEAST,
        )
    return pairs


def _draw(  # noqa: PLR0917 - one caller, just above
    nodes: dict[str, Node],
    key: tuple[str, str, str],
    told: tuple[Decimal, bool],
    largest: Decimal,
) -> Edge:
    payer, payee, currency = key
    value, is_least = told
    start, end = nodes[payer], nodes[payee]
    x1, y1 = start.x + NODE_WIDE, start.y + NODE_HIGH // 2
    x2, y2 = end.x, end.y + NODE_HIGH // 2
    bend = 70 if x2 > x1 else 160
    share = float(value / largest)
    return Edge(
        path=f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}",
        width=round(THIN + (THICK - THIN) * share, 1),
        label_x=(x1 + x2) // 2,
        label_y=(y1 + y2) // 2 - 8,
        figure=Figure(value, Relation.AT_LEAST if is_least else Relation.EXACT, currency),
    )
