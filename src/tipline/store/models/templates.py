"""Groups of reports that tell the same text, and what new reports are compared with."""

from django.db import models

from tipline.store.models.intake import Report
from tipline.store.models.triage import Identifier


class TemplateGroup(models.Model):
    """Reports of one template. ``key`` is that of the wording that founded it, in 16 hex digits.

    ``count`` counts reports, ``wordings`` different wordings, ``numbers`` different telephone
    numbers; the times are those of receipt.
    """

    key = models.CharField(max_length=16, primary_key=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    wordings = models.PositiveIntegerField(default=0)
    numbers = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-count", "key"], name="template_most")]

    def __str__(self) -> str:
        return self.key


class TemplateSegment(models.Model):
    """A file of wordings that are looked up there and no longer in ``TemplateBand``."""

    name = models.CharField(max_length=60, primary_key=True)
    count = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "name"]

    def __str__(self) -> str:
        return self.name


class TemplateWording(models.Model):
    """A wording, once for all reports that have it; ``event`` is the assessment that first read it.

    ``bands`` (32 little-endian uint32) and ``checks`` (56 bytes) are its signature. ``bands`` is
    empty where the wording is not compared with: it is too short, or much like one that is.
    """

    event = models.BigIntegerField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT)
    key = models.CharField(max_length=16, unique=True)
    group = models.ForeignKey(TemplateGroup, on_delete=models.PROTECT, db_index=False)
    bands = models.BinaryField()
    checks = models.BinaryField()
    segment = models.ForeignKey(
        TemplateSegment, on_delete=models.PROTECT, null=True, db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["group", "event"], name="template_wordings"),
            models.Index(fields=["segment", "event"], name="template_segment"),
        ]

    def __str__(self) -> str:
        return self.key


class TemplateBand(models.Model):
    """Finds wordings that share a band: ``band`` is its place (0 to 31) x 2**32 and its number."""

    pk = models.CompositePrimaryKey("band", "wording_id")
    band = models.BigIntegerField()
    wording = models.ForeignKey(TemplateWording, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.band}:{self.wording_id}"


class TemplateMember(models.Model):
    """Which group a report belongs to; ``likeness`` (0 to 1) to the wording that brought it there.

    ``is_same`` tells that another report had exactly its wording before, ``key`` is that wording's
    when it was assessed. ``at`` is its receipt.
    """

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="template"
    )
    group = models.ForeignKey(
        TemplateGroup, on_delete=models.PROTECT, related_name="members", db_index=False
    )
    wording = models.ForeignKey(TemplateWording, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=16)
    likeness = models.FloatField()
    is_same = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["group", "at"], name="template_members"),
            models.Index(fields=["wording"], name="template_told"),
        ]

    def __str__(self) -> str:
        return f"report:{self.report_id}"


class TemplateIdentifier(models.Model):
    """How many reports of a group name an identifier."""

    pk = models.CompositePrimaryKey("group_id", "identifier_id")
    group = models.ForeignKey(TemplateGroup, on_delete=models.PROTECT, db_index=False)
    identifier = models.ForeignKey(Identifier, on_delete=models.PROTECT)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.group_id}:{self.identifier_id}"
