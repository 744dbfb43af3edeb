"""What is to be done: the queue of steps, and how far each reader of a stream has come."""

from django.db import models


class Job(models.Model):
    """A step for a worker, or a timer when ``due_at`` lies ahead; gone once it is done.

    A leased job's ``due_at`` is the time at which another worker may take it.
    """

    step = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    event = models.BigIntegerField()  # seq of the event that it follows
    due_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=40, blank=True)
    error = models.CharField(max_length=300, blank=True)
    set_aside_at = models.DateTimeField(null=True)  # quarantined: for a person to look at

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "step", "subject"], name="job_once"),
        ]
        indexes = [
            models.Index(fields=["step", "set_aside_at", "tries", "due_at", "id"], name="job_due"),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.subject}"


class Cursor(models.Model):
    """How far a stream was read, and which worker reads it now: one at a time."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.BigIntegerField(default=-1)
    goal = models.BigIntegerField(default=-1)  # how far the holder set out to go
    holder = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
