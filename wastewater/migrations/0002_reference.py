"""What wastewater starts with, from wastewater/reference; afterwards the rows live in the database and are edited there."""

from django.db import migrations

from wastewater import reference
from wastewater.reference import (
    balance,
    complaints,
    custody,
    duties,
    logbooks,
    methods,
    plants,
    rivers,
    sensors,
    supervision,
)

# Standards first: the others name its parameters.
BOOKS = (
    reference,
    duties,
    rivers,
    logbooks,
    sensors,
    complaints,
    plants,
    supervision,
    methods,
    balance,
    custody,
)


def load(apps, schema_editor):
    for book in BOOKS:
        book.load(apps)


class Migration(migrations.Migration):
    replaces = [
        ("wastewater", "0002_load_standards"),
        ("wastewater", "0004_duties"),
        ("wastewater", "0007_load_rivers"),
        ("wastewater", "0009_load_logbook_reference"),
        ("wastewater", "0013_load_complaint_settings"),
        ("wastewater", "0015_plant_reference"),
        ("wastewater", "0017_load_supervision"),
        ("wastewater", "0021_load_methods"),
        ("wastewater", "0023_load_links"),
        ("wastewater", "0025_load_balance"),
        ("wastewater", "0027_load_container_kinds"),
    ]
    dependencies = [("wastewater", "0001_tables")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
