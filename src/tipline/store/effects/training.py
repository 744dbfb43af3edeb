"""A model was fitted, promoted or rolled back."""

from collections.abc import Callable, Mapping, Sequence

from tipline.store.events import Recorded
from tipline.store.models import ModelUse, ModelVersion


def _keep(events: Sequence[Recorded]) -> None:
    for each in events:
        body = each.body
        ModelVersion.objects.create(
            event=each.seq,
            digest=body["digest"],
            base=body["base"],
            taught=body["taught"],
            tested=body["tested"],
            figures=body["figures"],
            made_at=each.at,
        )


def _use(events: Sequence[Recorded]) -> None:
    for each in events:
        ModelUse.objects.create(
            event=each.seq,
            digest=each.body["digest"],
            is_rollback=each.kind == "model.reverted",
            by_id=each.by,
            at=each.at,
        )


EFFECTS: Mapping[str, Callable[[Sequence[Recorded]], None]] = {
    "model.trained": _keep,
    "model.promoted": _use,
    "model.reverted": _use,
}
