"""Open data of the market: what was offered, and who took part in numbers only."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from marketing import queries, rules
from marketing.choices import ProgrammeKind, SelectionMode

LICENCE = "CC BY 4.0"


def rows_of_activities() -> Sequence[Sequence[Any]]:
    """One line per published activity; counts under five are left empty."""
    modes, kinds = dict(SelectionMode.choices), dict(ProgrammeKind.choices)
    return [
        [
            str(activity.public_id),
            activity.title,
            str(kinds[activity.programme.kind]),
            timezone.localdate(activity.starts_at).isoformat(),
            timezone.localdate(activity.ends_at).isoformat(),
            activity.venue,
            str(modes[activity.selection_mode]),
            activity.seats,
            rules.publishable(activity.applicants_count),
        ]
        for activity in queries.published_activities()
    ]


def rows_of_participation() -> Sequence[Sequence[Any]]:
    """One line per year, kind and district; small cells are empty, and never a single one that could be subtracted."""
    kinds = dict(ProgrammeKind.choices)
    found: list[Sequence[Any]] = []
    by_year_and_kind: Iterable[tuple[Any, Any]] = groupby(queries.participation_by_district(), key=lambda row: row[:2])
    for (year, kind), group in by_year_and_kind:
        rows: list[tuple[Any, ...]] = list(group)
        sent, seated, first = (rules.publishable_cells([row[column] for row in rows]) for column in (4, 5, 6))
        lines: list[Sequence[Any]] = [
            [year, str(kinds[kind]), row[2], row[3], sent[number], seated[number], first[number]]
            for number, row in enumerate(rows)
        ]
        found += lines
    return found


DATASETS = [
    Dataset(
        code="pasar-kegiatan",
        title=_("Pelatihan, pendampingan dan pameran"),
        description=_("Kegiatan yang pernah diterbitkan, dengan kursi dan pendaftar. Angka di bawah lima kosong."),
        licence=LICENCE,
        columns=[
            ("kode", "text", _("Kode publik kegiatan")),
            ("kegiatan", "text", _("Nama kegiatan")),
            ("jenis", "text", _("Jenis program")),
            ("mulai", "date", _("Tanggal mulai")),
            ("selesai", "date", _("Tanggal selesai")),
            ("tempat", "text", _("Tempat; kosong bila daring")),
            ("cara_seleksi", "text", _("Siapa cepat, atau diseleksi")),
            ("kursi", "integer", _("Kursi yang ditawarkan")),
            ("pendaftar", "integer", _("Pendaftaran terkirim; kosong bila di bawah lima")),
        ],
        rows=rows_of_activities,
    ),
    Dataset(
        code="pasar-keikutsertaan",
        title=_("Keikutsertaan menurut tahun, jenis dan kecamatan"),
        description=_(
            "Pendaftaran, kursi terisi, dan di antaranya yang baru pertama ikut jenis program itu. Angka di bawah lima "
            "dikosongkan; bila hanya satu yang kosong, angka terkecil berikutnya ikut dikosongkan."
        ),
        licence=LICENCE,
        columns=[
            ("tahun", "integer", _("Tahun kegiatan mulai")),
            ("jenis", "text", _("Jenis program")),
            ("kode_kecamatan", "text", _("Kode Kemendagri")),
            ("kecamatan", "text", _("Nama kecamatan")),
            ("pendaftaran", "integer", _("Pendaftaran terkirim")),
            ("kursi_terisi", "integer", _("Usaha yang mendapat kursi")),
            ("pertama_kali", "integer", _("Di antaranya yang belum pernah ikut")),
        ],
        rows=rows_of_participation,
    ),
]
