"""Assumed yearly rates of leaving the craft to begin with, until the registry has seen enough; officers can correct them."""

from django.db import migrations

GROUPS = (15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70)
RATES = {
    "leave": ("0.20", "0.15", "0.10", "0.07", "0.05", "0.04", "0.03", "0.03", "0.03", "0.03", "0.03", "0.03"),
    "death": (
        "0.001", "0.001", "0.001", "0.002", "0.002", "0.003", "0.004", "0.006", "0.009", "0.014", "0.022", "0.050",
    ),
    "retire": ("0", "0", "0", "0", "0", "0", "0", "0.02", "0.06", "0.15", "0.25", "0.40"),
}  # fmt: skip


def load_assumptions(apps, schema_editor):
    RateAssumption = apps.get_model("workforce", "RateAssumption")
    RateAssumption.objects.bulk_create(
        RateAssumption(
            cause=cause,
            first_age=age,
            probability=probability,
            valid_from="2020-01-01",
            source_text="Angka permulaan rancangan portal, bukan hasil pengukuran di Pekalongan",
            confidence="to_confirm",
            note="Ganti bila dinas mempunyai angka sendiri; angka terukur dari pendataan didahulukan.",
        )
        for cause, probabilities in RATES.items()
        for age, probability in zip(GROUPS, probabilities, strict=True)
    )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0010_projection")]
    operations = [migrations.RunPython(load_assumptions, migrations.RunPython.noop)]
