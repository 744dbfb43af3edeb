"""Place a report as it comes: into one cluster that is there, or into a new one of its own.

A live placement never unites clusters; the run over the whole archive does (``settle``). What a
clue weighs: its kind's strength times the share of the reports naming it that are the cluster's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

WEAK = 0.3
STRENGTH: Mapping[str, float] = {
    "bank_card": 1.0,
    "pay_account": 1.0,
    "crypto": 1.0,
    "wechat": 1.0,
    "qq": 1.0,
    "qq_group": 1.0,
    "telegram": 1.0,
    "whatsapp": 1.0,
    "app_package": 1.0,
    "sha256": 1.0,
    "sha1": 1.0,
    "md5": 1.0,
    "email": 0.9,
    "phone": 0.9,
    "url": 0.8,
    "domain": 0.8,
    "id_card": 0.8,
    "icp_licence": 0.7,
    "cert": WEAK,
    "ip": WEAK,
    "ipv4": WEAK,
    "ipv6": WEAK,
}
LINKING = tuple(sorted(STRENGTH))
ENOUGH = 0.6  # what the clues that point to a cluster must weigh together
CLEAR = 1.5  # and how many times what points to the next one
HUB_LEAST, HUB_SHARE = 30, 0.5  # named so often, and so rarely by the cluster: it tells nothing

Clue = tuple[str, int]  # kind of an identifier, and the identifier


class Owner(Struct, frozen=True):
    """Whose an identifier is: ``mine`` of the ``total`` reports that name it are the cluster's."""

    cluster: str
    mine: int
    total: int


class Placed(Struct, frozen=True):
    """Where a report went; ``because`` are the clues that brought it there, none where it is new."""

    cluster: str
    because: tuple[Clue, ...] = ()


def weigh(kind: str, owner: Owner) -> float:
    """Weigh what an identifier of ``kind`` says for its owner; nothing where it is a hub."""
    share = owner.mine / owner.total
    if owner.total >= HUB_LEAST and share < HUB_SHARE:
        return 0.0
    return STRENGTH.get(kind, 0.0) * share


def choose(clues: Iterable[Clue], owners: Mapping[int, Owner]) -> Placed | None:
    """Choose the cluster to which these clues point clearly; None where there is none."""
    weights: dict[str, float] = defaultdict(float)
    because: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        owner = owners.get(clue[1])
        weight = weigh(clue[0], owner) if owner else 0.0
        if owner and weight:
            weights[owner.cluster] += weight
            because[owner.cluster].append(clue)
    if not weights:
        return None
    best = min(weights, key=lambda cluster: (-weights[cluster], cluster))
    second = max((weights[each] for each in weights if each != best), default=0.0)
    if weights[best] < ENOUGH or weights[best] < CLEAR * second:
        return None
    return Placed(best, tuple(because[best]))


def count(owners: dict[int, Owner], cluster: str, clues: Iterable[Clue]) -> None:
    """Note that a report of ``cluster`` names these clues; the first to name one owns it."""
    for _kind, identifier in clues:
        owner = owners.get(identifier) or Owner(cluster, 0, 0)
        mine = owner.mine + (owner.cluster == cluster)
        owners[identifier] = Owner(owner.cluster, mine, owner.total + 1)


def place(
    reports: Sequence[tuple[int, Sequence[Clue]]], owners: dict[int, Owner], taken: Iterable[str]
) -> dict[int, Placed]:
    """Place reports in their order; ``owners`` comes to know them. Reports without clues stay out.

    ``taken`` are keys of clusters that must not be given again.
    """
    used, placed = set(taken), dict[int, Placed]()
    for report, clues in reports:
        if not clues:
            continue
        found = choose(clues, owners) or Placed(name_cluster(report, used))
        used.add(found.cluster)
        count(owners, found.cluster, clues)
        placed[report] = found
    return placed


def name_cluster(first: int, taken: Iterable[str]) -> str:
    """Name a new cluster after its first report, with a letter more where that name was used."""
    used, number = set(taken) if not isinstance(taken, set) else taken, 0
    while True:
        key = f"{first}{'' if not number else f'-{number}'}"
        if key not in used:
            return key
        number += 1
