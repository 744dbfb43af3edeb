"""The desk over a real vault and store: officers signed in as any role."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client, override_settings

from tipline.domain.duties import Actor, Role
from tipline.services.staff import Officer

SignIn = Callable[..., Client]


class QuickHasher(Argon2PasswordHasher):
    """The desk's own hasher, at a cost that tests can bear."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def desk(house: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The desk of the test's own house."""
    request.getfixturevalue("db")
    cache.clear()
    here = dataclasses.replace(django_settings.TIPLINE, data=house.path)
    hashers = [f"{QuickHasher.__module__}.{QuickHasher.__name__}"]
    with override_settings(TIPLINE=here, PASSWORD_HASHERS=hashers):
        yield house


def open_session(client: Client, actor: Actor) -> Client:
    """Sign an officer in as they are after password and second factor."""
    client.force_login(Officer.objects.get(id=actor.id))
    session = client.session
    session["desk_factor"] = True
    session.save()
    return client


@pytest.fixture
def sign_in(hire: Callable[..., Actor]) -> SignIn:
    """Hire an officer and give a client with their session."""

    def sign_in_as(
        role: Role = Role.INTAKE_OFFICER, region: str = "500000", **given: Any
    ) -> Client:
        actor = hire(role, region)
        client = open_session(
            Client(headers=given.pop("headers", {"accept-language": "en"})), actor
        )
        client.actor = actor
        return client

    return sign_in_as
