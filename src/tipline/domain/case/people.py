"""People in a case: their roles, and what is kept of them under seal."""

from collections.abc import Mapping
from enum import StrEnum

from tipline.domain.words import gettext_noop


class PersonRole(StrEnum):
    """What somebody is in a case."""

    VICTIM = "victim"
    SUSPECT = "suspect"
    WITNESS = "witness"


PERSON_ROLES: Mapping[PersonRole, str] = {
    PersonRole.VICTIM: gettext_noop("victim"),
    PersonRole.SUSPECT: gettext_noop("suspect"),
    PersonRole.WITNESS: gettext_noop("witness"),
}
# All of it is sealed; outside the seal a person is "victim 2".
PERSON_FIELDS: Mapping[str, str] = {
    "name": gettext_noop("full name"),
    "identity": gettext_noop("identity document"),
    "contact": gettext_noop("how to reach them"),
    "about": gettext_noop("what they have to do with it"),
}


class PersonRefused(ValueError):
    """Nothing was said of the person, or something that is not kept of people."""


def check_person(told: Mapping[str, str]) -> dict[str, str]:
    """Give what was said of a person, without what is empty.

    Raises:
        PersonRefused: nothing was said, or there is a field that people do not have.

    """
    if set(told) - set(PERSON_FIELDS):
        raise PersonRefused
    said = {name: text.strip() for name, text in told.items() if text.strip()}
    if not said:
        raise PersonRefused
    return said
