import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0011_known"),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelVersion",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("base", models.CharField(blank=True, max_length=64)),
                ("taught", models.PositiveIntegerField()),
                ("tested", models.PositiveIntegerField()),
                ("figures", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "store_model_version",
                "ordering": ["event"],
            },
        ),
        migrations.CreateModel(
            name="ModelUse",
            fields=[
                ("event", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("is_rollback", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "store_model_use",
                "ordering": ["event"],
            },
        ),
    ]
