"""What an event does to the desk's rows: the one place where it is said.

Services decide and call ``record``; a rebuild reads the same events from the vault. Both come
through this table, so a rebuilt desk is what it was. An event that is not named here changes
nothing but the audit.
"""

from collections.abc import Callable, Mapping, Sequence

from tipline.store.effects import (
    case,
    disposal,
    feedback,
    inspections,
    intake,
    known,
    link,
    measures,
    orders,
    search,
    training,
    triage,
)
from tipline.store.events import Recorded

Effect = Callable[[Sequence[Recorded]], None]

EFFECTS: Mapping[str, Effect] = {
    **intake.EFFECTS,
    **triage.EFFECTS,
    **training.EFFECTS,
    **case.EFFECTS,
    **link.EFFECTS,
    **disposal.EFFECTS,
    **known.EFFECTS,
    **inspections.EFFECTS,
    **measures.EFFECTS,
    **orders.EFFECTS,
    **search.EFFECTS,
    **feedback.EFFECTS,
}
