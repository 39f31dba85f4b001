"""The sheet of certificates, as a certification body or a test organiser hands out its results."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from workforce.actions.certificates import record_proven_skills
from workforce.models import CompetencyCertificate, CompetencyScheme
from workforce.queries.certificates import certificates_by_number
from workforce.rules import certificates as rules
from workforce.sheets.nik import NIK_COLUMN, known_people, read_niks

COMPARED = {"level": "level", "issued_on": "issued_on", "valid_until": "valid_until"}


def scheme_choices() -> list[tuple[str, str]]:
    """The schemes, by code and by title."""
    return list(CompetencyScheme.objects.order_by("title").values_list("code", "title"))


def check_certificates(rows: Sequence[Row], ctx: Context) -> None:
    """Find the people and the numbers that are recorded already; a number of somebody else is refused."""
    read_niks(rows, ctx.today)
    known = known_people(rows, ctx)
    schemes = dict(CompetencyScheme.objects.values_list("code", "pk"))
    stored = certificates_by_number([row["number"] for row in rows if row["number"]])
    for row in rows:
        _judge(row, ctx)
        if not row.lacks("scheme"):
            row.found["scheme"] = schemes[row["scheme"]]
        if row.lacks("nik"):
            continue
        person = known.get(row.found["index"])
        if person is None:
            row.refuse("nik", _("NIK ini belum terdaftar. Impor atau daftarkan pekerjanya dahulu."))
            continue
        row.found["person"] = person.pk
        recorded = None if row.lacks("body", "number") else stored.get(_key(row))
        if recorded is not None and recorded.person_id != person.pk:
            row.refuse("number", _("Nomor ini sudah tercatat pada lembaga tersebut. Periksa nomor dan lembaganya."))
    matching.compare(rows, stored, ctx=ctx, key=_key, fields=COMPARED)


def _key(row: Row) -> tuple[str, str]:
    return row["body"].lower(), row["number"].lower()


def _judge(row: Row, ctx: Context) -> None:
    if row["result"] == "BK":
        row.refuse("result", _("Belum kompeten: belum ada sertifikat yang dicatat."))
    if row["issued_on"] and row["issued_on"] > ctx.today:
        row.refuse("issued_on", _("Tanggal ini belum tiba."))
    if row["issued_on"] and row["valid_until"] and row["valid_until"] <= row["issued_on"]:
        row.refuse("valid_until", _("Tanggal berakhir harus sesudah tanggal terbit."))


def apply_certificates(rows: Sequence[Row], ctx: Context) -> None:
    """Write certificates, then the skills that the new ones prove, each as a set."""
    new, changed = matching.split(rows)
    matching.update(changed, CompetencyCertificate, lambda row: {name: row[name] for name in COMPARED})
    made = matching.insert(new, CompetencyCertificate, _new_certificate, ctx)
    found = CompetencyCertificate.objects.filter(pk__in=[one.pk for one in made]).select_related("scheme")
    record_proven_skills(certificates=list(found), by=ctx.by, at=ctx.at)


def _new_certificate(row: Row) -> dict[str, Any]:
    return {
        "person_id": row.found["person"],
        "scheme_id": row.found["scheme"],
        "level": row["level"] or "",
        "body": row["body"],
        "number": row["number"],
        "issued_on": row["issued_on"],
        "valid_until": row["valid_until"] or rules.valid_until(row["issued_on"]),
    }


CERTIFICATES = Sheet(
    code="certificates",
    title=_("Sertifikat kompetensi (satu baris per sertifikat)"),
    description=_("Hasil uji dari lembaga sertifikasi: siapa, skema apa, nomor, dan masa berlakunya."),
    focus=Focus.WORKERS,
    permission="workforce.import_certificates",
    key=("body", "number"),
    done_url="workforce:certificate-list",
    icon="file-text",
    template_note=_("Pekerja harus sudah terdaftar. Tanpa tanggal akhir, sertifikat berlaku tiga tahun sejak terbit."),
    columns=[
        NIK_COLUMN,
        Column(
            name="scheme", label=_("Skema"), kind=Kind.CHOICE, required=True, choices=scheme_choices,
            example="Pembatik tulis", aliases=("skema sertifikasi",),
        ),
        Column(name="level", label=_("Jenjang"), example="KKNI II", max_length=40),
        Column(
            name="body", label=_("Lembaga penerbit"), required=True, example="LSP Contoh", max_length=120,
            aliases=("lsp", "lembaga"),
        ),
        Column(
            name="number", label=_("Nomor sertifikat"), required=True, example="CONTOH/0001/2026", max_length=60,
            aliases=("no sertifikat",),
        ),
        Column(
            name="issued_on", label=_("Tanggal terbit"), kind=Kind.DATE, required=True, example="5 Oktober 2026",
            aliases=("terbit", "tanggal sertifikat"),
        ),
        Column(name="valid_until", label=_("Berlaku sampai"), kind=Kind.DATE, example=""),
        Column(
            name="result", label=_("Hasil uji"), kind=Kind.CHOICE,
            choices=(("K", _("Kompeten")), ("BK", _("Belum kompeten"))), example="K",
            help=_("K atau BK; boleh kosong bila semuanya kompeten."),
        ),
    ],
    check=check_certificates,
    apply=apply_certificates,
)  # fmt: skip
