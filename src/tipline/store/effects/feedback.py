"""Where the vault keeps what the reporter was told."""

from collections.abc import Callable, Mapping, Sequence

from tipline.store.bulk import update_rows
from tipline.store.events import Recorded
from tipline.store.models import Letter


def _tell(events: Sequence[Recorded]) -> None:
    sent = ((each.body["letter"], {"leaf_index": each.body["leaf_index"]}) for each in events)
    update_rows(Letter, sent)


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {"reporter.told": _tell}
