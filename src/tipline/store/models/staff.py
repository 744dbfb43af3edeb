"""Who works here: agencies and officers."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from tipline.domain.duties import Actor, Role
from tipline.domain.intake.languages import LANGUAGES


class Agency(models.Model):
    """A unit that handles reports of one region and all within it."""

    code = models.CharField(max_length=20, primary_key=True)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    region = models.CharField(max_length=6, db_index=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers the way Django's log-in asks for them."""

    def get_by_natural_key(self, username: str | None) -> "Officer":
        """Find an officer by user name, in any case."""
        return self.get(username__iexact=username)


class Officer(AbstractBaseUser):
    """A member of staff; the role says what they may do, the region how far."""

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Role])
    region = models.CharField(max_length=6)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="officers")
    language = models.CharField(
        max_length=10, default="", blank=True, choices=[(each, each) for each in LANGUAGES]
    )
    session_epoch = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)  # until they chose one themselves

    objects = OfficerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    @property
    def actor(self) -> Actor:
        """The officer as the table of duties sees them."""
        return Actor(id=self.pk, role=Role(self.role), region=self.region, agency=self.agency_id)

    def get_full_name(self) -> str:
        """Name to show."""
        return self.display_name or self.username

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        # Django compares this on every request: a new role or epoch ends all sessions at once.
        told = f"{self.password}|{self.session_epoch}|{self.role}|{self.region}"
        return salted_hmac("tipline.Officer", told, secret=secret, algorithm="sha256").hexdigest()
