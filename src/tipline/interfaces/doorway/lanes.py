"""Which lane a report takes. A lane orders the work behind the door; every report is kept."""

from dataclasses import dataclass

NORMAL = "normal"
SLOW = "slow"


@dataclass(kw_only=True)
class PlainLane:
    """Lets ``per_minute`` reports without proof of work into the normal lane."""

    per_minute: int
    _minute: int = -1
    _taken: int = 0

    def take(self, *, count: int, now: float) -> str:
        """Tell the lane of ``count`` plain reports; ``now`` is monotonic seconds."""
        minute = int(now // 60)
        if minute != self._minute:
            self._minute, self._taken = minute, 0
        self._taken += count
        return NORMAL if self._taken <= self.per_minute else SLOW
