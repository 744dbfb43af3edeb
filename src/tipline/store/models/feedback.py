"""What was said to the reporter, and what came back."""

from django.conf import settings
from django.db import models

from tipline.store.models.intake import Report


class Letter(models.Model):
    """One message to the holder of a code ("out"), or from them ("in").

    ``type`` is that of ``domain.feedback.status.Message``, or "reply". ``leaf_index`` is where the
    letter lies in the vault; null while it waits to be sent.
    """

    event = models.BigIntegerField(primary_key=True)  # the event that made it
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="letters")
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")])
    type = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    state = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    question_id = models.CharField(max_length=40, blank=True)
    leaf_index = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"letter:{self.pk}"
