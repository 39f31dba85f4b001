"""Open data of the registry: counts only, small cells left empty."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal import small_cells
from batikportal.choices import Technique
from batikportal.contracts import Dataset
from batikportal.queries import registry

LICENCE = "CC BY 4.0"


def rows_by_ward() -> Sequence[Sequence[Any]]:
    found = registry.enterprises_by_ward()
    shown = small_cells.publishable_cells([count for _ward, count in found])
    return [
        [ward.code, ward.name, ward.parent.name if ward.parent else None, value]
        for (ward, _count), value in zip(found, shown, strict=True)
    ]


def rows_by_technique() -> Sequence[Sequence[Any]]:
    counts = registry.technique_counts()
    return [[technique.label, small_cells.publishable(counts[technique])] for technique in Technique]


DATASETS = [
    Dataset(
        code="usaha-per-kelurahan",
        title=_("Usaha batik aktif per kelurahan"),
        description=_("Usaha yang sudah diperiksa dan sedang berproduksi, menurut kelurahan tempat usaha."),
        licence=LICENCE,
        columns=[
            ("kode_kelurahan", "text", _("Kode wilayah Kementerian Dalam Negeri")),
            ("kelurahan", "text", _("Nama kelurahan")),
            ("kecamatan", "text", _("Nama kecamatan")),
            (
                "usaha",
                "integer",
                _("Banyaknya usaha aktif; kosong bila satu sampai empat, atau bila dapat dihitung balik"),
            ),
        ],
        rows=rows_by_ward,
    ),
    Dataset(
        code="usaha-per-teknik",
        title=_("Usaha batik aktif per teknik"),
        description=_("Satu usaha dapat mengerjakan beberapa teknik, jadi jumlahnya melebihi banyaknya usaha."),
        licence=LICENCE,
        columns=[
            ("teknik", "text", _("Teknik; yang bukan batik menurut SNI 0239:2014 ditandai")),
            ("usaha", "integer", _("Banyaknya usaha aktif; kosong bila satu sampai empat")),
        ],
        rows=rows_by_technique,
    ),
]
