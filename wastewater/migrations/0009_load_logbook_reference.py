"""Loads the rules of the logbook, the price of the suction truck and the texts of the coach (reference/logbooks.toml)."""

from django.db import migrations

from wastewater.reference import logbooks


def load(apps, schema_editor):
    logbooks.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0008_logbooks")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
