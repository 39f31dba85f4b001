"""Rates of premiums that the first reference data did not hold; officers can correct each of them."""

from django.db import migrations

JKK, JKN = "PP 44/2015", "Perpres 64/2020"
# code, title, unit, description, value, valid from, valid until, legal basis, confidence
SERIES = [
    *(
        (f"pu_jkk_rate_{number}", f"Iuran JKK penerima upah, kelas risiko {number}", "persen upah",
         "Ditanggung pemberi kerja. Kelas risiko ditetapkan BPJS Ketenagakerjaan untuk setiap usaha.",
         rate, "2015-07-01", None, JKK, "to_confirm")
        for number, rate in enumerate(("0.24", "0.54", "0.89", "1.27", "1.74"), start=1)
    ),
    ("pu_jkp_within_jkk_rate", "Bagian JKP di dalam iuran JKK", "persen upah",
     "Diambil dari iuran JKK, bukan tambahan.", "0.14", "2025-02-07", None, "PP 6/2025", "confirmed"),
    ("pu_jkp_state_rate", "Iuran JKP dari pemerintah pusat", "persen upah", "", "0.22", "2025-02-07", None,
     "PP 6/2025", "confirmed"),
    ("bpu_jht_rate", "Iuran BPU JHT menurut penghasilan", "persen penghasilan",
     "Sukarela; paling sedikit angka iuran BPU JHT.", "2.00", "2015-07-01", None, "PP 46/2015", "to_confirm"),
    ("jkn_ppu_employer_rate", "Iuran JKN penerima upah, pemberi kerja", "persen upah", "", "4.00", "2020-07-01", None,
     JKN, "to_confirm"),
    ("jkn_ppu_worker_rate", "Iuran JKN penerima upah, pekerja", "persen upah", "", "1.00", "2020-07-01", None, JKN,
     "to_confirm"),
    ("jkn_ppu_wage_cap", "Batas upah untuk iuran JKN", "rupiah per bulan", "", "12000000", "2020-07-01", None, JKN,
     "to_confirm"),
    ("jkn_class_three_self", "Iuran JKN kelas III mandiri, dibayar peserta", "rupiah per orang per bulan",
     "Selisihnya dengan iuran kelas III dibayar pemerintah.", "35000", "2021-01-01", None, JKN, "to_confirm"),
    ("jkn_class_two", "Iuran JKN kelas II mandiri", "rupiah per orang per bulan", "", "100000", "2021-01-01", None, JKN,
     "to_confirm"),
    ("jkn_class_one", "Iuran JKN kelas I mandiri", "rupiah per orang per bulan", "", "150000", "2021-01-01", None, JKN,
     "to_confirm"),
]  # fmt: skip


def load_rates(apps, schema_editor):
    ReferenceSeries = apps.get_model("workforce", "ReferenceSeries")
    ReferenceFigure = apps.get_model("workforce", "ReferenceFigure")
    for position, row in enumerate(SERIES, start=31):
        code, title, unit, description, value, valid_from, valid_until, legal_basis, confidence = row
        series, _made = ReferenceSeries.objects.get_or_create(
            code=code, defaults={"title": title, "unit": unit, "description": description, "position": position}
        )
        if not ReferenceFigure.objects.filter(series=series).exists():
            ReferenceFigure.objects.create(
                series=series,
                value=value,
                valid_from=valid_from,
                valid_until=valid_until,
                legal_basis=legal_basis,
                confidence=confidence,
                note="" if confidence == "confirmed" else "Perlu dibaca ulang pada naskah aslinya.",
                source="seed",
            )


class Migration(migrations.Migration):
    dependencies = [("workforce", "0007_certification_schemes")]
    operations = [migrations.RunPython(load_rates, migrations.RunPython.noop)]
