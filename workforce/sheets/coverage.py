"""The sheet of memberships: what a check with BPJS, a card or an employer's list found."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from batikportal import formats
from batikportal.choices import Focus
from batikportal.imports import matching
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from workforce import rules
from workforce.choices import CoverageEvidence, CoverageStatus, Payer, Programme, Segment
from workforce.models import CoveragePeriod
from workforce.sheets.nik import NIK_COLUMN, known_people, read_niks

COMPARED = {
    "until_on": "until_on",
    "status": "status",
    "segment": "segment",
    "payer": "payer",
    "verified_on": "verified_on",
    "evidence": "evidence",
}


@dataclass
class Span:
    """A period on the line of time of one person and programme: stored (id), or of the file (row)."""

    first: date
    last: date | None
    row: Row | None = None
    id: int | None = None


def check_coverage(rows: Sequence[Row], ctx: Context) -> None:
    """Find the people, check the segment, and lay the periods of file and registry beside each other."""
    read_niks(rows, ctx.today)
    known = known_people(rows, ctx)
    for row in rows:
        _judge(row, ctx.today)
        if row.lacks("nik"):
            continue
        person = known.get(row.found["index"])
        if person is None:
            row.refuse("nik", _("NIK ini belum terdaftar. Impor atau daftarkan pekerjanya dahulu."))
        else:
            row.found["person"] = person.pk
    stored = list(CoveragePeriod.objects.filter(person__in=[person.pk for person in known.values()]))
    matching.compare(
        rows,
        {(period.person_id, period.programme, period.from_on): period for period in stored},
        ctx=ctx,
        key=lambda row: (row.found["person"], row["programme"], row["from_on"]),
        fields=COMPARED,
    )
    _refuse_overlaps(rows, stored)


def _judge(row: Row, today: date) -> None:
    if row["until_on"] and row["from_on"] and row["until_on"] < row["from_on"]:
        row.refuse("until_on", _("Tanggal akhir mendahului tanggal mulai."))
    if row["verified_on"] and row["verified_on"] > today:
        row.refuse("verified_on", _("Tanggal ini belum tiba."))
    fits = row.lacks("programme", "segment", "status") or rules.segment_fits(
        row["programme"], row["segment"] or "", row["status"]
    )
    if not fits:
        row.refuse("segment", _("Segmen ini tidak ada pada program tersebut. Kosongkan hanya bila tidak terdaftar."))
    if row["status"] == CoverageStatus.NOT_ENROLLED and row["payer"]:
        row.refuse("payer", _("Yang tidak terdaftar tidak punya pembayar iuran. Kosongkan kolom ini."))


def _refuse_overlaps(rows: Sequence[Row], stored: Sequence[CoveragePeriod]) -> None:
    lines: dict[tuple[int, str], list[Span]] = defaultdict(list)
    standing = [row for row in rows if not row.refused]
    by_id = {row.found["id"]: row for row in standing if "id" in row.found}
    for period in stored:
        row = by_id.get(period.pk)
        last = row["until_on"] if row is not None and row["until_on"] else period.until_on
        lines[period.person_id, period.programme].append(Span(period.from_on, last, row, period.pk))
    for row in standing:
        if "id" not in row.found:
            lines[row.found["person"], row["programme"]].append(Span(row["from_on"], row["until_on"], row))
    for spans in lines.values():
        _lay_out(spans)


def _lay_out(spans: list[Span]) -> None:
    """Along the line of time: an open period ends the day before the next one begins; other overlaps are refused."""
    before: Span | None = None
    for span in sorted(spans, key=lambda span: (span.first, span.id is None)):
        if before is not None and (before.last is None or before.last >= span.first):
            is_new = span.row is not None and span.id is None
            if before.last is None and is_new and before.first < span.first:
                _close(before, span)
            elif (refused := span.row or before.row) is not None:
                refused.refuse("from_on", _overlap_sentence(before if refused is span.row else span))
                if refused is span.row and span.id is None:
                    continue
        before = span


def _close(before: Span, following: Span) -> None:
    before.last = following.first - timedelta(days=1)
    if before.id is None and before.row is not None:
        before.row.found["until_on"] = before.last.isoformat()
    elif following.row is not None:
        following.row.found["closes"] = before.id


def _overlap_sentence(other: Span) -> str:
    last = formats.short_day(other.last) if other.last else gettext("tanpa batas")
    return gettext("Bertumpuk dengan kepesertaan %(first)s sampai %(last)s. Perbaiki tanggalnya.") % {
        "first": formats.short_day(other.first),
        "last": last,
    }


def apply_coverage(rows: Sequence[Row], ctx: Context) -> None:
    """End what the new periods follow, then write changes and new periods."""
    ended = {row.found["closes"]: row["from_on"] - timedelta(days=1) for row in rows if row.found.get("closes")}
    closing = list(CoveragePeriod.objects.filter(pk__in=ended))
    for period in closing:
        period.until_on = ended[period.pk]
    CoveragePeriod.objects.bulk_update(closing, ["until_on"], batch_size=matching.BATCH)
    new, changed = matching.split(rows)
    matching.update(changed, CoveragePeriod, lambda row: {name: row[name] for name in COMPARED})
    matching.insert(new, CoveragePeriod, _new_period, ctx)


def _new_period(row: Row) -> dict[str, Any]:
    closed = row.found.get("until_on")
    return {
        "person_id": row.found["person"],
        "programme": row["programme"],
        "status": row["status"],
        "segment": row["segment"] or "",
        "payer": row["payer"] or "",
        "from_on": row["from_on"],
        "until_on": date.fromisoformat(closed) if closed else row["until_on"],
        "verified_on": row["verified_on"],
        "evidence": row["evidence"] or "",
    }


COVERAGE = Sheet(
    code="coverage",
    title=_("Kepesertaan jaminan sosial (satu baris per orang dan program)"),
    description=_("Hasil pengecekan JKK, JKM, JHT, JP, JKP, atau JKN."),
    focus=Focus.WORKERS,
    permission="workforce.import_coverage",
    key=("nik", "programme", "from_on"),
    done_url="workforce:gap-list",
    icon="shield-check",
    template_note=_(
        "Pekerja harus sudah terdaftar. Kepesertaan lama yang masih terbuka berakhir sehari sebelum yang baru mulai."
    ),
    columns=[
        NIK_COLUMN,
        Column(
            name="programme",
            label=_("Program"),
            kind=Kind.CHOICE,
            required=True,
            choices=Programme.choices,
            synonyms={"bpjs kesehatan": "jkn", "kis": "jkn"},
            example="JKK",
        ),
        Column(
            name="status",
            label=_("Status"),
            kind=Kind.CHOICE,
            required=True,
            choices=CoverageStatus.choices,
            synonyms={
                "terdaftar": "enrolled",
                "tidak aktif": "lapsed",
                "nonaktif": "lapsed",
                "menunggak": "lapsed",
                "tidak terdaftar": "not_enrolled",
            },
            example="Aktif",
        ),
        Column(
            name="segment",
            label=_("Segmen"),
            kind=Kind.CHOICE,
            choices=Segment.choices,
            synonyms={"mandiri": "pbpu", "penerima upah": "pu", "bukan penerima upah": "bpu"},
            example="BPU",
        ),
        Column(
            name="payer",
            label=_("Pembayar iuran"),
            kind=Kind.CHOICE,
            choices=Payer.choices,
            synonyms={
                "apbd": "city",
                "kota": "city",
                "batik berlian": "city",
                "sendiri": "worker",
                "juragan": "employer",
            },
            example="Batik Berlian",
        ),
        Column(name="from_on", label=_("Sejak"), kind=Kind.DATE, required=True, example="1 Januari 2026"),
        Column(
            name="until_on",
            label=_("Sampai"),
            kind=Kind.DATE,
            example="31 Desember 2026",
            help=_("Hari terakhir perlindungan. Kosong bila tidak ada batasnya."),
        ),
        Column(
            name="verified_on",
            label=_("Dicek pada"),
            kind=Kind.DATE,
            example="5 Januari 2026",
            aliases=("tanggal cek",),
        ),
        Column(
            name="evidence",
            label=_("Dasar pengecekan"),
            kind=Kind.CHOICE,
            choices=CoverageEvidence.choices,
            synonyms={"bpjs": "institution_list", "kartu": "card", "bukti bayar": "receipt"},
            example="Daftar dari BPJS",
        ),
    ],
    check=check_coverage,
    apply=apply_coverage,
)
