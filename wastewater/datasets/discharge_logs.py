"""Open data of the discharge logbooks: sums of sent months by district; what few enterprises wrote is left out."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal import small_cells
from batikportal.contracts import Dataset
from wastewater.queries import discharge_logs as queries

LICENCE = "CC BY 4.0"
_WAYS = ("own_plant_l", "connection_l", "truck_l", "untreated_l")


def volumes_by_district() -> Sequence[Sequence[Any]]:
    """One row a month and district. A district that is hidden takes another with it, so that none can be reckoned."""
    by_month: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in queries.published_volumes():
        by_month[row["month__first_day"]].append(row)
    found = []
    for first, rows in by_month.items():
        shown = small_cells.publishable_cells([row["enterprises"] for row in rows])
        for row, enterprises in zip(rows, shown, strict=True):
            volumes = [None if enterprises is None else (row[way] or 0) / 1000 for way in _WAYS]
            found.append([f"{first:%Y-%m}", row["district_code"], row["district"], enterprises, *volumes])
    return found


DATASETS = [
    Dataset(
        code="volume-buku-limbah",
        title=_("Volume air limbah menurut buku limbah"),
        description=_(
            "Jumlah air limbah yang dicatat usaha batik pada bulan yang sudah dikirim, per kecamatan dan tujuan. "
            "Usaha yang tidak mencatat tidak termasuk, jadi angka ini bukan seluruh air limbah kota."
        ),
        licence=LICENCE,
        columns=[
            ("bulan", "text", _("Bulan, TTTT-BB")),
            ("kode_kecamatan", "text", _("Kode wilayah Kementerian Dalam Negeri")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("usaha", "integer", _("Banyaknya usaha; kosong bila satu sampai empat, atau bila dapat dihitung balik")),
            ("ipal_sendiri_m3", "number", _("Ke IPAL sendiri (m³)")),
            ("ipal_komunal_m3", "number", _("Ke IPAL komunal (m³)")),
            ("truk_m3", "number", _("Ke bak penampung untuk truk (m³)")),
            ("tanpa_diolah_m3", "number", _("Dibuang tanpa diolah (m³)")),
        ],
        rows=volumes_by_district,
    )
]
