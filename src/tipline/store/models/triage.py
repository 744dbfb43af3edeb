"""What the machine read in a report, and what it thinks of it."""

from django.db import models

from tipline.store.models.intake import Report
from tipline.store.models.lasting import Lasting


class Identifier(models.Model):
    """A number, link or name in its canonical form, once for all reports that have it."""

    kind = models.CharField(max_length=32)
    value = models.CharField(max_length=512)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["value", "kind"], name="identifier_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class Mention(models.Model):
    """Where an identifier stands in a report, counted in characters.

    ``field`` is nothing for the report's text, else the field that names it, as
    "subjects[0].value"; places then count in that field.
    """

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="mentions", db_index=False
    )
    identifier = models.ForeignKey(
        Identifier, on_delete=models.PROTECT, related_name="mentions", db_index=False
    )
    field = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=2048, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["report"], name="mention_report"),
            models.Index(fields=["identifier", "report"], name="mention_identifier"),
        ]

    def __str__(self) -> str:
        return f"report:{self.report_id}[{self.start}:{self.end}]"


class Assessment(Lasting):
    """The machine's opinion of a report; a later one replaces it without removing it."""

    event = models.BigIntegerField(primary_key=True)  # the event that made it
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="assessments")
    priority = models.IntegerField()
    parts = models.JSONField()  # [[name, points, reason key, params], ...]
    region = models.CharField(max_length=6)
    reasons = models.JSONField()  # [[reason key, params], ...]
    offence = models.CharField(max_length=20, blank=True)
    rules = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"assessment:{self.pk}"
