"""What a case holds: tasks, notes, people, money flows, facts, and its ways to other agencies."""

from django.conf import settings
from django.db import models

from tipline.store.models.case import Case
from tipline.store.models.lasting import Lasting
from tipline.store.models.staff import Agency


class CaseTask(models.Model):
    """Something to be done in a case."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    text = models.TextField()
    due_on = models.DateField(null=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    result = models.TextField(blank=True)

    class Meta:
        db_table = "store_case_task"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"task:{self.pk}"


class CaseNote(Lasting):
    """What somebody wrote down for colleagues."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="casenotes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        db_table = "store_case_note"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"note:{self.pk}"


class CasePerson(Lasting):
    """A victim, suspect or witness: outside the seal only "victim 2"."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="casepersons")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    role = models.CharField(max_length=8)
    ordinal = models.PositiveIntegerField()
    box = models.BinaryField()  # sealed to the identity key

    class Meta:
        db_table = "store_case_person"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"person:{self.pk}"


class CaseFlow(Lasting):
    """Money that went from one account to another."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="caseflows")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    payer = models.CharField(max_length=200)
    payee = models.CharField(max_length=200)
    value = models.CharField(max_length=32)  # plain decimal digits: a number column would round
    relation = models.CharField(max_length=8)
    currency = models.CharField(max_length=4)
    written = models.CharField(max_length=100)
    moved_at = models.DateTimeField(null=True)
    source = models.TextField()
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        db_table = "store_case_flow"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"flow:{self.pk}"


class CaseFact(Lasting):
    """A figure of what came of a case; a correction is a new row that supersedes one."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="casefacts")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    metric = models.CharField(max_length=32, db_index=True)
    value = models.CharField(max_length=32)  # plain decimal digits: a number column would round
    relation = models.CharField(max_length=8)
    currency = models.CharField(max_length=4, blank=True)
    written = models.CharField(max_length=100)  # as the person wrote it
    source = models.TextField()  # document that says so
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    reason = models.TextField(blank=True)  # why it supersedes
    is_withdrawn = models.BooleanField(default=False)  # counts for nothing from then on

    class Meta:
        db_table = "store_case_fact"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"fact:{self.pk}"


class CaseHandover(models.Model):
    """A transfer of a case to another agency here, or a referral to one outside."""

    event = models.BigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)  # of an agency outside
    state = models.CharField(max_length=10)
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_case_handover"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"handover:{self.pk}"
