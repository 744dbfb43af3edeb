"""Makes an effect of many events from an effect of one."""

from collections.abc import Callable, Sequence

from tipline.store.events import Recorded


def each(effect: Callable[[Recorded], None]) -> Callable[[Sequence[Recorded]], None]:
    """Give the effect that does ``effect`` for one event after the other."""

    def run(events: Sequence[Recorded]) -> None:
        for event in events:
            effect(event)

    return run
