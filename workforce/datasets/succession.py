"""Open data about succession: counts only, and none from which a person could be known."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from batikportal.contracts import Dataset
from batikportal.small_cells import publishable, publishable_cells
from workforce.datasets.people import LICENCE
from workforce.queries import knowledge, projection
from workforce.rules.projection import GROUPS, OPEN_AGE, WIDTH


def rows_of_masters() -> Sequence[Sequence[Any]]:
    """One line per step: masters at work, and what the panel says; small cells are empty."""
    today = timezone.localdate()
    judged = knowledge.newest_assessments(today)
    found = []
    for one in knowledge.knowledge(today):
        panel = judged.get(one.step.pk)
        status = panel.get_status_display() if panel else None
        found.append([
            today.isoformat(), one.step.code, one.step.name,
            publishable(len(one.masters)) if one.holders or not one.workers else None,
            status, panel.on.isoformat() if panel else None,
        ])  # fmt: skip
    return found


def rows_of_ages() -> Sequence[Sequence[Any]]:
    """One line per age group: people at work; small cells and one beside a single small one are empty."""
    today = timezone.localdate()
    stock = projection.stock(today)
    labels = [f"{age}–{age + WIDTH - 1}" if age < OPEN_AGE else f"{age}+" for age in GROUPS]
    shown = publishable_cells([*(int(count) for count in stock.groups), stock.unknown])
    return [
        [today.isoformat(), label, count]
        for label, count in zip([*labels, str(_("tidak diketahui"))], shown, strict=True)
    ]


DATASETS = [
    Dataset(
        code="orang-mahir-per-proses",
        title=_("Orang mahir menurut proses batik"),
        description=_(
            "Pekerja terdaftar yang sedang bekerja dan mahir pada suatu proses, dan status proses itu menurut panel. "
            "Angka di bawah lima dikosongkan, begitu pula proses yang keahliannya belum dicatat."
        ),
        licence=LICENCE,
        columns=[
            ("tanggal", "date", _("Tanggal keadaan")),
            ("kode_proses", "text", _("Kode proses")),
            ("proses", "text", _("Nama proses")),
            (
                "orang_mahir",
                "integer",
                _("Orang mahir yang sedang bekerja; kosong bila di bawah lima atau belum dicatat"),
            ),
            ("status_panel", "text", _("Status menurut panel; kosong bila belum dinilai")),
            ("dinilai", "date", _("Tanggal penilaian panel")),
        ],
        rows=rows_of_masters,
    ),
    Dataset(
        code="pekerja-per-umur",
        title=_("Pekerja batik terdaftar menurut umur"),
        description=_(
            "Pekerja terdaftar yang sedang bekerja menurut kelompok umur lima tahun. Angka di bawah lima dikosongkan; "
            "bila hanya satu yang dikosongkan, yang terkecil berikutnya ikut dikosongkan."
        ),
        licence=LICENCE,
        columns=[
            ("tanggal", "date", _("Tanggal keadaan")),
            ("kelompok_umur", "text", _("Kelompok umur")),
            ("pekerja_aktif", "integer", _("Pekerja terdaftar yang sedang bekerja; kosong bila dapat dikenali")),
        ],
        rows=rows_of_ages,
    ),
]
