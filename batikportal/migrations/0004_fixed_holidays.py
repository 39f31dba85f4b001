"""National holidays on fixed days. Movable ones and joint leave follow the ministers' decree of each year: staff enter them."""

from datetime import date

from django.db import migrations

YEARS = range(2024, 2029)
FIXED = (
    (1, 1, "Tahun Baru Masehi"),
    (5, 1, "Hari Buruh Internasional"),
    (6, 1, "Hari Lahir Pancasila"),
    (8, 17, "Proklamasi Kemerdekaan"),
    (12, 25, "Hari Raya Natal"),
)
BASIS = "Libur bertanggal tetap; cocokkan dengan keputusan bersama tiga menteri tahun itu"


def load_holidays(apps, schema_editor):
    Holiday = apps.get_model("batikportal", "Holiday")
    for year in YEARS:
        for month, day, name in FIXED:
            Holiday.objects.create(day=date(year, month, day), name=name, kind="national", basis=BASIS, source="seed")


class Migration(migrations.Migration):
    dependencies = [("batikportal", "0003_holidays")]
    operations = [migrations.RunPython(load_holidays, migrations.RunPython.noop)]
