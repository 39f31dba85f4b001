"""Loads the kinds of duty with their terms, the sets of parameters, and the first version of the management rule."""

from datetime import date

from django.db import migrations

# Dates and articles marked M or M-H are from memory: they wait for the text of the law, and are edited in the admin.
SINCE = date(2021, 2, 2)

KINDS = (
    # code, name, English, fulfilled by, how to, English, days before, frequency, grace, legal basis, confidence
    ("effluent-test", "Uji air limbah", "Effluent test", "sample",
     "Ambil contoh uji di titik penaatan setiap bulan lewat laboratorium terakreditasi atau terdaftar. Hasilnya masuk ke "
     "portal lewat laboratorium atau petugas; Anda tidak perlu mengunggah apa pun.",
     "Have a sample taken at the compliance point every month by an accredited or registered laboratory. The result "
     "reaches the portal through the laboratory or an officer; you need not upload anything.",
     7, "monthly", 30, "Kewajiban uji air limbah setiap bulan (PP 22/2021, Permen LHK 5/2021); pasal belum dicocokkan",
     "M-H"),
    ("water-report", "Laporan air limbah triwulanan", "Quarterly wastewater report", "document",
     "Unggah laporan triwulan, atau bukti kirim dari SIMPEL, sebagai PDF atau foto.",
     "Upload the quarterly report, or the receipt from SIMPEL, as PDF or photo.",
     14, "quarterly", 15, "Laporan pengelolaan air limbah sedikitnya setiap 3 bulan lewat SIMPEL; pasal belum dicocokkan",
     "M"),
    ("environment-report", "Laporan UKL-UPL atau RKL-RPL", "UKL-UPL or RKL-RPL report", "document",
     "Unggah laporan pelaksanaan semester ini, atau bukti kirim dari SIMPEL, sebagai PDF atau foto.",
     "Upload this half-year's report, or the receipt from SIMPEL, as PDF or photo.",
     30, "half", 30, "Laporan pelaksanaan dokumen lingkungan setiap 6 bulan; pasal belum dicocokkan", "M"),
    ("plant-log", "Catatan harian IPAL", "Daily plant log", "document",
     "Unggah rekap catatan harian pH dan debit bulan itu sebagai PDF atau foto, atau isi catatan operasi IPAL di portal.",
     "Upload the month's daily log of pH and flow as PDF or photo, or fill the plant's operation log in the portal.",
     5, "monthly", 10, "Catatan harian pH dan debit air limbah pada Persetujuan Teknis; pasal belum dicocokkan", "M-H"),
    ("discharge-logbook", "Buku catatan air limbah", "Discharge logbook", "document",
     "Isi buku catatan di portal, atau unggah foto halaman buku catatan bulan itu.",
     "Fill the logbook in the portal, or upload a photo of the month's pages.",
     5, "monthly", 10, "Catatan volume dan pH air limbah pelaku usaha; pasal belum dicocokkan", "M-H"),
)  # fmt: skip

SETS = (
    ("effluent-monthly", "Air limbah bulanan", "Monthly effluent", "effluent"),
    ("river-monthly", "Air sungai bulanan", "Monthly river water", "river"),
)


def load(apps, schema_editor):
    DutyKind = apps.get_model("wastewater", "DutyKind")
    DutyTerm = apps.get_model("wastewater", "DutyTerm")
    for order, row in enumerate(KINDS, start=1):
        code, name, name_en, fulfilled_by, how_to, how_to_en, remind, frequency, grace, basis, confidence = row
        kind = DutyKind.objects.create(
            code=code, name=name, name_en=name_en, fulfilled_by=fulfilled_by, how_to=how_to, how_to_en=how_to_en,
            remind_days=remind, display_order=order, source="seed",
        )  # fmt: skip
        DutyTerm.objects.create(
            kind=kind, frequency=frequency, grace_days=grace, legal_basis=basis, confidence=confidence, valid_from=SINCE
        )
    Parameter = apps.get_model("wastewater", "Parameter")
    ParameterSet = apps.get_model("wastewater", "ParameterSet")
    for code, name, name_en, medium in SETS:
        made = ParameterSet.objects.create(code=code, name=name, name_en=name_en, source="seed")
        made.parameters.set(Parameter.objects.filter(expected_in__contains=[medium]))
    apps.get_model("wastewater", "ComplianceRule").objects.create(
        version="1",
        valid_from=date(2021, 1, 1),
        chronic_share="0.660",
        severe_share="0.330",
        severe_factor_conventional="1.40",
        severe_factor_other="1.20",
        conventional_parameters=["BOD5", "TSS", "OG"],
        without_factor=["PH"],
        late_days=45,
        basis="Meniru aturan kota di Amerika Serikat untuk usaha kecil yang membuang ke IPAL kota: enam bulan bergulir, "
        "66% kronis, 33% jauh di atas batas. Hari terlambat ditetapkan portal. Bukan ketentuan hukum Indonesia.",
        source="seed",
    )


class Migration(migrations.Migration):
    dependencies = [("wastewater", "0003_obligations")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
