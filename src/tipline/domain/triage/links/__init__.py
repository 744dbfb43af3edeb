"""What a link's own letters tell: signals, each with its reason. They never decide."""

from tipline.domain.triage.links.brands import name_brand
from tipline.domain.triage.links.signals import (
    LINK_POINTS_MAX,
    Signal,
    list_signals,
    sum_points,
)
from tipline.domain.triage.links.words import LINK_REASONS

__all__ = [
    "LINK_POINTS_MAX",
    "LINK_REASONS",
    "Signal",
    "list_signals",
    "name_brand",
    "sum_points",
]
