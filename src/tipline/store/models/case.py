"""Gangs, cases and the things that reports are about and that are acted on."""

from django.conf import settings
from django.db import models

from tipline.store.models.intake import Report
from tipline.store.models.lasting import Lasting
from tipline.store.models.staff import Agency


class Subject(models.Model):
    """A thing reported and acted on: an item, account, site, app or download, once for all.

    ``value`` is canonical: a link for an item or a download, a host for a site, "platform:name"
    for an account, a package name for an app.
    """

    kind = models.CharField(max_length=12)
    value = models.CharField(max_length=512)
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["value", "kind"], name="subject_once"),
        ]

    def __str__(self) -> str:
        return f"subject:{self.pk}"


class Gang(Lasting):
    """Reports that a person holds to be the work of one group."""

    event = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    cluster = models.CharField(max_length=40, blank=True)  # the machine's group that it came of
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"gang:{self.pk}"


class Case(models.Model):
    """A unit of investigation, of one agency in one region."""

    event = models.BigIntegerField(primary_key=True)  # that opened it
    number = models.CharField(max_length=24, unique=True)  # as people cite it
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=16)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=6, db_index=True)
    offences = models.JSONField(default=list)  # codes, the gravest first
    method = models.TextField(blank=True)
    gang = models.ForeignKey(Gang, null=True, on_delete=models.PROTECT, related_name="cases")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        ordering = ["-event"]

    def __str__(self) -> str:
        return self.number


class CaseReport(models.Model):
    """A report worked in a case; it moves with merges and splits, and is never in two at once."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="case_place"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="places")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"report:{self.report_id} in case:{self.case_id}"


class CaseSubject(models.Model):
    """A thing that a case is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="subjects")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="cases")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "subject"], name="case_subject_once"),
        ]

    def __str__(self) -> str:
        return f"subject:{self.subject_id} in case:{self.case_id}"
