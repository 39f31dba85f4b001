"""Open data about workers: counts only, and none from which a person could be known."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from workforce import queries
from workforce.models import Person
from workforce.rules.suppression import publishable_table

LICENCE = "CC BY 4.0"


def rows_by_district() -> Sequence[Sequence[Any]]:
    """One line per district: active registered workers, those with JKK and JKM, share; small cells are empty."""
    today = timezone.localdate()
    totals: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for row in queries.covered_by_ward(Person.objects.filter(ward__isnull=False), today):
        if row.ward is None or row.ward.parent is None:
            continue
        district = row.ward.parent
        names[district.code] = district.name
        counts = totals.setdefault(district.code, [0, 0])
        counts[0] += row.whole
        counts[1] += row.part
    # Covered, and not covered: what the city total or a district's own would tell stays hidden with the small ones.
    shown = publishable_table([[covered, active - covered] for _code, (active, covered) in sorted(totals.items())])
    return [
        [today.isoformat(), code, names[code], active, covered, _share(covered, active)]
        for code, (covered, _uncovered, active) in zip(sorted(totals), shown, strict=False)
    ]


def _share(covered: int | None, active: int | None) -> float | None:
    return None if covered is None or not active else round(100 * covered / active, 1)


def rows_by_step() -> Sequence[Sequence[Any]]:
    """One line per step of the craft with the number of active registered workers; small cells are empty."""
    today = timezone.localdate()
    return [
        [today.isoformat(), step.code, step.name, queries.publishable_or_none(count)]
        for step, count in queries.step_counts(today)
    ]


DATASETS = [
    Dataset(
        code="pekerja-per-kecamatan",
        title=_("Pekerja batik terdaftar menurut kecamatan"),
        description=_(
            "Pekerja terdaftar yang sedang bekerja menurut kecamatan tempat tinggal, dan yang peserta aktif JKK dan "
            "JKM. Angka di bawah lima dikosongkan. Ini bukan jumlah seluruh pekerja batik."
        ),
        licence=LICENCE,
        columns=[
            ("tanggal", "date", _("Tanggal keadaan")),
            ("kode_kecamatan", "text", _("Kode Kemendagri")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("pekerja_aktif", "integer", _("Pekerja terdaftar yang sedang bekerja; kosong bila di bawah lima")),
            ("terlindungi", "integer", _("Di antaranya peserta aktif JKK dan JKM; kosong bila dapat dikenali")),
            ("persen_terlindungi", "number", _("Persentase terlindungi")),
        ],
        rows=rows_by_district,
    ),
    Dataset(
        code="pekerja-per-proses",
        title=_("Pekerja batik terdaftar menurut proses"),
        description=_(
            "Pekerja terdaftar yang sedang bekerja menurut proses membatik. Seorang pekerja dihitung pada setiap "
            "proses yang dikerjakannya. Angka di bawah lima dikosongkan."
        ),
        licence=LICENCE,
        columns=[
            ("tanggal", "date", _("Tanggal keadaan")),
            ("kode_proses", "text", _("Kode proses")),
            ("proses", "text", _("Nama proses")),
            ("pekerja_aktif", "integer", _("Pekerja terdaftar yang sedang bekerja; kosong bila di bawah lima")),
        ],
        rows=rows_by_step,
    ),
]
