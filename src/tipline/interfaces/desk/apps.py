"""The desk as a Django application."""

from importlib import import_module

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Makes the desk listen from the start: to sign-ins, and to what goes wrong."""

    name = "tipline.interfaces.desk"

    def ready(self) -> None:
        """Connect what listens, before anybody signs in."""
        import_module("tipline.interfaces.desk.accounts")
        import_module("tipline.interfaces.desk.views.errors")
