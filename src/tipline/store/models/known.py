"""Known subjects: which lists there are, what our own decisions say, and what is excepted."""

from django.conf import settings
from django.db import models

from tipline.store.models.intake import Report


class KnownList(models.Model):
    """An imported list; its entries lie on the shelf under ``file``. A newer one of its name ends it."""

    event = models.BigIntegerField(primary_key=True)  # the event that brought it
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=32)  # "mixed" where each row names its own
    is_bad = models.BooleanField()  # else its subjects are known to be good
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=120)
    published_on = models.DateField()
    expires_on = models.DateField(null=True)
    file = models.CharField(max_length=100)
    entries = models.PositiveBigIntegerField()
    refused = models.PositiveBigIntegerField()
    imported_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ended_at", "name"], name="known_list")]

    def __str__(self) -> str:
        return f"list:{self.pk}"


class KnownEntry(models.Model):
    """A subject of a report that was decided against it. ``key`` is the entry's hash, signed."""

    event = models.BigIntegerField(db_index=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    entry = models.TextField()
    key = models.BigIntegerField(db_index=True)
    is_payee = models.BooleanField()
    since = models.DateField()

    def __str__(self) -> str:
        return f"known:{self.pk}"


class KnownException(models.Model):
    """A subject that was listed wrongly: it beats every list from the moment it is here."""

    event = models.BigIntegerField(primary_key=True)
    entry = models.TextField()
    key = models.BigIntegerField(unique=True)
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-event"]

    def __str__(self) -> str:
        return f"known:{self.pk}"
