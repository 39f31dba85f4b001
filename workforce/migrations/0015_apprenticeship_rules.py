"""The limits of apprenticeship as dated figures that officers can correct, and the words of the consent."""

from datetime import date

from django.db import migrations

LAW = "Permenaker 6/2020"
READ, TO_CONFIRM = "confirmed", "to_confirm"
# code, title, unit, description, legal basis, value, confidence, note
SERIES = [
    (
        "apprentice_min_age",
        "Umur paling muda peserta magang",
        "tahun",
        "Yang berumur tepat batas ini memerlukan persetujuan orang tua.",
        f"{LAW} Pasal 9",
        "17",
        READ,
        "",
    ),
    (
        "apprentice_adult_age",
        "Umur dewasa untuk pekerjaan berbahaya",
        "tahun",
        "Di bawah umur ini: persetujuan orang tua atau wali, dan tanpa proses berbahaya.",
        "UU 13/2003 Pasal 1 dan 74, Kepmenakertrans 235/2003",
        "18",
        TO_CONFIRM,
        "Daftar pekerjaan berbahaya perlu dibaca ulang pada naskah aslinya.",
    ),
    (
        "apprentice_cap_percent",
        "Batas peserta magang terhadap pekerja",
        "persen",
        "Usaha dengan 4 pekerja: 20 % = 0,8, jadi tidak dapat menerima sendiri.",
        LAW,
        "20",
        READ,
        "Dibaca pada ringkasan tahun 2022.",
    ),
    (
        "apprentice_theory_least",
        "Bagian teori paling sedikit",
        "persen",
        "Terhadap seluruh waktu magang.",
        LAW,
        "10",
        READ,
        "",
    ),
    (
        "apprentice_theory_most",
        "Bagian teori paling banyak",
        "persen",
        "Terhadap seluruh waktu magang.",
        LAW,
        "25",
        READ,
        "",
    ),
    ("apprentice_longest_months", "Lama magang paling panjang", "bulan", "", LAW, "12", READ, ""),
    (
        "apprentice_approval_days",
        "Tenggat persetujuan penyelenggaraan",
        "hari kerja",
        "Sejak permohonan penyelenggara lengkap.",
        f"{LAW} Pasal 17",
        "3",
        READ,
        "",
    ),
    (
        "apprentice_endorsement_days",
        "Tenggat pengesahan perjanjian",
        "hari kerja",
        "Sejak perjanjian diserahkan ke Dinperinaker.",
        f"{LAW} Pasal 12",
        "3",
        TO_CONFIRM,
        "Pasal 12 mengharuskan pengesahan; lamanya disamakan dengan Pasal 17 dan perlu dipastikan.",
    ),
    (
        "apprentice_mentor_load",
        "Peserta magang paling banyak per pembimbing",
        "orang",
        "Batas portal, bukan ketentuan peraturan.",
        "Aturan pengelolaan portal",
        "4",
        TO_CONFIRM,
        "",
    ),
]
WORDS = (
    "Saya setuju mengikuti magang membatik yang dicatat oleh Dinas Perindustrian dan Tenaga Kerja Kota Pekalongan. "
    "Tempat magang, pembimbing, uang saku, hari dan jam belajar sudah dijelaskan kepada saya. Nama dan catatan belajar "
    "dilihat oleh tempat magang. Bila peserta belum 18 tahun, persetujuan ini diberikan orang tua atau walinya. "
    "Persetujuan boleh ditarik kapan saja; magang lalu berhenti."
)


def load_limits(apps, schema_editor):
    ReferenceSeries = apps.get_model("workforce", "ReferenceSeries")
    ReferenceFigure = apps.get_model("workforce", "ReferenceFigure")
    for position, row in enumerate(SERIES, start=41):
        code, title, unit, description, legal_basis, value, confidence, note = row
        series, _made = ReferenceSeries.objects.get_or_create(
            code=code, defaults={"title": title, "unit": unit, "description": description, "position": position}
        )
        if not ReferenceFigure.objects.filter(series=series).exists():
            ReferenceFigure.objects.create(
                series=series,
                value=value,
                valid_from="2020-01-01",
                legal_basis=legal_basis,
                confidence=confidence,
                note=note,
                source="seed",
            )


def load_words(apps, schema_editor):
    ConsentText = apps.get_model("workforce", "ConsentText")
    ConsentText.objects.get_or_create(
        purpose="apprenticeship", version=1, defaults={"text": WORDS, "valid_from": date(2026, 11, 1)}
    )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0014_apprenticeship")]
    operations = [
        migrations.RunPython(load_limits, migrations.RunPython.noop),
        migrations.RunPython(load_words, migrations.RunPython.noop),
    ]
