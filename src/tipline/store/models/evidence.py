"""Looks at reported sites and files, what was found there, and who handled what was kept."""

from django.conf import settings
from django.db import models

from tipline.store.models.case import Case, Subject
from tipline.store.models.lasting import Lasting


class Inspection(models.Model):
    """A planned look at a site or a download, first or repeated.

    ``state`` is queued, running, done or failed; ``result`` is nothing for a first look, else
    compliant, partial, not_compliant, unreachable, reappeared or inconclusive.
    """

    event = models.BigIntegerField(primary_key=True)  # that asked for it
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="inspections")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="inspections")
    previous = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="repeated"
    )
    url = models.TextField()
    options = models.JSONField(default=dict)  # profile, pages, depth: the same when repeated
    state = models.CharField(max_length=8)
    result = models.CharField(max_length=16, blank=True)
    reason = models.TextField(blank=True)  # why it was asked for, or why it failed
    package = models.CharField(max_length=200, blank=True)  # file name in the evidence folder
    package_sha256 = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict)  # pages, counts, signals, refused, rendered
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-event"]
        indexes = [models.Index(fields=["state", "event"], name="inspection_state")]

    def __str__(self) -> str:
        return f"inspection:{self.pk}"


class Finding(models.Model):
    """One item, page or download that an inspection found, with its place."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=10)  # item, page, download
    item = models.CharField(max_length=64)  # identity that survives a move
    subject = models.ForeignKey(
        Subject, null=True, on_delete=models.PROTECT, related_name="findings"
    )
    url = models.TextField()
    box = models.JSONField(default=list)  # x, y, width, height on the page's picture, in pixels
    excerpt = models.TextField(blank=True)
    offences = models.JSONField(default=list)  # [[code, confidence, [[key, params, start, end]]]]
    unsure = models.BooleanField(default=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of a download, or of a cut-out picture
    verdicts = models.JSONField(default=list)  # [[scanner, verdict, detail]]
    again = models.CharField(max_length=14, blank=True)  # removed, still_present... when repeated

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "kind", "item"], name="finding_once"),
        ]

    def __str__(self) -> str:
        return f"finding:{self.pk}"


class CustodyEvent(Lasting):
    """Somebody looked at, copied or exported what is kept."""

    event = models.BigIntegerField(primary_key=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="custody")
    action = models.CharField(max_length=16)  # kept, viewed, revealed, copied, exported, verified
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "store_custody_event"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"custody:{self.pk}"
