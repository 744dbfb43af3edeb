"""Where a report stands in the queue: one number, smallest first."""

PRIORITY_MAX = 1_000
_AGE_BITS = 40
LEAF_MASK = (1 << _AGE_BITS) - 1  # the part of a place that is the leaf index


def make_place(priority: int, leaf_index: int) -> int:
    """Highest priority first, then the oldest: a leaf index is an age, since leaves only grow."""
    urgency = PRIORITY_MAX - min(max(priority, 0), PRIORITY_MAX)
    return urgency << _AGE_BITS | leaf_index
