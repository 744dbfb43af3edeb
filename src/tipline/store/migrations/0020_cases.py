import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tipline.store.guards import set_guards


def put(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    set_guards(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0013_triage"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=24, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=16)),
                ("region", models.CharField(db_index=True, max_length=6)),
                ("offences", models.JSONField(default=list)),
                ("method", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.agency",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="store.case",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="store.case",
                    ),
                ),
            ],
            options={
                "ordering": ["-event"],
            },
        ),
        migrations.CreateModel(
            name="CaseReport",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="case_place",
                        serialize=False,
                        to="store.report",
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places",
                        to="store.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Gang",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("cluster", models.CharField(blank=True, max_length=40)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["event"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="gang",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="store.gang",
            ),
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("url", models.TextField()),
                ("options", models.JSONField(default=dict)),
                ("state", models.CharField(max_length=8)),
                ("result", models.CharField(blank=True, max_length=16)),
                ("reason", models.TextField(blank=True)),
                ("package", models.CharField(blank=True, max_length=200)),
                ("package_sha256", models.CharField(blank=True, max_length=64)),
                ("summary", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="store.case",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated",
                        to="store.inspection",
                    ),
                ),
            ],
            options={
                "ordering": ["-event"],
            },
        ),
        migrations.CreateModel(
            name="CustodyEvent",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("action", models.CharField(max_length=16)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custody",
                        to="store.inspection",
                    ),
                ),
            ],
            options={
                "db_table": "store_custody_event",
                "ordering": ["event"],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("value", models.CharField(max_length=512)),
                ("label", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("value", "kind"), name="subject_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="subject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inspections",
                to="store.subject",
            ),
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("item", models.CharField(max_length=64)),
                ("url", models.TextField()),
                ("box", models.JSONField(default=list)),
                ("excerpt", models.TextField(blank=True)),
                ("offences", models.JSONField(default=list)),
                ("unsure", models.BooleanField(default=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("verdicts", models.JSONField(default=list)),
                ("again", models.CharField(blank=True, max_length=14)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="store.inspection",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="store.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseSubject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="store.case",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="store.subject",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["state", "event"], name="inspection_state"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("inspection", "kind", "item"), name="finding_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="casesubject",
            constraint=models.UniqueConstraint(
                fields=("case", "subject"), name="case_subject_once"
            ),
        ),
        migrations.RunPython(put, migrations.RunPython.noop),
    ]
