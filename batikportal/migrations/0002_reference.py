"""What every portal starts with: the city, its 4 districts and 27 wards, fixed holidays, and the table of the cache."""

import csv
from datetime import date
from pathlib import Path

from django.core.management import call_command
from django.db import migrations

AREAS = Path(__file__).resolve().parent.parent / "reference" / "areas.csv"
# The wards in their present form follow from the merger of 2013.
VALID_FROM = date(2014, 1, 1)
DECREE = "Kepmendagri 300.2.2-2138/2025; Perda Kota Pekalongan 8/2013"

# Movable holidays and joint leave follow the ministers' decree of each year: staff enter them.
YEARS = range(2024, 2029)
FIXED = (
    (1, 1, "Tahun Baru Masehi"),
    (5, 1, "Hari Buruh Internasional"),
    (6, 1, "Hari Lahir Pancasila"),
    (8, 17, "Proklamasi Kemerdekaan"),
    (12, 25, "Hari Raya Natal"),
)
BASIS = "Libur bertanggal tetap; cocokkan dengan keputusan bersama tiga menteri tahun itu"


def load(apps, schema_editor):
    load_areas(apps.get_model("batikportal", "Area"))
    load_holidays(apps.get_model("batikportal", "Holiday"))
    call_command("createcachetable", verbosity=0)


def load_areas(Area):
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


def load_holidays(Holiday):
    for year in YEARS:
        for month, day, name in FIXED:
            Holiday.objects.create(day=date(year, month, day), name=name, kind="national", basis=BASIS, source="seed")


class Migration(migrations.Migration):
    replaces = [("batikportal", "0002_areas_and_cache_table"), ("batikportal", "0004_fixed_holidays")]
    dependencies = [("batikportal", "0001_tables")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
