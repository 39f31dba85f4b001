"""Loads the methods of reference/methods.toml."""

from django.db import migrations

from wastewater.reference import methods


def load_methods(apps, schema_editor):
    methods.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0020_methods")]
    operations = [migrations.RunPython(load_methods, migrations.RunPython.noop, elidable=False)]
