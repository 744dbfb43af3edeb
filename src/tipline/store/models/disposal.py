"""Where a report stands, who has it, and what was decided."""

from django.conf import settings
from django.db import models

from tipline.domain.disposal.state import ReportState
from tipline.store.models.intake import Report
from tipline.store.models.lasting import Lasting
from tipline.store.models.staff import Agency


class Handling(models.Model):
    """The part of a report that changes: one row a report, and all that the queue page reads.

    ``place`` orders the queue: priority first, then age (see ``store/places.py``).
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="handling"
    )
    state = models.CharField(max_length=12, default=ReportState.RECEIVED.value)
    priority = models.IntegerField(default=0)
    place = models.BigIntegerField()
    region = models.CharField(max_length=6)
    province = models.CharField(max_length=2)
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    offence = models.CharField(max_length=20, blank=True)  # the likeliest; nothing while unsure
    # And another offence, and the group of near copies. Most reports have none, and indexes that
    # leave out what is null are small.
    second = models.CharField(max_length=20, null=True)  # noqa: DJ001 - as just said
    template_group = models.CharField(max_length=16, null=True)  # noqa: DJ001 - as just said
    outcome = models.CharField(max_length=20, blank=True)
    lane = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    unread_replies = models.PositiveIntegerField(default=0)

    class Meta:
        # Behind the place stands what a narrower filter asks, so that it need not fetch the row.
        indexes = [
            models.Index(fields=["state", "place"], name="queue"),
            models.Index(fields=["state", "province", "place", "region"], name="queue_province"),
            models.Index(fields=["state", "agency", "place"], name="queue_agency"),
            models.Index(
                fields=["state", "offence", "place", "province", "region"], name="queue_offence"
            ),
            models.Index(
                fields=["second", "state", "place", "province", "region"],
                name="queue_second",
                condition=models.Q(second__isnull=False),
            ),
            models.Index(
                fields=["template_group", "state", "place", "province", "region"],
                name="queue_template",
                condition=models.Q(template_group__isnull=False),
            ),
            models.Index(
                fields=["second", "state", "report"],
                name="oldest_second",
                condition=models.Q(second__isnull=False),
            ),
            models.Index(
                fields=["template_group", "state", "report"],
                name="oldest_template",
                condition=models.Q(template_group__isnull=False),
            ),
            models.Index(
                fields=["state", "outcome", "place", "province", "region"], name="queue_outcome"
            ),
            models.Index(fields=["state", "lane", "place"], name="queue_lane"),
            models.Index(fields=["state", "report"], name="oldest"),
            models.Index(fields=["state", "province", "report"], name="oldest_province"),
        ]

    def __str__(self) -> str:
        return f"report:{self.report_id}"


class Skip(models.Model):
    """An officer's mark that a report is not for them now."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    skipped_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "report"], name="skip_once"),
        ]

    def __str__(self) -> str:
        return f"report:{self.report_id}"


class Note(Lasting):
    """What an officer wrote down for colleagues."""

    event = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"note:{self.pk}"


class Decision(Lasting):
    """A person's ruling with its reason; a later one may override it, and both stay."""

    event = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    text = models.TextField(blank=True)  # for the reporter
    note = models.TextField(blank=True)  # for colleagues
    offence = models.CharField(max_length=20, blank=True, default="")  # that holds, if any does
    other_report = models.ForeignKey(
        Report, null=True, on_delete=models.PROTECT, related_name="+"
    )  # the earlier report of a duplicate
    overrides = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="overridden_by"
    )

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"decision:{self.pk}"
