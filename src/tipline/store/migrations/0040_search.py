import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tipline.store.grams import make_grams, remove_grams


def make(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    make_grams(schema_editor.connection)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove_grams(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0030_casework"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("query", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-event"],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("number", models.BigIntegerField()),
                ("region", models.CharField(max_length=6)),
                ("province", models.CharField(max_length=2)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("grams", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="search_entry_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchHit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("number", models.BigIntegerField()),
                ("found_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hits",
                        to="store.savedsearch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["search"],
                        name="search_hit_new",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("search", "kind", "number"), name="search_hit_once"
                    )
                ],
            },
        ),
        migrations.RunPython(make, remove),
    ]
