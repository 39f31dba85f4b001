"""Open data of plant operation: sums of a month over the days that were logged."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from wastewater.datasets.results import LICENCE
from wastewater.queries import plant_logs


def plant_operation() -> Sequence[Sequence[Any]]:
    return [(row[0].strftime("%Y-%m"), *row[1:]) for row in plant_logs.monthly_operation()]


DATASETS = [
    Dataset(
        code="wastewater-plant-operation",
        title=_("Operasi IPAL per bulan"),
        description=_("Jumlah dari hari yang dicatat; hari tanpa catatan tidak diisi dengan nol."),
        licence=LICENCE,
        columns=[
            ("bulan", "text", _("Bulan, TTTT-BB")),
            ("ipal", "text", _("Nama IPAL")),
            ("hari_dicatat", "integer", _("Banyaknya hari yang punya catatan")),
            ("hari_air_masuk", "integer", _("Banyaknya hari yang punya angka air masuk")),
            ("air_masuk_m3", "number", _("Jumlah air masuk pada hari itu; kosong bila tidak ada angka")),
            ("hari_air_keluar", "integer", _("Banyaknya hari yang punya angka air keluar")),
            ("air_keluar_m3", "number", _("Jumlah air keluar pada hari itu; kosong bila tidak ada angka")),
            ("ph_outlet_terendah", "number", _("pH outlet terendah")),
            ("ph_outlet_tertinggi", "number", _("pH outlet tertinggi")),
            ("berhenti_jam", "number", _("Jumlah jam IPAL berhenti; kosong bila tidak dicatat")),
        ],
        rows=plant_operation,
    ),
]
