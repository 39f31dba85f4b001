"""How the pay of days and hours becomes the pay of a month: dated figures that officers can correct."""

from django.db import migrations

SERIES = [
    (
        "wage_days_six_day_week",
        "Hari kerja sebulan, 6 hari seminggu",
        "hari",
        "Upah sehari dikalikan angka ini menjadi upah sebulan.",
        "PP 36/2021 Pasal 17",
        "25",
    ),
    (
        "wage_days_five_day_week",
        "Hari kerja sebulan, 5 hari seminggu",
        "hari",
        "Upah sehari dikalikan angka ini menjadi upah sebulan.",
        "PP 36/2021 Pasal 17",
        "21",
    ),
    (
        "wage_full_time_hours",
        "Jam kerja penuh waktu sebulan",
        "jam",
        "Upah sejam dikalikan angka ini menjadi upah setara penuh waktu; angka yang sama menjadi dasar upah lembur.",
        "PP 35/2021 Pasal 32",
        "173",
    ),
]


def load_conversions(apps, schema_editor):
    ReferenceSeries = apps.get_model("workforce", "ReferenceSeries")
    ReferenceFigure = apps.get_model("workforce", "ReferenceFigure")
    for position, (code, title, unit, description, legal_basis, value) in enumerate(SERIES, start=21):
        series, _made = ReferenceSeries.objects.get_or_create(
            code=code, defaults={"title": title, "unit": unit, "description": description, "position": position}
        )
        if not ReferenceFigure.objects.filter(series=series).exists():
            ReferenceFigure.objects.create(
                series=series,
                value=value,
                valid_from="2021-02-02",
                legal_basis=legal_basis,
                confidence="to_confirm",
                note="Pasal perlu dibaca ulang pada naskah aslinya.",
                source="seed",
            )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0002_reference")]
    operations = [migrations.RunPython(load_conversions, migrations.RunPython.noop)]
