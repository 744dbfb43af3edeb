"""A per-request-commit intake as one would first write it: Django Ninja, the ORM, one transaction.

It validates the same body, keeps report, idempotency key and a queued job in one durable
transaction and answers 201; it does not seal, pad, sign or log anything. Run once with
`python -m benchmarks.baseline.app` to make the tables. BASELINE_DATABASE is a file's path for
SQLite, or the URL of a PostgreSQL database; BASELINE_SETTINGS names how SQLite is set:

- ``tuned`` as serves it best: kept connections, WAL with synchronous=FULL, BEGIN IMMEDIATE.
- ``gunicorn`` as one sets it up by the book: kept connections, WAL with synchronous=FULL, and the
  transactions that Django begins (BEGIN, which takes the write lock at the first INSERT).
- ``default`` as Django and SQLite come: a connection a request, rollback journal with
  synchronous=FULL; but BEGIN IMMEDIATE.

All wait a minute for the write lock, where Django would answer with an error after five seconds.
"""

import os
import secrets
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models, transaction
from django.http import HttpRequest, JsonResponse

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NAME = os.environ["BASELINE_DATABASE"]
SERVER = urlsplit(NAME)
WAL = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"}
IMMEDIATE = {"transaction_mode": "IMMEDIATE"}
WAIT = {"timeout": 60}
SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": NAME} | {
    "tuned": {"CONN_MAX_AGE": None, "OPTIONS": WAIT | WAL | IMMEDIATE},
    "gunicorn": {"CONN_MAX_AGE": None, "OPTIONS": WAIT | WAL},
    "default": {"CONN_MAX_AGE": 0, "OPTIONS": WAIT | IMMEDIATE},
}[os.environ.get("BASELINE_SETTINGS", "tuned")]
POSTGRES = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": SERVER.path.removeprefix("/"),
    "HOST": SERVER.hostname or "",
    "PORT": SERVER.port or "",
    "USER": SERVER.username or "",
    "PASSWORD": SERVER.password or "",
    "CONN_MAX_AGE": None,
}
if not settings.configured:
    settings.configure(
        SECRET_KEY=secrets.token_hex(),
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],  # names each answer's length
        INSTALLED_APPS=["django.contrib.contenttypes"],
        DATABASES={"default": POSTGRES if SERVER.scheme else SQLITE},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()

from django.urls import path  # noqa: E402 - Django is set up above
from ninja import Field, NinjaAPI, Schema  # noqa: E402


class Report(models.Model):  # noqa: DJ008 - shown to nobody
    key = models.CharField(max_length=255, unique=True)
    code = models.CharField(max_length=24, unique=True)
    text = models.TextField()
    body = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "baseline"


class Job(models.Model):  # noqa: DJ008 - shown to nobody
    report = models.ForeignKey(Report, on_delete=models.CASCADE)
    step = models.CharField(max_length=20)
    due_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        app_label = "baseline"


class Subject(Schema):
    kind: str
    value: str


class Loss(Schema):
    amount: float
    currency: str = "CNY"


class Body(Schema):
    text: str = Field(min_length=1, max_length=20_000)
    subjects: list[Subject] = Field(default_factory=list)
    losses: list[Loss] = Field(default_factory=list)
    language: str = ""
    region: str = ""


api = NinjaAPI(docs_url=None, openapi_url=None)


@api.post("/reports")
def receive(request: HttpRequest, body: Body) -> JsonResponse:
    """Keep one report; answer like the real intake."""
    drawn = "".join(secrets.choice(CROCKFORD) for _ in range(20))
    code = "-".join(drawn[at : at + 4] for at in range(0, 20, 4))
    with transaction.atomic():
        report = Report.objects.create(
            key=request.headers["Idempotency-Key"], code=code, text=body.text, body=body.dict()
        )
        Job.objects.create(report=report, step="assess")
    return JsonResponse({"receipt_code": code, "leaf_index": report.pk}, status=201)


urlpatterns = [path("api/v1/", api.urls)]


def make_tables() -> None:
    """Make the tables in an empty database."""
    with connection.schema_editor() as editor:
        editor.create_model(Report)
        editor.create_model(Job)


if __name__ == "__main__":
    make_tables()
else:
    app = get_wsgi_application()
