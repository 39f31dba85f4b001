"""Loads the factors and published figures of reference/balance.toml."""

from django.db import migrations

from wastewater.reference import balance


def load_balance(apps, schema_editor):
    balance.load(apps)


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0024_balance")]
    operations = [migrations.RunPython(load_balance, migrations.RunPython.noop, elidable=False)]
