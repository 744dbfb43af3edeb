"""Settings of the method in one table; docs/reference/linking.md is made from it."""

from dataclasses import dataclass, field, fields


def _number(default: float, told: str) -> float:
    made: float = field(default=default, metadata={"help": told})
    return made


@dataclass(frozen=True, kw_only=True)
class Method:
    """The settings; each is a number that steps may name as ``$name``."""

    rarest: float = _number(12, "identifiers of a report that are looked at, the rarest first")
    hub_share: float = _number(0.005, "an identifier in a larger share of the reports is a hub")
    hub_least: float = _number(1000, "... but never one in fewer reports than this")
    pair_reports: float = _number(2, "reports that must name a pair of identifiers together")
    pair_lift: float = _number(30, "times as often as chance would put the pair together")
    lift_from: float = _number(50, "... asked where one of the two is in more reports than this")
    weak_pair: float = _number(4, "reports that must name a pair of two weak identifiers")
    company_from: float = _number(50, "an identifier in more reports than this is a hub ...")
    company: float = _number(0.5, "... if a smaller share of its company than this comes twice")
    rest: float = _number(
        21, "days without mention after which an identifier may have changed hands"
    )
    spells: float = _number(2, "times that an identifier rests, from which on it is a shared one")
    shared_weight: float = _number(0.1, "what is left of the weight of a shared identifier")
    rounds: float = _number(3, "rounds of attaching reports and uniting clusters")
    attach: float = _number(0.5, "weight that attaches a lone report to a cluster")
    clusters_most: float = _number(8, "clusters that name an identifier, at most, for it to join")
    join_weight: float = _number(0.3, "weight of the identifiers that two clusters share, at least")
    join_pause: float = _number(
        30, "days between two clusters' times, less than which they may be one"
    )
    join_width: float = _number(
        0.15,
        "shared identifiers after the first, for each of the narrower side's while both worked",
    )
    join_single: float = _number(
        0.25, "share of the narrower cluster's identifiers that one shared identifier must be"
    )
    rare_reports: float = _number(30, "reports that name an identifier that pairs lone reports")
    rare_weight: float = _number(0.8, "weight of the identifiers that pair lone reports")

    def list_numbers(self) -> dict[str, float]:
        """List name and number."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Weight:
    """How much an identifier of a kind says."""

    weight: float
    life: int  # days that a gang uses one; used for longer, it is shared by strangers
    is_weak: bool = False  # may support, and attach a lone report; never unites clusters


WEIGHTS: dict[str, Weight] = {
    "phone": Weight(weight=1.0, life=14),  # victims' own numbers: short
    "bank_card": Weight(weight=1.0, life=60),
    "wechat": Weight(weight=1.0, life=60),
    "qq": Weight(weight=1.0, life=60),
    "domain": Weight(weight=1.0, life=60),
    "ip": Weight(weight=1.0, life=60),
    "certificate": Weight(weight=1.0, life=60),
    "template": Weight(weight=0.9, life=150, is_weak=True),
}
OTHER = Weight(weight=1.0, life=60)  # kinds that are not in the table
