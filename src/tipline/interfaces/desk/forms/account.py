"""Forms about the officer's own account."""

from typing import Any

from allauth.account.forms import LoginForm as LibraryLoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LoginForm(LibraryLoginForm):
    """User name and password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class LanguageForm(forms.Form):
    """The language in which the desk speaks."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
