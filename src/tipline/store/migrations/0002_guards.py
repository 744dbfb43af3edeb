from django.db import migrations

from tipline.store.guards import lift_guards, set_guards


def put(_apps, schema_editor):
    set_guards(schema_editor.connection)


def remove(_apps, schema_editor):
    lift_guards(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]

    operations = [migrations.RunPython(put, remove)]
