"""What people decided about things, and what is done about each of them."""

from django.conf import settings
from django.db import models

from tipline.store.models.case import Case, Subject
from tipline.store.models.lasting import Lasting
from tipline.store.models.staff import Agency


class SubjectDecision(Lasting):
    """A person's ruling on one or many subjects; a later one may override it, and both stay."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="decisions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=6, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=20)  # in which they decided
    at = models.DateTimeField()
    measure = models.CharField(max_length=20)
    offences = models.JSONField()  # codes, the gravest first
    evidence = models.JSONField()  # "finding:12", "inspection:7", "report:5"
    provision = models.TextField(blank=True)
    facts = models.TextField()
    automation = models.CharField(max_length=8)
    expires_at = models.DateTimeField(null=True)
    overrides = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="overridden_by"
    )

    class Meta:
        db_table = "store_subject_decision"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"ruling:{self.pk}"


class SubjectAction(models.Model):
    """What a decision does to one subject. Its id is 1,000 times the decision's, and its place."""

    id = models.BigIntegerField(primary_key=True)
    decision = models.ForeignKey(SubjectDecision, on_delete=models.PROTECT, related_name="actions")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="actions")
    state = models.CharField(max_length=8)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, blank=True)  # reversed, refused, expired, overridden
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "store_subject_action"
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "id"], name="action_state")]

    def __str__(self) -> str:
        return f"action:{self.pk}"
