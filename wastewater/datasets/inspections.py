"""Open data of inspections: counts by quarter and district only, so that nobody can be recognised."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal import small_cells
from batikportal.contracts import Dataset
from wastewater.queries.inspections import counts_by_district

LICENCE = "CC BY 4.0"


def inspections_by_district() -> Sequence[Sequence[Any]]:
    """Each row's counts are hidden together when the business behind one could be guessed."""
    return [
        [f"{row['year']}-T{row['quarter']}", row["district"], *small_cells.publishable_cells(
            [row["planned"], row["done"], row["impossible"]]
        )]
        for row in counts_by_district()
    ]  # fmt: skip


DATASETS = [
    Dataset(
        code="wastewater-inspections",
        title=_("Pengawasan per kecamatan dan triwulan"),
        description=_(
            "Banyaknya pengawasan yang direncanakan dan yang berita acaranya sudah ditandatangani. Nama usaha, temuan "
            "dan sanksi tidak diterbitkan. Angka satu sampai empat dikosongkan."
        ),
        licence=LICENCE,
        columns=[
            ("triwulan", "text", _("Tahun dan triwulan, misalnya 2026-T1")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("direncanakan", "integer", _("Banyaknya pengawasan dalam rencana")),
            ("terlaksana", "integer", _("Di antaranya yang terlaksana")),
            ("tidak_dapat", "integer", _("Di antaranya yang tidak dapat diawasi")),
        ],
        rows=inspections_by_district,
    ),
]
