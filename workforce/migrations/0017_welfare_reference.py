"""Points of risk, hazards by step and the first upload format: rows that officers correct and date."""

from django.db import migrations

# code, title, points
POINTS = [
    ("risk_chemical", "Poin risiko: proses dengan bahan kimia", 3),
    ("risk_heat", "Poin risiko: proses dengan malam panas atau air mendidih", 2),
    ("risk_age", "Poin risiko: umur 50 tahun ke atas", 2),
    ("risk_disability", "Poin risiko: penyandang disabilitas", 2),
    ("risk_home", "Poin risiko: bekerja di rumah", 1),
    ("risk_lapsed", "Poin risiko: pernah terlindungi, kini tidak", 1),
]

WAX = ("NGL", "ISN", "NRS", "NBK", "RGS", "CAP", "MLM")
NAPHTHOL, REACTIVE = ("CLP", "PWS"), ("CLT", "PWS")
STUDIES = "Telaah penelitian Surakarta, Pekalongan, dan DIY"
# steps (None: every step), kind, hazard, harm, controls, basis
HAZARDS = [
    (WAX, "fume", "Uap malam panas: parafin, gondorukem, damar, lemak", "Iritasi saluran napas, fungsi paru menurun",
     ["penyedot uap di atas wajan", "kompor gas atau listrik", "suhu malam dibatasi", "ventilasi"], STUDIES),
    (WAX, "heat", "Malam panas dan kompor", "Luka bakar", ["sarung tangan", "wajan stabil", "anak dijauhkan"], STUDIES),
    (("NGL", "ISN", "NRS", "NBK", "RGS"), "posture", "Duduk lama, cahaya kurang", "Nyeri punggung, mata lelah",
     ["kursi bersandaran", "lampu kerja", "istirahat berkala"], STUDIES),
    (NAPHTHOL, "chemical", "Naftol AS, garam diazo, soda api, asam", "Radang kulit menahun, luka bakar kimia",
     ["sarung tangan nitril", "celemek dan sepatu bot", "pencuci mata", "lembar data keselamatan bahan"], STUDIES),
    (REACTIVE, "chemical", "Natrium nitrit, asam, natrium silikat", "Iritasi, gas beracun",
     ["ventilasi", "aturan takaran", "sarung tangan"], STUDIES),
    (("LRD",), "heat", "Air mendidih dan uap", "Luka siram", ["kait pengangkat", "sepatu bot", "pembatas tungku"],
     STUDIES),
    (("LRD",), "chemical", "Soda abu", "Iritasi kulit", ["sarung tangan", "celemek"], STUDIES),
    (("KCH",), "posture", "Lantai basah, kain berat", "Terpeleset, nyeri punggung", ["lantai tidak licin", "troli"],
     STUDIES),
    (("PWA",), "chemical", "Tawas, kapur, soda abu", "Iritasi kulit dan mata", ["sarung tangan"], STUDIES),
    ((None,), "fire", "Api, tabung gas, listrik", "Luka bakar, kebakaran", ["APAR", "selang gas diperiksa"], STUDIES),
]  # fmt: skip

COLUMNS = [
    ("NO", "number"), ("NIK", "nik"), ("NAMA LENGKAP", "name"), ("TANGGAL LAHIR", "birth_on"),
    ("JENIS KELAMIN", "sex"), ("ALAMAT", "address"), ("KELURAHAN", "ward"), ("KECAMATAN", "district"),
    ("NO HP", "phone"), ("PEKERJAAN", "work"), ("MULAI", "from_on"), ("BULAN", "months"), ("IURAN", "premium"),
]  # fmt: skip


def load_points(apps, schema_editor):
    ReferenceSeries = apps.get_model("workforce", "ReferenceSeries")
    ReferenceFigure = apps.get_model("workforce", "ReferenceFigure")
    for position, (code, title, points) in enumerate(POINTS, start=61):
        series, _made = ReferenceSeries.objects.get_or_create(
            code=code,
            defaults={
                "title": title,
                "unit": "poin",
                "description": "Mengurutkan daftar belum terlindungi; bukan ukuran bahaya.",
                "position": position,
            },
        )
        if not ReferenceFigure.objects.filter(series=series).exists():
            ReferenceFigure.objects.create(
                series=series,
                value=points,
                valid_from="2026-01-01",
                legal_basis="Usulan portal, perlu ditetapkan Dinperinaker",
                confidence="to_confirm",
                source="seed",
            )


def load_hazards(apps, schema_editor):
    steps = {step.code: step for step in apps.get_model("workforce", "ProcessStep").objects.all()}
    StepHazard = apps.get_model("workforce", "StepHazard")
    for codes, kind, hazard, harm, controls, basis in HAZARDS:
        for code in codes:
            StepHazard.objects.create(
                step=steps[code] if code else None,
                kind=kind,
                hazard=hazard,
                harm=harm,
                controls=controls,
                basis=basis,
                valid_from="2026-01-01",
                source="seed",
            )


def load_upload_format(apps, schema_editor):
    template = apps.get_model("workforce", "UploadTemplate").objects.create(
        name="BPJS Ketenagakerjaan, bukan penerima upah",
        note="Susunan kolom perlu dicocokkan dengan formulir BPJS yang berlaku.",
        source="seed",
    )
    UploadColumn = apps.get_model("workforce", "UploadColumn")
    for position, (header, field) in enumerate(COLUMNS, start=1):
        UploadColumn.objects.create(template=template, position=position, header=header, field=field)


class Migration(migrations.Migration):
    dependencies = [("workforce", "0016_coverage_rounds")]
    operations = [
        migrations.RunPython(load_points, migrations.RunPython.noop),
        migrations.RunPython(load_hazards, migrations.RunPython.noop),
        migrations.RunPython(load_upload_format, migrations.RunPython.noop),
    ]
