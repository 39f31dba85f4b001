"""Open data of the quarterly status: counts of locked quarters, small cells left out."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from batikportal.small_cells import publishable_cells
from wastewater.queries import statuses as queries
from wastewater.rules import duties

LICENCE = "CC BY 4.0"


def quarterly_status() -> Sequence[Sequence[Any]]:
    return [
        (duties.quarter_code(start), district, version, *publishable_cells(counts))
        for start, district, version, *counts in queries.published_status_counts()
    ]


DATASETS = [
    Dataset(
        code="wastewater-quarterly-status",
        title=_("Status ketaatan air limbah per kecamatan dan triwulan"),
        description=_(
            "Banyaknya usaha dan IPAL menurut status pada triwulan yang sudah dikunci. Status ini aturan pengelolaan "
            "kota, bukan ketentuan hukum. Jumlah di bawah lima dikosongkan."
        ),
        licence=LICENCE,
        columns=[
            ("triwulan", "text", _("Tahun dan triwulan, misalnya 2026-T1")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("versi_aturan", "text", _("Versi aturan pengelolaan")),
            ("taat", "integer", _("Taat")),
            ("tidak_taat_ringan", "integer", _("Tidak taat ringan")),
            ("tidak_taat_signifikan", "integer", _("Tidak taat signifikan")),
            ("belum_dapat_dinilai", "integer", _("Belum dapat dinilai")),
        ],
        rows=quarterly_status,
    ),
]
