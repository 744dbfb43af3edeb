"""What came in: reports as they were sent, their files, and records that would not open."""

from django.db import models

from tipline.store.models.lasting import Lasting


class Report(Lasting):
    """What one reporter sent; never changed and never merged away."""

    leaf_index = models.BigIntegerField(primary_key=True)  # where it lies in the vault
    text = models.TextField()
    details = models.JSONField()  # the record's second part, without the keys of its files
    language = models.CharField(max_length=20, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    lane = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField()
    box = models.BinaryField(max_length=16)
    holder_key = models.BinaryField(max_length=32)
    contact_box = models.BinaryField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["box"], name="report_box")]

    def __str__(self) -> str:
        return f"report:{self.pk}"


class Attachment(Lasting):
    """A sealed file that came with a report or with a reply to a question."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    record = models.BigIntegerField()  # leaf index of the report or reply that it came with
    number = models.PositiveIntegerField()
    file_id = models.CharField(max_length=64)
    name = models.TextField(blank=True)
    type = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["record", "number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="attachment_once"),
        ]

    def __str__(self) -> str:
        return f"file:{self.file_id}"


class Unreadable(models.Model):
    """A record of the vault that could not be opened or read; set aside for a person."""

    leaf_index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=32)
    reason = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["leaf_index"]

    def __str__(self) -> str:
        return f"record:{self.pk}"
