"""Clusters of reports that share what they name, how they came about, and what persons say of it.

What a report names stands in ``Mention``; it is not kept a second time.
"""

from django.conf import settings
from django.db import models

from tipline.store.models.intake import Report
from tipline.store.models.lasting import Lasting
from tipline.store.models.triage import Identifier


class Cluster(models.Model):
    """Reports that belong together, as far as the machine can tell; one report alone is one too.

    ``key`` stays through growth, merge and split. One that was merged is empty and points on.
    """

    key = models.CharField(max_length=24, primary_key=True)
    size = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(null=True)  # of receipt
    last_at = models.DateTimeField(null=True)
    into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-size", "key"], name="cluster_largest")]

    def __str__(self) -> str:
        return f"cluster:{self.key}"


class ClusterMember(models.Model):
    """Where a report belongs; ``is_live``: placed as it came, and not yet looked at with all."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, related_name="cluster_place"
    )
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="members", db_index=False
    )
    is_live = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cluster", "report"], name="cluster_members")]

    def __str__(self) -> str:
        return f"report:{self.report_id} in cluster:{self.cluster_id}"


class ClusterChange(models.Model):
    """What became of a cluster: founded, merged (into ``other``) or split (from ``other``)."""

    event = models.BigIntegerField()
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="changes", db_index=False
    )
    change = models.CharField(max_length=8)
    other = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["event"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "event", "change", "other"], name="cluster_change_once"
            ),
        ]
        indexes = [models.Index(fields=["other"], name="cluster_change_other")]

    def __str__(self) -> str:
        return f"cluster:{self.cluster_id} {self.change} {self.other}"


class ClusterOwner(models.Model):
    """Whose an identifier is: ``mine`` of the ``total`` reports that name it are the cluster's."""

    identifier = models.OneToOneField(
        Identifier, on_delete=models.PROTECT, primary_key=True, related_name="owner"
    )
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, db_index=False)
    mine = models.PositiveIntegerField()
    total = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"identifier:{self.identifier_id} of cluster:{self.cluster_id}"


class LinkRuling(Lasting):
    """An officer's word that two reports are the work of the same people, or are not."""

    event = models.BigIntegerField(primary_key=True)
    one = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")  # the lower number
    other = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["event"]

    def __str__(self) -> str:
        return f"link_ruling:{self.pk}"
