"""The desk's working store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Holds what staff search and edit; fed from the vault, and rebuilt from it."""

    name = "tipline.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
