import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tipline.store.guards import lift_guards, set_guards


def lift(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # SQLite makes an altered table anew, and the triggers go with the old one.
    lift_guards(schema_editor.connection)


def put(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    set_guards(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0012_models"),
    ]

    operations = [
        migrations.RunPython(lift, put),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("part", models.CharField(max_length=12)),
                ("verb", models.CharField(max_length=8)),
                ("name", models.CharField(blank=True, max_length=600)),
                ("new", models.CharField(blank=True, max_length=600)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["event"],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("offence", models.CharField(blank=True, max_length=20)),
                ("region", models.CharField(max_length=6)),
            ],
            options={
                "ordering": ["offence", "region"],
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="known",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="assessment",
            name="language",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddField(
            model_name="assessment",
            name="links",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="assessment",
            name="model",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AddField(
            model_name="assessment",
            name="offences",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="assessment",
            name="sums",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="assessment",
            name="template",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="assessment",
            name="unsure",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="offence",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="handling",
            name="second",
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="handling",
            name="template_group",
            field=models.CharField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="mention",
            name="ascii",
            field=models.CharField(blank=True, default="", max_length=512),
        ),
        migrations.AddField(
            model_name="mention",
            name="hidden_by",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="mention",
            name="innocent",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AddField(
            model_name="mention",
            name="verdict",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("second__isnull", False)),
                fields=["second", "state", "place", "province", "region"],
                name="queue_second",
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("template_group__isnull", False)),
                fields=["template_group", "state", "place", "province", "region"],
                name="queue_template",
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("second__isnull", False)),
                fields=["second", "state", "report"],
                name="oldest_second",
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(
                condition=models.Q(("template_group__isnull", False)),
                fields=["template_group", "state", "report"],
                name="oldest_template",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="store.report",
            ),
        ),
        migrations.AddField(
            model_name="routingrule",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["part", "at"], name="correction_part"),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.UniqueConstraint(
                fields=("offence", "region"), name="routing_rule_once"
            ),
        ),
        migrations.RunPython(put, lift),
    ]
