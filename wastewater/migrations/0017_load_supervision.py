"""Loads the figures, articles and checklist of reference/supervision.toml."""

from django.db import migrations

from wastewater.reference import supervision


def load_supervision(apps, schema_editor):
    supervision.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0016_inspections_and_enforcement")]
    operations = [migrations.RunPython(load_supervision, migrations.RunPython.noop, elidable=False)]
