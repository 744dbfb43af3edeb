"""What is looked through, and the searches that officers keep."""

from django.conf import settings
from django.db import models


class SearchEntry(models.Model):
    """A record as it is looked through: made from other rows, and made anew from them any time.

    ``text`` is folded. ``grams`` is the index's writing of it on PostgreSQL; on SQLite that lies
    in a table of its own (see ``store/grams.py``).
    """

    kind = models.CharField(max_length=12)  # report, case, inspection, ...
    number = models.BigIntegerField()
    region = models.CharField(max_length=6)
    province = models.CharField(max_length=2)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    grams = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="search_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"


class SavedSearch(models.Model):
    """A search that an officer keeps, and is told of new hits of."""

    event = models.BigIntegerField(primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    query = models.CharField(max_length=400)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-event"]

    def __str__(self) -> str:
        return f"search:{self.pk}"


class SearchHit(models.Model):
    """A record that a saved search found after it was saved; told once."""

    search = models.ForeignKey(SavedSearch, on_delete=models.PROTECT, related_name="hits")
    kind = models.CharField(max_length=12)
    number = models.BigIntegerField()
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "kind", "number"], name="search_hit_once"),
        ]
        indexes = [
            models.Index(
                fields=["search"], name="search_hit_new", condition=models.Q(seen_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.number} of search:{self.search_id}"
