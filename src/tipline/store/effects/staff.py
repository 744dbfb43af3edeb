"""Officers and agencies that a rebuilt desk lacks: put back from the events that made them."""

from collections.abc import Callable, Mapping

from django.core.management.color import no_style
from django.db import connection

from tipline.store.events import Recorded
from tipline.store.models import Agency, Officer

_POST = ("username", "display_name", "role", "region", "language")


def restore_staff(event: Recorded) -> None:
    """Put back whom the event made or altered; one that is here stays as it is.

    An officer who comes back this way has no password and is shut out until given one.
    """
    if event.kind in _RESTORE:
        _RESTORE[event.kind](event)


def _restore_agency(event: Recorded) -> None:
    names = ("name_en", "name_zh", "region")
    known = {name: event.body[name] for name in names}
    Agency.objects.get_or_create(code=event.body["code"], defaults=known)


def _restore_officer(event: Recorded) -> None:
    row = Officer.objects.filter(id=event.number).first()
    if row is not None and (row.is_active or row.has_usable_password()):
        return
    restored = row or Officer(id=event.number, is_active=False)
    for name in _POST:
        setattr(restored, name, event.body[name])
    restored.agency_id = event.body["agency"]
    restored.set_unusable_password()
    restored.save()
    _catch_up_numbers()


def _catch_up_numbers() -> None:
    # The number was given by us, so PostgreSQL's own count must be told.
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Officer]):
            cursor.execute(statement)


_RESTORE: Mapping[str, Callable[[Recorded], None]] = {
    "agency.made": _restore_agency,
    "agency.altered": _restore_agency,
    "staff.made": _restore_officer,
    "staff.altered": _restore_officer,
}
