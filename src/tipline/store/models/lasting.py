"""Rows that nobody may change or delete: refused here, and once more by the database itself."""

from typing import Any, NoReturn

from django.db import models


class RowLasts(TypeError):
    """Rows of this table are written once: they are neither changed nor deleted."""


class LastingQuerySet(models.QuerySet[Any]):
    """Refuses to change many rows at once."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise RowLasts(self.model.__name__)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise RowLasts(self.model.__name__)


LastingManager = models.Manager.from_queryset(LastingQuerySet)


class Lasting(models.Model):
    """A row that is written once."""

    objects = LastingManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row.

        Raises:
            RowLasts: it is written already.

        """
        if not self._state.adding:
            raise RowLasts(type(self).__name__)
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refuse."""
        raise RowLasts(type(self).__name__)
