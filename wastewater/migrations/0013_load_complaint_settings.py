"""Loads categories, terms, agencies and routing of reference/complaints.toml."""

from django.db import migrations

from wastewater.reference import complaints


def load_complaint_settings(apps, schema_editor):
    complaints.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0012_complaints")]
    operations = [migrations.RunPython(load_complaint_settings, migrations.RunPython.noop, elidable=False)]
