"""What happened here: a chain of events, each bound to the one before."""

from django.conf import settings
from django.db import models

from tipline.store.models.lasting import Lasting


class Event(Lasting):
    """One audit row. Only ``leaf_index`` is written later, once: where the vault keeps it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )  # null: the machine
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)  # "report:17", "officer:3", "step:assess"
    body = models.TextField()  # canonical JSON
    prev_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    leaf_index = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["subject", "seq"], name="event_subject"),
            models.Index(
                fields=["seq"], name="event_outbox", condition=models.Q(leaf_index__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
