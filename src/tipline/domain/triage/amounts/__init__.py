"""Amounts of money and counts of people, accounts and things that a report tells of."""

from tipline.domain.triage.amounts.counts import Count, find_counts
from tipline.domain.triage.amounts.finding import Amount
from tipline.domain.triage.amounts.reading import (
    GATE,
    find_amounts,
    find_amounts_many,
    write_plain,
)

__all__ = (
    "GATE",
    "Amount",
    "Count",
    "find_amounts",
    "find_amounts_many",
    "find_counts",
    "write_plain",
)
