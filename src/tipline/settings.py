"""Every setting, and Django's view of them; the only reader of the environment.

A setting has one name: ``public_port`` here, ``--public-port`` on the command line and
``TIPLINE_PUBLIC_PORT`` in the environment. ``TIPLINE_SIDE`` chooses which Django this process
is: ``public`` (no database) or ``desk`` (staff pages, worker, commands).
"""

import importlib
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self

from tipline.store.databases import read_database

PREFIX = "TIPLINE_"


def _setting(default: Any, text: str) -> Any:  # noqa: ANN401 - a dataclass default of any type
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of one running Tipline, read once at start."""

    data: Path = _setting(Path("tipline-data"), "directory that holds vault, desk and keys")
    bind: str = _setting("127.0.0.1", "address that the doors listen on")
    public_port: int = _setting(8000, "port of the public site and the API")
    desk_port: int = _setting(8001, "port of the staff pages")
    public_url: str = _setting("", "address by which the public reaches the site, no slash at the end")
    desk_url: str = _setting("", "address by which staff reach the desk, no slash at the end")
    workers: int = _setting(1, "worker processes")
    parts: str = _setting("public,desk,worker", "which parts run on this host, parted by commas")
    database: str = _setting("", "URL of the desk's database; empty: SQLite in the data directory")
    vault: str = _setting("", "URL of the vault's database; empty: SQLite in the data directory")
    site_name_en: str = _setting("Tipline", "name of the hotline in English")
    site_name_zh: str = _setting("网安举报", "name of the hotline in Chinese")
    log_origin: str = _setting("", "origin line of the ledger; empty: taken from public_url")
    emergency_number: str = _setting("110", "number that a reporter in danger is told to call")
    agency: str = _setting("000000", "region code of the agency that runs this hotline")
    files_max: int = _setting(10, "files that one report may carry")
    file_bytes_max: int = _setting(20_000_000, "bytes that one file may have")
    text_chars_max: int = _setting(20_000, "characters that a report's text may have")
    body_bytes_max: int = _setting(1_000_000, "bytes that one API report may have")
    batch_max: int = _setting(1_000, "reports that one batch may hold")
    queue_max: int = _setting(8_192, "reports that may wait for the vault before 503 is answered")
    commit_max: int = _setting(512, "appends that one durable commit may hold")
    plain_per_minute: int = _setting(60, "reports a minute without proof of work before the slow lane")
    flood_per_minute: int = _setting(120, "reports a minute from one source before it is slowed")
    meter_loopback: bool = _setting(False, "meter clients on this machine too (off behind a proxy)")
    exit_url: str = _setting("", "page to which quick exit leads; empty: a plain calendar of our own")
    work_cost: int = _setting(50_000, "largest number of tries that the proof of work asks for")
    outcome_days: int = _setting(30, "days within which a reporter is promised an outcome")
    claim_minutes: int = _setting(30, "minutes after which an unfinished claim is free again")
    lease_seconds: int = _setting(60, "seconds after which a dead worker's steps run again")
    lease_batch: int = _setting(200, "steps that a worker takes at once")
    tries_max: int = _setting(3, "tries before a step is set aside for a person to look at")
    second_factor: str = _setting("required", "second factor for staff: required or optional")
    session_minutes: int = _setting(480, "minutes after which a staff session ends")
    time_zone: str = _setting("Asia/Shanghai", "time zone in which pages show times")
    demo: bool = _setting(False, "load the demonstration data at start")

    @classmethod
    def read(cls, **given: object) -> Self:
        """Read all settings: what was ``given`` first, then the environment, then defaults.

        Raises:
            ValueError: a value is not of its setting's type; the message names the setting.

        """
        values: dict[str, Any] = {}
        for each in fields(cls):
            raw = given.get(each.name)
            if raw is None:
                raw = os.environ.get(PREFIX + each.name.upper())
            if raw is not None:
                values[each.name] = _convert(each.name, raw, type(each.default))
        return cls(**values)

    def environment(self) -> dict[str, str]:
        """These settings as environment variables, for a child process."""
        return {PREFIX + each.name.upper(): str(getattr(self, each.name)) for each in fields(self)}

    @property
    def public_address(self) -> str:
        """Where the public reaches the site."""
        return self.public_url or f"http://{self.bind}:{self.public_port}"

    @property
    def desk_address(self) -> str:
        """Where staff reach the desk."""
        return self.desk_url or f"http://{self.bind}:{self.desk_port}"

    @property
    def origin(self) -> str:
        """Origin line of the ledger's checkpoints (c2sp.org/tlog-checkpoint)."""
        return self.log_origin or self.public_address.split("://", 1)[1] + "/log"

    @property
    def vault_dir(self) -> Path:
        """What the public process owns: vault.db, sealed files, the log's signing key."""
        return self.data / "vault"

    @property
    def files_dir(self) -> Path:
        """Where attachments lie sealed."""
        return self.vault_dir / "files"

    @property
    def desk_dir(self) -> Path:
        """What only desk and worker may read: desk.db and the keys that open reports."""
        return self.data / "desk"

    @property
    def socket_path(self) -> Path:
        """Unix socket on which the vault's owner takes appends from desk and worker."""
        return self.data / "run" / "vault.sock"


