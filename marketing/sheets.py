"""The sheet of past participants: history from before the portal, so that rotation does not start at zero."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from batikportal.models import Enterprise, EnterpriseIdentifier
from marketing.choices import ProgrammeKind
from marketing.models import PastParticipation


def _known_enterprises(rows: Sequence[Row], ctx: Context) -> dict[str, int]:
    """Enterprise by registration number or NIB, as the file names it; three statements for any file."""
    named = {row["enterprise"] for row in rows if row["enterprise"]}
    visible = Enterprise.objects.visible_to(ctx.by).registered()
    found = dict(visible.filter(registration_number__in=named).values_list("registration_number", "pk"))
    by_nib = EnterpriseIdentifier.objects.filter(kind="nib", value__in=named, enterprise__in=visible)
    return {**dict(by_nib.values_list("value", "enterprise")), **found}


def check_participants(rows: Sequence[Row], ctx: Context) -> None:
    """Find the enterprises, refuse days to come, and see which rows are there already."""
    known = _known_enterprises(rows, ctx)
    for row in rows:
        row.found["enterprise"] = known.get(row["enterprise"])
        if row.found["enterprise"] is None:
            row.refuse("enterprise", _("Usaha ini belum terdaftar. Periksa nomor registrasi atau NIB-nya."))
        if row["held_on"] and row["held_on"] > ctx.today:
            row.refuse("held_on", _("Tanggal ini belum tiba; riwayat hanya untuk kegiatan yang sudah berlalu."))
    stored = PastParticipation.objects.filter(enterprise__in=set(known.values()))
    matching.compare(
        rows,
        {(one.enterprise_id, one.kind, one.title, one.held_on): one for one in stored},
        ctx=ctx,
        key=lambda row: (row.found["enterprise"], row["kind"], row["title"], row["held_on"]),
        fields={"note": "note"},
    )


def apply_participants(rows: Sequence[Row], ctx: Context) -> None:
    """Write new rows and changed notes."""

    def values(row: Row) -> dict[str, Any]:
        return {
            "enterprise_id": row.found["enterprise"],
            "kind": row["kind"],
            "title": row["title"],
            "held_on": row["held_on"],
            "note": row["note"] or "",
        }

    matching.upsert(rows, PastParticipation, values, ctx)


SHEETS = [
    Sheet(
        code="past-participants",
        title=_("Peserta kegiatan terdahulu"),
        description=_("Siapa pernah ikut pelatihan atau pameran sebelum portal, satu baris per usaha dan kegiatan."),
        focus=Focus.MARKET,
        permission="marketing.import_participation",
        key=("enterprise", "kind", "title", "held_on"),
        template_note=_("Riwayat ini dipakai untuk syarat «belum pernah ikut» dan untuk giliran."),
        columns=[
            Column(
                name="enterprise",
                label=_("Nomor registrasi atau NIB"),
                required=True,
                example="PKL-000123",
                aliases=("nomor registrasi", "nib", "usaha"),
                max_length=20,
            ),
            Column(
                name="kind",
                label=_("Jenis kegiatan"),
                kind=Kind.CHOICE,
                required=True,
                choices=ProgrammeKind.choices,
                synonyms={
                    "ekspor": ProgrammeKind.EXPORT_TRAINING,
                    "pemasaran digital": ProgrammeKind.DIGITAL_MARKETING,
                    "digital": ProgrammeKind.DIGITAL_MARKETING,
                    "coaching": ProgrammeKind.COACHING,
                },
                example="Pameran",
            ),
            Column(
                name="title",
                label=_("Nama kegiatan"),
                required=True,
                example="Pekan Batik Nusantara 2023",
                aliases=("kegiatan", "acara"),
                max_length=150,
            ),
            Column(
                name="held_on",
                label=_("Tanggal mulai"),
                kind=Kind.DATE,
                required=True,
                minimum=date(2000, 1, 1),
                example="25 Oktober 2023",
                aliases=("tanggal",),
            ),
            Column(name="note", label=_("Keterangan"), example="Stan bersama", max_length=250),
        ],
        check=check_participants,
        apply=apply_participants,
    )
]
