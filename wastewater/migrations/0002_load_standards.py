"""Loads the effluent and river standards of reference/standards.toml."""

from django.db import migrations

from wastewater import reference


def load_standards(apps, schema_editor):
    reference.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0001_initial")]
    operations = [migrations.RunPython(load_standards, migrations.RunPython.noop, elidable=False)]
