"""The models that read texts for offences: every version, and which was used from when on."""

from django.conf import settings
from django.db import models

from tipline.store.models.lasting import Lasting


class ModelVersion(Lasting):
    """A model that was fitted here: its file's SHA-256, and how its contest ended."""

    event = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64, db_index=True)
    base = models.CharField(max_length=64, blank=True)  # the one in use then; nothing: as shipped
    taught = models.PositiveIntegerField()  # texts
    tested = models.PositiveIntegerField()  # texts decided later than those that taught
    figures = models.JSONField()  # {"old": [right, wrong, unsure], "new": [...], "gain", "low"}
    made_at = models.DateTimeField()

    class Meta:
        db_table = "store_model_version"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"model:{self.digest[:12]}"


class ModelUse(Lasting):
    """From when on a model reads reports; the last row is the one in use."""

    event = models.BigIntegerField(primary_key=True)
    digest = models.CharField(max_length=64, blank=True)  # nothing: the model as shipped
    is_rollback = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        db_table = "store_model_use"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"model:{self.digest[:12]}"
