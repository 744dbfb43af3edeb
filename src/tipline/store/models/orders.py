"""Rectification orders: their items, what respondents sent, and what is said to them."""

from django.conf import settings
from django.db import models

from tipline.store.models.case import Case, Subject
from tipline.store.models.evidence import Inspection
from tipline.store.models.lasting import Lasting
from tipline.store.models.measures import SubjectDecision
from tipline.store.models.staff import Agency


class Order(models.Model):
    """An order to put things right by a deadline.

    ``region`` is where it is carried out: that of the executing agency once it is assigned.
    ``approvals`` are [officer, role, time]; ``box``, ``holder_key`` and ``code_box`` belong to its
    code, which is sealed to the desk's key. ``alarm`` is what happens next by itself, at
    ``alarm_at``, planted by the event ``alarm_event``; ``heard`` is when its last alarm was due.
    """

    event = models.BigIntegerField(primary_key=True)  # that drafted it
    number = models.CharField(max_length=24, null=True, unique=True)  # noqa: DJ001 - drafts have none
    state = models.CharField(max_length=12)
    since = models.DateTimeField()  # when this state began
    decision = models.ForeignKey(SubjectDecision, on_delete=models.PROTECT, related_name="orders")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="orders")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    executor = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=6, db_index=True)
    recipient = models.CharField(max_length=200)
    provision = models.TextField(blank=True)
    demand = models.TextField()
    redress = models.TextField()
    deadline = models.DateTimeField()
    is_emergency = models.BooleanField(default=False)
    is_listed = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_role = models.CharField(max_length=20)
    approvals = models.JSONField(default=list)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_role = models.CharField(max_length=20, blank=True)
    ratify_by = models.DateTimeField(null=True)
    box = models.BinaryField(max_length=16, null=True)
    holder_key = models.BinaryField(max_length=32, null=True)
    code_box = models.BinaryField(null=True)
    result = models.CharField(max_length=16, blank=True)  # of the newest inspection
    inspection = models.ForeignKey(
        Inspection, null=True, on_delete=models.PROTECT, related_name="orders"
    )  # the one under way, or the newest
    is_inspecting = models.BooleanField(default=False)
    look_event = models.BigIntegerField(null=True)  # asked for an inspection that is not begun
    complied_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    unread = models.PositiveIntegerField(default=0)  # things the respondent sent
    extension_days = models.PositiveIntegerField(default=0)  # asked for and not answered yet
    alarm = models.CharField(max_length=8, blank=True)
    alarm_at = models.DateTimeField(null=True)
    alarm_event = models.BigIntegerField(null=True)
    heard = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-event"]
        indexes = [
            models.Index(fields=["state", "deadline"], name="order_deadline"),
            models.Index(fields=["box"], name="order_box", condition=models.Q(box__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"order:{self.pk}"


class OrderItem(models.Model):
    """One thing to put right, with a public-safe extract of the evidence for it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="order_items")
    extract = models.TextField()
    demand = models.TextField(blank=True)
    verdict = models.CharField(max_length=14, blank=True)  # removed, changed, still_present, ...

    class Meta:
        db_table = "store_order_item"
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="order_item_once"),
        ]

    def __str__(self) -> str:
        return f"order:{self.order_id} item {self.number}"


class OrderAnswer(Lasting):
    """What a respondent sent: an acknowledgement, an answer, a wish or an appeal."""

    event = models.BigIntegerField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="answers")
    act = models.CharField(max_length=12)
    item = models.PositiveIntegerField(default=0)  # 0: the whole order
    days = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    leaf_index = models.BigIntegerField(unique=True)

    class Meta:
        db_table = "store_order_answer"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"answer:{self.pk}"


class OrderFile(Lasting):
    """A sealed file that came with an answer."""

    answer = models.ForeignKey(OrderAnswer, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    file_id = models.CharField(max_length=64)
    name = models.TextField(blank=True)
    type = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        db_table = "store_order_file"
        ordering = ["answer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="order_file_once"),
        ]

    def __str__(self) -> str:
        return f"file:{self.file_id}"


class OrderLetter(models.Model):
    """One message to the holder of an order's code; ``leaf_index`` is null until it is sent."""

    event = models.BigIntegerField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="letters")
    at = models.DateTimeField()
    said = models.JSONField()  # domain.disposal.served.Served
    leaf_index = models.BigIntegerField(null=True)

    class Meta:
        db_table = "store_order_letter"
        ordering = ["event"]

    def __str__(self) -> str:
        return f"letter:{self.pk}"
