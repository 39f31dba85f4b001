"""Open data of the balance sheet: whole quarters by ward; what few enterprises stand for is left out."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from wastewater.queries import balance as queries
from wastewater.rules import balance as rules

LICENCE = "CC BY 4.0"
QUARTERS = 8


def _rounded(volume) -> float | None:
    return None if volume is None else round(float(volume), 1)


def gap_by_ward() -> Sequence[Sequence[Any]]:
    """A row for each ward and whole quarter of the last two years, the newest first."""
    rows = []
    for start, end in rules.last_quarters(timezone.localdate(), QUARTERS):
        for one, sums in queries.publishable(queries.balance(start, end)):
            quarter = f"{start.year}-T{(start.month + 2) // 3}"
            figures = (
                [None] * 6
                if sums is None
                else [
                    sums.enterprises,
                    _rounded(sums.generated),
                    _rounded(sums.collected),
                    _rounded(sums.treated),
                    _rounded(sums.gap),
                    None if sums.own_share is None else round(float(100 * sums.own_share), 1),
                ]
            )
            rows.append([quarter, one.ward.code, one.ward.name, str(one.ward.parent), *figures])
    return rows


DATASETS = [
    Dataset(
        code="neraca-air-limbah",
        title=_("Neraca air limbah batik per kelurahan"),
        description=_(
            "Air limbah batik yang dihasilkan, dikumpulkan dan diolah tiap triwulan yang sudah lewat. Sebagian angka "
            "ditaksir dengan angka baku per usaha; kolom terakhir menyebut bagian yang berasal dari usaha sendiri."
        ),
        licence=LICENCE,
        columns=[
            ("triwulan", "text", _("Triwulan, TTTT-Tn")),
            ("kode_kelurahan", "text", _("Kode wilayah Kementerian Dalam Negeri")),
            ("kelurahan", "text", _("Nama kelurahan")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("usaha", "integer", _("Banyaknya usaha; kosong bila angkanya berasal dari satu sampai empat usaha")),
            ("dihasilkan_m3", "number", _("Dihasilkan (m³)")),
            ("dikumpulkan_m3", "number", _("Dialirkan ke IPAL atau diangkut truk (m³)")),
            ("diolah_m3", "number", _("Diolah (m³); kosong bila tidak diketahui")),
            ("belum_terbukti_diolah_m3", "number", _("Dihasilkan dikurangi diolah (m³)")),
            ("bagian_angka_usaha", "number", _("Bagian yang dicatat atau dinyatakan usaha, bukan taksiran (%)")),
        ],
        rows=gap_by_ward,
    )
]
