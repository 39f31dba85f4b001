"""Loads the kinds of bottles of reference/custody.toml."""

from django.db import migrations

from wastewater.reference import custody


def load_container_kinds(apps, schema_editor):
    custody.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0026_custody")]
    operations = [migrations.RunPython(load_container_kinds, migrations.RunPython.noop, elidable=False)]
