"""Open data of sensors: judged days of plants' stations that the office has opened, never of an enterprise."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from wastewater.queries import stations as queries

LICENCE = "CC BY 4.0"


def sensor_days() -> Sequence[Sequence[Any]]:
    return [
        (
            str(one.station.point.plant),
            one.station.uid,
            one.day,
            one.parameter,
            one.value,
            one.allowed,
            one.verdict,
            one.reason,
            one.limit.legal_basis if one.limit else "",
        )
        for one in queries.published_days()
    ]


DATASETS = [
    Dataset(
        code="wastewater-sensor-days",
        title=_("Nilai harian sensor IPAL"),
        description=_("Nilai harian stasiun sensor di IPAL yang dibuka DLH, dengan putusannya terhadap batas."),
        licence=LICENCE,
        columns=[
            ("ipal", "text", _("Nama IPAL")),
            ("stasiun", "text", _("Uid stasiun sensor")),
            ("hari", "date", _("Hari di Pekalongan")),
            ("parameter", "text", _("ph, tss, debit, cod atau nh3n")),
            ("nilai", "number", _("Rata-rata harian; untuk ph bagian baris dalam rentang; untuk debit volume m³")),
            ("batas", "number", _("Batas yang dipakai, dalam ukuran yang sama dengan nilai")),
            ("putusan", "text", _("meets = memenuhi, exceeds = melebihi, cannot_tell = tidak dapat dinilai")),
            ("alasan", "text", _("Mengapa tidak dapat dinilai")),
            ("dasar", "text", _("Dasar hukum batas")),
        ],
        rows=sensor_days,
    )
]