def _convert(name: str, raw: object, kind: type) -> object:
    if kind is bool and isinstance(raw, str):
        if raw.strip().lower() in {"1", "true", "yes", "on"}:
            return True
        if raw.strip().lower() in {"", "0", "false", "no", "off"}:
            return False
        raise ValueError(f"setting {name}: {raw!r} is neither yes nor no")
    if isinstance(raw, kind):
        return raw
    try:
        return Path(str(raw)) if issubclass(kind, Path) else kind(raw)
    except ValueError:
        raise ValueError(f"setting {name}: {raw!r} is not a {kind.__name__}") from None


def adopt(given: Mapping[str, object]) -> Settings:
    """Make ``given`` settings those of this process and of the children it starts.

    Must run before Django is set up, since Django reads this module once.
    """
    settings = Settings.read(**given)
    os.environ.update(settings.environment())
    importlib.reload(sys.modules[__name__])
    return settings


def set_up_django(side: Literal["public", "desk"]) -> None:
    """Make this process the ``public`` or the ``desk`` Django."""
    os.environ["TIPLINE_SIDE"] = side
    os.environ["DJANGO_SETTINGS_MODULE"] = __name__
    importlib.reload(sys.modules[__name__])
    import django  # noqa: PLC0415 - commands that need no Django must not wait for it

    django.setup()


def _read_secret(path: Path) -> str:
    # Django wants a secret for its signatures; it is made once and kept beside the desk's data.
    if path.is_file():
        return path.read_text().strip()
    made = secrets.token_urlsafe(48)
    if not path.parent.is_dir():
        return made
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(made)
    return made


# --- Django ---------------------------------------------------------------------------------
# Both Djangos read this module. The public one has no database and no staff code; the desk has
# the working store. Keep each block to what its side needs.

SIDE: Literal["public", "desk"] = "public" if os.environ.get("TIPLINE_SIDE") == "public" else "desk"
TIPLINE = Settings.read()

