"""The officer who asks, as pages see them."""

from typing import Protocol, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from tipline.domain.duties import Actor


class Officer(Protocol):
    """The part of the officer's row that pages use."""

    pk: int
    username: str
    display_name: str
    role: str
    region: str
    agency_id: str
    language: str
    session_epoch: int
    must_change_password: bool

    @property
    def actor(self) -> Actor:
        """The officer as the table of duties sees them."""


def get_officer(request: HttpRequest) -> Officer:
    """Give the signed-in officer; the gate has let nobody else through.

    Raises:
        TypeError: nobody is signed in: a page asked for an officer whose route needs none.

    """
    if not isinstance(request.user, AbstractBaseUser):
        raise TypeError("nobody is signed in")
    return cast("Officer", request.user)


def get_actor(request: HttpRequest) -> Actor:
    """Give the signed-in officer as the table of duties sees them."""
    return get_officer(request).actor
