"""Loads the rivers and the rules of assessment of reference/rivers.toml."""

from django.db import migrations

from wastewater.reference import rivers


def load_rivers(apps, schema_editor):
    rivers.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0006_rivers")]
    operations = [migrations.RunPython(load_rivers, migrations.RunPython.noop, elidable=False)]