DEBUG = False
ALLOWED_HOSTS = ["*"]  # links are built from public_url and desk_url, never from the Host header
USE_TZ = True
TIME_ZONE = TIPLINE.time_zone
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
HERE = Path(__file__).parent
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
LOGGING: dict[str, Any] = {
    # Django's own logger prints request lines and, on errors, request objects; neither may be kept.
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "tipline": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

if SIDE == "public":
    SECRET_KEY = secrets.token_urlsafe(48)  # signs nothing that outlives this process
    ROOT_URLCONF = "tipline.interfaces.public.urls"
    INSTALLED_APPS = ["django.contrib.staticfiles", "tipline.interfaces.public"]
    # One asynchronous middleware of our own sets language and headers: Django's cost a thread
    # hop each under ASGI, and its static files and request bodies are the gateway's work here.
    MIDDLEWARE = ["tipline.interfaces.public.middleware.dress_pages"]
    DATABASES: dict[str, dict[str, Any]] = {}
    LOCALE_PATHS = [HERE / "interfaces" / "public" / "locale"]
else:
    SECRET_KEY = _read_secret(TIPLINE.desk_dir / "django.secret")
    ROOT_URLCONF = "tipline.interfaces.desk.urls"
    INSTALLED_APPS = [
        "tipline.interfaces.desk",  # first: its templates stand in for those of the account pages
        "django.forms",
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "axes",
        "tipline.store",
    ]
    MIDDLEWARE = [
        "tipline.interfaces.desk.dress.dress_pages",
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "tipline.interfaces.desk.speak.speak_language",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "tipline.interfaces.desk.gate.Gate",
        "axes.middleware.AxesMiddleware",
    ]
    TEMPLATES[0]["OPTIONS"]["context_processors"] += [
        "django.contrib.messages.context_processors.messages",
        "tipline.interfaces.desk.context.describe_page",
    ]
    SECURE_REFERRER_POLICY = "same-origin"  # the check against forged forms reads Origin
    FORM_RENDERER = "tipline.interfaces.desk.forms.renderer.DeskRenderer"
    AUTH_USER_MODEL = "store.Officer"
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    LOCALE_PATHS = [HERE / "interfaces" / "desk" / "locale"]
    # Sessions end with the browser, and after session_minutes whatever happens (see the gate).
    _OVER_TLS = TIPLINE.desk_address.startswith("https://")
    _HOST_ONLY = "__Host-" if _OVER_TLS else ""
    SESSION_COOKIE_NAME = f"{_HOST_ONLY}desk"
    CSRF_COOKIE_NAME = f"{_HOST_ONLY}desk-form"
    LANGUAGE_COOKIE_NAME = f"{_HOST_ONLY}desk-language"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _OVER_TLS
    SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Strict"
    SESSION_COOKIE_AGE = TIPLINE.session_minutes * 60
    SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    CSRF_TRUSTED_ORIGINS = [TIPLINE.desk_url] if TIPLINE.desk_url else []
    CSRF_FAILURE_VIEW = "tipline.interfaces.desk.views.errors.refuse_forged"
    MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
    # Accounts: made by an administrator, argon2id, a second factor, no e-mail, no sign-up.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    AUTH_PASSWORD_VALIDATORS = [
        {
            "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ["username", "display_name"]},
        },
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 12},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    ]
    AUTHENTICATION_BACKENDS = [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ]
    LOGIN_URL = "account_login"
    LOGIN_REDIRECT_URL = "home"
    ACCOUNT_ADAPTER = "tipline.interfaces.desk.accounts.AccountAdapter"
    ACCOUNT_FORMS = {"login": "tipline.interfaces.desk.forms.account.LoginForm"}
    ACCOUNT_LOGIN_METHODS = {"username"}
    ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
    ACCOUNT_USER_MODEL_EMAIL_FIELD = None
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_PRESERVE_USERNAME_CASING = False
    ACCOUNT_SESSION_REMEMBER = False
    ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
    # Tries are counted by name, never by address: nothing about a browser is remembered.
    ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/5m/key"}
    MFA_ADAPTER = "tipline.interfaces.desk.accounts.SecondFactorAdapter"
    MFA_ALLOW_UNVERIFIED_EMAIL = True
    MFA_RECOVERY_CODES_SHOW_ONCE = True
    MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
    MFA_TOTP_TOLERANCE = 1
    AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
    AXES_LOCKOUT_PARAMETERS = ["username"]
    AXES_USERNAME_FORM_FIELD = "username"
    AXES_USERNAME_CALLABLE = "tipline.interfaces.desk.accounts.find_username"
    AXES_CLIENT_IP_CALLABLE = "tipline.interfaces.desk.accounts.forget_address"
    AXES_FAILURE_LIMIT = 10
    AXES_COOLOFF_TIME = timedelta(minutes=10)
    AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
    AXES_RESET_ON_SUCCESS = True
    AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
    AXES_ENABLE_ADMIN = False
    AXES_VERBOSE = False
    LOGGING["loggers"]["axes"] = {"handlers": [], "level": "CRITICAL", "propagate": False}
    SILENCED_SYSTEM_CHECKS = [
        "axes.W001",  # counts are kept in this process's memory: the desk is one process
        "axes.W006",  # tries are not counted by address, on purpose
    ]
    DATABASES = read_database(TIPLINE.database, TIPLINE.desk_dir / "desk.db")
