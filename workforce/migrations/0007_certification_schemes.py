"""The schemes of certification that LSP Batik named in 2022; officers add those that came later."""

from django.db import migrations

# code, title, step of the craft that it proves
SCHEMES = [
    ("tukang-gambar-motif", "Tukang gambar motif", "DES"),
    ("tukang-pola", "Tukang pola", "POL"),
    ("perancang-motif", "Perancang motif", "DES"),
    ("pembatik-tulis", "Pembatik tulis", "NGL"),
    ("tukang-cap", "Tukang cap", "CAP"),
    ("peracik-malam", "Peracik malam", "MLM"),
    ("peracik-warna-sintetis", "Peracik warna sintetis", "PWS"),
    ("tukang-celup-warna-alam", "Tukang celup warna alam", "CLP"),
    ("tukang-lorod", "Tukang lorod", "LRD"),
    ("pembuat-canting", "Pembuat canting", "TLC"),
    ("pembuat-canting-cap", "Pembuat canting cap", "TLP"),
    ("perancang-motif-komputer", "Perancang motif komputer", "DES"),
]


def load_schemes(apps, schema_editor):
    CompetencyScheme = apps.get_model("workforce", "CompetencyScheme")
    steps = {step.code: step for step in apps.get_model("workforce", "ProcessStep").objects.all()}
    for code, title, step in SCHEMES:
        CompetencyScheme.objects.get_or_create(
            code=code,
            defaults={
                "title": title,
                "step": steps.get(step),
                "legal_basis": "Skema okupasi LSP Batik 2022 (SKKNI 104/2018); perlu dicocokkan",
            },
        )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0006_certificates")]
    operations = [migrations.RunPython(load_schemes, migrations.RunPython.noop)]
