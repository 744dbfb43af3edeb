"""Django's view of the settings; with ``options`` the only reader of the environment.

Both Djangos read this module: ``TIPLINE_SIDE`` is ``public`` (no database, no staff code) or
``desk`` (staff pages, worker, commands). Keep each block to what its side needs.
"""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from tipline.settings.options import (
    PREFIX,
    Settings,
    adopt,
    read_secret,
    read_side,
    set_up_django,
)
from tipline.store.databases import read_database

__all__ = ["PREFIX", "Settings", "adopt", "set_up_django"]

SIDE = read_side()
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
HERE = Path(__file__).parents[1]
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
    SECRET_KEY = read_secret(TIPLINE.desk_dir / "django.secret")
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
        "tipline.interfaces.published",
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
