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
    rounds: float = _number(3, "rounds of attaching reports and uniting clusters")
    attach: float = _number(0.3, "weight that attaches a lone report to a cluster")
    clusters_most: float = _number(15, "clusters that name an identifier, at most, for it to join")
    join_weight: float = _number(0.3, "weight of the identifiers that two clusters share, at least")
    join_shared: float = _number(2, "identifiers that two clusters share, at least")
    join_width: float = _number(
        0.4, "share of the narrower cluster's identifiers of the time when both were at work"
    )
    rare_reports: float = _number(3, "reports that name an identifier that pairs lone reports")
    rare_weight: float = _number(0.9, "weight of the rare identifiers that pair lone reports")

    def list_numbers(self) -> dict[str, float]:
        """List name and number."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


WEIGHTS: dict[str, tuple[float, bool]] = {  # weight; is weak: may support, never hold alone
    "phone": (1.0, False),
    "bank_card": (1.2, False),
    "wechat": (1.0, False),
    "qq": (1.0, False),
    "domain": (0.9, False),
    "ip": (0.3, True),
    "certificate": (0.3, True),
    "template": (0.35, True),
}
OTHER = (0.9, False)  # kinds that are not in the table
