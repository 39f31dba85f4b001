"""Spreadsheets that wastewater takes in: laboratory results, one line per parameter."""

from decimal import Decimal

from django.utils.translation import gettext_lazy

from batikportal.choices import Focus
from batikportal.imports.contract import Column, Kind, Sheet
from wastewater import rules
from wastewater.sheets import lab_results

SHEETS = [
    Sheet(
        code="lab-results",
        title=gettext_lazy("Hasil uji laboratorium (satu baris per parameter)"),
        description=gettext_lazy(
            "Satu baris untuk setiap parameter dari setiap sampel. Sampel yang belum tercatat dibuat dari berkas ini, "
            "dan setiap hasil langsung dinilai terhadap baku mutu yang berlaku pada tanggal pengambilan."
        ),
        focus=Focus.WASTE,
        permission="wastewater.import_lab_results",
        key=("laboratory", "lab_number", "parameter"),
        done_url="wastewater:sample-list",
        icon="flask-conical",
        template_note=gettext_lazy(
            "Parameter yang tidak dianalisis tidak perlu ditulis. Jangan menulis 0 untuk yang tidak terdeteksi: tulis "
            "batasnya dengan tanda <, misalnya <0,01."
        ),
        columns=[
            Column(
                name="laboratory",
                label=gettext_lazy("Laboratorium"),
                required=True,
                example="Laboratorium Contoh",
                help=gettext_lazy("Nama atau kode laboratorium di portal."),
                aliases=("lab", "nama laboratorium", "kode lab"),
                max_length=120,
            ),
            Column(
                name="lab_number",
                label=gettext_lazy("Nomor laboratorium"),
                required=True,
                example="AL-2026-0012",
                aliases=(
                    "no lab",
                    "nomor lab",
                    "no. lab",
                    "kode contoh",
                    "no contoh",
                    "nomor contoh",
                    "no sampel",
                    "kode sampel",
                ),
                max_length=60,
            ),
            Column(
                name="point",
                label=gettext_lazy("Kode titik"),
                required=True,
                example="LOJI-1",
                aliases=("titik", "titik pantau", "titik sampling", "lokasi", "kode lokasi"),
                max_length=30,
            ),
            Column(
                name="taken_on",
                label=gettext_lazy("Tanggal ambil"),
                kind=Kind.DATE,
                required=True,
                example="2 Maret 2026",
                aliases=("tanggal sampling", "tgl ambil", "tgl sampling", "tanggal pengambilan", "tanggal"),
            ),
            Column(
                name="taken_time",
                label=gettext_lazy("Jam ambil"),
                example="09.30",
                aliases=("jam", "waktu ambil", "jam sampling", "pukul"),
                max_length=12,
            ),
            Column(
                name="parameter",
                label=gettext_lazy("Parameter"),
                required=True,
                example="COD",
                aliases=("parameter uji", "jenis parameter", "uji"),
                max_length=60,
            ),
            Column(
                name="result",
                label=gettext_lazy("Hasil"),
                kind=Kind.CENSORED,
                required=True,
                places=6,
                maximum=rules.LARGEST_VALUE,
                example="<0,01",
                help=gettext_lazy("Tulis tanda < di depan batas deteksi."),
                aliases=("hasil uji", "hasil analisa", "hasil analisis", "nilai", "kadar"),
            ),
            Column(
                name="unit",
                label=gettext_lazy("Satuan"),
                example="mg/L",
                help=gettext_lazy("Kosong berarti satuan baku parameter. Sebut zatnya bila perlu, misalnya mg/L NO3."),
                aliases=("unit", "satuan hasil"),
                max_length=30,
            ),
            Column(
                name="detection_limit",
                label=gettext_lazy("Batas deteksi"),
                kind=Kind.DECIMAL,
                places=6,
                minimum=Decimal("0.000001"),
                example="0,01",
                aliases=("mdl", "lod", "loq", "limit deteksi", "batas kuantifikasi"),
            ),
            Column(
                name="method",
                label=gettext_lazy("Metode"),
                example="SNI 6989.2:2019",
                aliases=("metode uji", "acuan metode", "spesifikasi metode"),
                max_length=80,
            ),
            Column(
                name="air_temperature_c",
                label=gettext_lazy("Suhu udara (°C)"),
                kind=Kind.DECIMAL,
                places=1,
                minimum=5,
                maximum=60,
                example="29,5",
                help=gettext_lazy("Diperlukan untuk menilai suhu air sungai."),
                aliases=("suhu udara", "temperatur udara"),
            ),
        ],
        check=lab_results.check_results,
        apply=lab_results.apply_results,
    ),
]
