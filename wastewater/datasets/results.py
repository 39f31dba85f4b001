"""Open data of wastewater: published results only, summed so that no single enterprise can be recognised."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from wastewater import queries

LICENCE = "CC BY 4.0"

_MONTH = ("bulan", "text", _("Bulan pengambilan, TTTT-BB"))
_COUNTS = [
    ("jumlah_hasil", "integer", _("Banyaknya hasil uji")),
    ("tidak_terdeteksi", "integer", _("Di antaranya yang hanya diketahui batasnya, seperti <0,01")),
    ("memenuhi", "integer", _("Yang memenuhi baku mutu")),
    ("melebihi", "integer", _("Yang melebihi baku mutu")),
    ("tidak_dapat_dinilai", "integer", _("Yang tidak dapat dinilai")),
    ("terendah", "number", _("Nilai terendah dalam satuan baku mutu, tanpa hasil yang tidak terdeteksi")),
    ("tertinggi", "number", _("Nilai tertinggi dalam satuan baku mutu, tanpa hasil yang tidak terdeteksi")),
    ("lama_simpan_terlampaui", "integer", _("Yang diuji sesudah lama simpannya terlampaui")),
]


def _quarter(moment) -> str:
    local = timezone.localtime(moment)
    return f"{local.year}-T{(local.month + 2) // 3}"


def river_quality() -> Sequence[Sequence[Any]]:
    return list(queries.published_river_quality())


def plant_quality() -> Sequence[Sequence[Any]]:
    return list(queries.published_plant_quality())


def enterprise_compliance() -> Sequence[Sequence[Any]]:
    return [(_quarter(row[0]), *row[1:]) for row in queries.published_enterprise_compliance()]


def standards() -> Sequence[Sequence[Any]]:
    return [
        (
            limit.standard_set.regulation.title,
            limit.standard_set.title,
            limit.legal_basis,
            limit.parameter.name,
            limit.process,
            limit.kind,
            limit.minimum,
            limit.maximum,
            limit.unit,
            limit.expressed_as,
            limit.max_load_kg_per_ton,
            limit.effective_from,
            limit.effective_until,
            limit.confidence,
        )
        for limit in queries.published_limits()
    ]


def plant_capacities() -> Sequence[Sequence[Any]]:
    return [
        (
            figure.plant.name,
            figure.plant.ward.name,
            figure.plant.status,
            figure.kind,
            figure.capacity_m3_per_day,
            figure.stated_on,
            figure.origin,
        )
        for figure in queries.published_capacities()
    ]


DATASETS = [
    Dataset(
        code="wastewater-river-quality",
        title=_("Kualitas air sungai per bulan"),
        description=_("Hasil uji yang sudah diterbitkan pada titik pantau sungai dan saluran, dijumlah per bulan."),
        licence=LICENCE,
        columns=[
            _MONTH,
            ("badan_air", "text", _("Nama sungai atau saluran")),
            ("kode_titik", "text", _("Kode titik pantau")),
            ("posisi", "text", _("upstream = hulu, midstream = tengah, downstream = hilir")),
            ("parameter", "text", _("Nama parameter")),
            ("satuan", "text", _("Satuan baku mutu; kosong bila tidak ada baku mutu")),
            *_COUNTS,
        ],
        rows=river_quality,
    ),
    Dataset(
        code="wastewater-plant-quality",
        title=_("Kualitas air keluaran IPAL per bulan"),
        description=_("Hasil uji yang sudah diterbitkan pada outlet IPAL, dijumlah per bulan."),
        licence=LICENCE,
        columns=[
            _MONTH,
            ("ipal", "text", _("Nama IPAL")),
            ("kode_titik", "text", _("Kode titik pantau")),
            ("parameter", "text", _("Nama parameter")),
            ("satuan", "text", _("Satuan baku mutu; kosong bila tidak ada baku mutu")),
            *_COUNTS,
        ],
        rows=plant_quality,
    ),
    Dataset(
        code="wastewater-enterprise-compliance",
        title=_("Ketaatan air limbah usaha per kecamatan dan triwulan"),
        description=_(
            "Hasil uji outlet usaha yang sudah diterbitkan, dijumlah per kecamatan. Sel dengan kurang dari lima usaha "
            "dikosongkan."
        ),
        licence=LICENCE,
        columns=[
            ("triwulan", "text", _("Tahun dan triwulan, misalnya 2026-T1")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("jumlah_usaha", "integer", _("Banyaknya usaha yang diuji")),
            ("jumlah_hasil", "integer", _("Banyaknya hasil uji")),
            ("memenuhi", "integer", _("Yang memenuhi baku mutu")),
            ("melebihi", "integer", _("Yang melebihi baku mutu")),
            ("tidak_dapat_dinilai", "integer", _("Yang tidak dapat dinilai")),
        ],
        rows=enterprise_compliance,
    ),
    Dataset(
        code="wastewater-standards",
        title=_("Baku mutu air limbah dan air sungai"),
        description=_("Semua baku mutu dalam portal dengan dasar hukum, masa berlaku dan tingkat keyakinannya."),
        licence=LICENCE,
        columns=[
            ("peraturan", "text", _("Nama peraturan")),
            ("golongan", "text", _("Golongan baku mutu")),
            ("dasar_hukum", "text", _("Tempatnya di peraturan")),
            ("parameter", "text", _("Nama parameter")),
            ("proses", "text", _("Proses; kosong berarti semua")),
            ("jenis", "text", _("max, min, range, deviation_from_air, absent atau load")),
            ("terendah", "number", _("Batas bawah")),
            ("tertinggi", "number", _("Batas atas")),
            ("satuan", "text", _("Satuan")),
            ("dinyatakan_sebagai", "text", _("Zat yang dihitung, misalnya N")),
            ("beban_kg_per_ton", "number", _("Beban maksimum per ton produk")),
            ("berlaku_sejak", "date", _("Hari pertama berlaku")),
            ("berlaku_sampai", "date", _("Hari terakhir berlaku; kosong berarti masih berlaku")),
            ("keyakinan", "text", _("V terlihat pada sumber, M-H dan M ingatan, L rendah, C hitungan")),
        ],
        rows=standards,
    ),
    Dataset(
        code="wastewater-plant-capacities",
        title=_("Kapasitas IPAL menurut sumbernya"),
        description=_("Setiap angka kapasitas yang diterbitkan, dengan sumber dan tanggalnya. Angka dapat berbeda."),
        licence=LICENCE,
        columns=[
            ("ipal", "text", _("Nama IPAL")),
            ("kelurahan", "text", _("Kelurahan")),
            ("keadaan", "text", _("operating, degraded, stopped, planned atau unknown")),
            ("jenis", "text", _("design = rancangan, current = saat ini, received = volume limbah setempat")),
            ("kapasitas_m3_per_hari", "number", _("Kapasitas")),
            ("tanggal_sumber", "date", _("Tanggal sumber")),
            ("sumber", "text", _("Sumber angka")),
        ],
        rows=plant_capacities,
    ),
]
