"""The city, its 4 districts and 27 wards (Kepmendagri 300.2.2-2138/2025), and the table of the database cache."""

import csv
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.db import migrations

AREAS = Path(__file__).resolve().parent.parent / "reference" / "areas.csv"
# The wards in their present form follow from the merger of 2013.
VALID_FROM = date(2014, 1, 1)
DECREE = "Kepmendagri 300.2.2-2138/2025; Perda Kota Pekalongan 8/2013"


def load_areas(apps, schema_editor):
    Area = apps.get_model("batikportal", "Area")
    with AREAS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Area.objects.create(
                code=row["code"],
                bps_code=row["bps_code"],
                level=row["level"],
                name=row["name"],
                parent=Area.objects.filter(code=row["parent"]).first(),
                latitude=row["latitude"],
                longitude=row["longitude"],
                aliases=[alias for alias in row["aliases"].split(";") if alias],
                decree=DECREE,
                valid_from=VALID_FROM,
            )


def create_cache_table(apps, schema_editor):
    call_command("createcachetable", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("batikportal", "0001_initial")]
    operations = [
        migrations.RunPython(load_areas, migrations.RunPython.noop),
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
