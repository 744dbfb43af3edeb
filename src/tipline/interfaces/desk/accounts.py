"""How the account library works here: no sign-up, sealed second factors, no browser remembered."""

import base64
import hashlib
import unicodedata
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from tipline.services import staff

_UNSAID = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
EPOCH = "desk_epoch"  # key of a session: under which rights it began
SINCE = "desk_since"  # and when
_FACTOR_SHOWN = "desk_factor"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; nothing is ever sent by mail."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Give the officer a password of their own; their other sessions end."""
        staff.set_password(officer=user.pk, password=password, by=user.actor, now=timezone.now())
        user.refresh_from_db()
        if self.request is not None:
            self.request.session[EPOCH] = user.session_epoch

    def is_ajax(self, _request: HttpRequest) -> bool:
        """Answer with pages only, whatever an Accept header asks for."""
        return False

    def send_mail(self, *_args: object, **_kwargs: object) -> None:
        """Send nothing."""

    def send_notification_mail(self, *_args: object, **_kwargs: object) -> None:
        """Send nothing."""

    def add_message(self, *args: Any, **told: Any) -> None:
        """Show what the library has to say, but for what the page shows anyway."""
        if not _UNSAID.intersection(each for each in args if isinstance(each, str)):
            super().add_message(*args, **told)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors lie sealed in the database, under a key that is not in it."""

    def get_totp_issuer(self) -> str:
        """Name of the hotline, as an authenticator app shows it."""
        return name_site()

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code without styles of its own."""
        code = segno.make(url, error="m")
        return str(code.svg_inline(border=3, dark="#000", light="#fff", omitsize=True))

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret from the database."""
        return _sealer().decrypt(encrypted_text.encode()).decode()


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether the officer has set up a second factor."""
    return bool(is_mfa_enabled(request.user, [Authenticator.Type.TOTP]))


def showed_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session was opened with a second factor, or set one up."""
    return bool(request.session.get(_FACTOR_SHOWN))


@receiver(user_logged_in, dispatch_uid="desk_session")
def begin_session(request: HttpRequest, user: Any, **_told: object) -> None:
    """Write into a new session when it began, under which rights, and with how many factors."""
    request.session[SINCE] = int(timezone.now().timestamp())
    request.session[EPOCH] = user.session_epoch
    records = get_authentication_records(request, user)
    request.session[_FACTOR_SHOWN] = any(each.get("method") == "mfa" for each in records)
    if records:  # who signed in just now need not give the password again at once
        record_authentication(request, user, method="password", reauthenticated=True)


def note_second_factor(request: HttpRequest, *, is_set_up: bool) -> None:
    """Remember that this session set a second factor up, or removed it."""
    request.session[_FACTOR_SHOWN] = is_set_up


def name_site() -> str:
    """Name of the hotline in the language spoken now."""
    is_chinese = (get_language() or "en").startswith("zh")
    return str(settings.TIPLINE.site_name_zh if is_chinese else settings.TIPLINE.site_name_en)


def find_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Tell whose tries to count: one name, however it is written."""
    told = credentials or {}
    name = told.get("username") or request.POST.get("login")
    return unicodedata.normalize("NFKC", str(name)).strip().casefold() if name else None


def forget_address(_request: HttpRequest) -> str:
    """Tell the throttle no address at all."""
    return ""


def _sealer() -> Fernet:
    key = hashlib.sha256(b"tipline/desk/second-factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
