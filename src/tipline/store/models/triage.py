"""What the machine read in a report, and what it thinks of it."""

from django.conf import settings
from django.db import models

from tipline.store.models.intake import Report
from tipline.store.models.lasting import Lasting
from tipline.store.models.staff import Agency


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

    ``verdict`` is what a person made of it: accepted, dismissed, replaced (by another) or added.
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
    hidden_by = models.CharField(max_length=200, blank=True, default="")  # keys, parted by commas
    innocent = models.CharField(max_length=40, blank=True, default="")  # why it accuses nobody
    ascii = models.CharField(max_length=512, blank=True, default="")  # punycode of the host
    verdict = models.CharField(max_length=10, blank=True, default="")  # a person's: see Correction

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
    model = models.CharField(max_length=80, blank=True, default="")  # that read it for offences
    offences = models.JSONField(default=list)  # [[code, confidence, [[key, params, start, end]]]]
    unsure = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True, default="")
    sums = models.JSONField(default=list)  # [[amount, currency, start, end, at least]]
    known = models.JSONField(default=list)  # [[kind, value, standing, [[key, params]]]]
    links = models.JSONField(default=list)  # [[kind, value, key, params, points]]
    template = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"assessment:{self.pk}"


class Correction(Lasting):
    """An officer's word on one part of the machine's opinion; it holds through later assessments.

    See ``domain/triage/correction.py``. A report that was routed is a region corrected.
    """

    event = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="corrections")
    part = models.CharField(max_length=12)  # identifier, offence, region, priority
    verb = models.CharField(max_length=8)  # accept, correct, dismiss
    name = models.CharField(max_length=600, blank=True)  # what the machine said
    new = models.CharField(max_length=600, blank=True)  # what holds instead
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["event"]
        indexes = [models.Index(fields=["part", "at"], name="correction_part")]

    def __str__(self) -> str:
        return f"correction:{self.pk}"


class RoutingRule(models.Model):
    """Reports of an offence in a region go to an agency; see ``domain/triage/routing.py``."""

    offence = models.CharField(max_length=20, blank=True)  # a code, its beginning, or nothing: all
    region = models.CharField(max_length=6)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["offence", "region"]
        constraints = [
            models.UniqueConstraint(fields=["offence", "region"], name="routing_rule_once"),
        ]

    def __str__(self) -> str:
        return f"{self.offence or '*'} {self.region}"
