"""Open data of complaints: counts only, without those that could point at somebody."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from wastewater.queries.complaints import figures


def complaint_counts() -> Sequence[Sequence[Any]]:
    return [(timezone.localtime(month).strftime("%Y-%m"), *rest) for month, *rest in figures.counts_for_everybody()]


DATASETS = [
    Dataset(
        code="wastewater-complaints",
        title=_("Pengaduan pencemaran per bulan, kategori dan kecamatan"),
        description=_("Banyaknya laporan warga yang diproses. Jumlah satu sampai empat dikosongkan."),
        licence="CC BY 4.0",
        columns=[
            ("bulan", "text", _("Bulan diterima, TTTT-BB")),
            ("kategori", "text", _("Kategori pengaduan")),
            ("kecamatan", "text", _("Nama kecamatan; kosong bila tempatnya tidak diketahui atau di luar kota")),
            ("jumlah", "integer", _("Banyaknya laporan; kosong bila satu sampai empat")),
        ],
        rows=complaint_counts,
    )
]
