"""Open data of the rivers: published indices with their method, and the network of reaches."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from wastewater.choices import SampleState
from wastewater.models import IndexEvaluation, Reach

LICENCE = "CC BY 4.0"


def river_indices() -> Sequence[Sequence[Any]]:
    """One row per published sample and index; withheld ones without a value."""
    rows = (
        IndexEvaluation.objects.filter(is_current=True, sample__state=SampleState.PUBLISHED)
        .select_related("rule", "sample__point__water_body")
        .order_by("sample__taken_at", "sample__point__code", "kind")
    )
    return [
        (
            timezone.localdate(row.sample.taken_at),
            str(row.sample.point.water_body),
            row.sample.point.code,
            row.sample.point.position,
            row.kind,
            None if row.value is None else round(row.value, 4),
            row.status,
            row.withheld,
            row.method,
            row.rule.legal_basis,
            row.river_class,
            row.parameters_count,
            " ".join(share["parameter"] for share in row.shares if share["index"] is not None),
        )
        for row in rows
    ]


def river_network() -> Sequence[Sequence[Any]]:
    rows = Reach.objects.select_related("water_body").prefetch_related("links_down__downstream")
    return [
        (
            reach.code,
            reach.water_body.name,
            reach.sequence,
            reach.from_place,
            reach.to_place,
            reach.length_m,
            " ".join(sorted(link.downstream.code for link in reach.links_down.all())),
            reach.authority,
            reach.is_tidal,
            reach.confidence,
            reach.origin,
        )
        for reach in rows.order_by("water_body__name", "sequence")
    ]


DATASETS = [
    Dataset(
        code="wastewater-river-index",
        title=_("Indeks pencemaran dan IKA per pengambilan di sungai"),
        description=_("Indeks setiap pengambilan yang sudah diterbitkan, dengan cara hitung dan daftar parameternya."),
        licence=LICENCE,
        columns=[
            ("tanggal", "date", _("Tanggal pengambilan")),
            ("badan_air", "text", _("Nama sungai atau saluran")),
            ("kode_titik", "text", _("Kode titik pantau")),
            ("posisi", "text", _("upstream = hulu, midstream = tengah, downstream = hilir")),
            ("untuk", "text", _("status = indeks pencemaran menurut kelas air, ika = untuk IKA")),
            ("indeks", "number", _("Indeks pencemaran; kosong bila tidak dihitung")),
            ("status", "text", _("meets, light, moderate, heavy, very_heavy")),
            ("tidak_dihitung", "text", _("Alasan tidak dihitung; too_few = parameter terlalu sedikit")),
            ("cara_hitung", "text", _("strict, bogor, jabar atau reciprocal")),
            ("dasar_hukum", "text", _("Dasar hukum aturan")),
            ("kelas_air", "text", _("Kelas air yang dipakai")),
            ("jumlah_parameter", "integer", _("Parameter yang dihitung")),
            ("parameter", "text", _("Kode parameter yang dihitung")),
        ],
        rows=river_indices,
    ),
    Dataset(
        code="wastewater-river-network",
        title=_("Jaringan sungai dan saluran"),
        description=_("Ruas sungai dan saluran dari hulu ke hilir, ke mana alirannya, dan seberapa pasti datanya."),
        licence=LICENCE,
        columns=[
            ("kode", "text", _("Kode ruas")),
            ("badan_air", "text", _("Nama sungai atau saluran")),
            ("urutan", "integer", _("Urutan dari hulu")),
            ("dari", "text", _("Tempat awal")),
            ("sampai", "text", _("Tempat akhir")),
            ("panjang_m", "integer", _("Panjang dalam meter; kosong bila belum diukur")),
            ("mengalir_ke", "text", _("Kode ruas berikutnya")),
            ("kewenangan", "text", _("city, regency, province, basin, unknown")),
            ("dipengaruhi_pasang", "boolean", _("Apakah dipengaruhi pasang")),
            ("keyakinan", "text", _("V dibaca pada sumbernya; L perkiraan")),
            ("sumber", "text", _("Sumber")),
        ],
        rows=river_network,
    ),
]
