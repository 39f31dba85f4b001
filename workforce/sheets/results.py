"""The sheet of answers from BPJS: who of the accepted people is enrolled, who was refused and why."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from batikportal.choices import Focus
from batikportal.imports import matching
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Column, Context, Kind, Row, Sheet
from workforce import rules
from workforce.choices import CoverageEvidence, CoverageStatus, Segment
from workforce.choices.rounds import EntryState
from workforce.models import CoverageEntry, CoveragePeriod
from workforce.rules import rounds
from workforce.sheets.nik import NIK_COLUMN, known_people, read_niks

ENROLLED, REFUSED = "enrolled", "refused"


def check_results(rows: Sequence[Row], ctx: Context) -> None:
    """Find the accepted proposal of each person, and whether its months are free of another membership."""
    read_niks(rows, ctx.today)
    known = known_people(rows, ctx)
    entries = {
        entry.person_id: entry
        for entry in CoverageEntry.objects.filter(
            person__in=[person.pk for person in known.values()], state=EntryState.ACCEPTED
        ).select_related("round")
    }
    stored: dict[int, list[CoveragePeriod]] = {}
    for period in CoveragePeriod.objects.filter(person__in=entries, programme__in=rules.BASIC_PROGRAMMES):
        stored.setdefault(period.person_id, []).append(period)
    for row in rows:
        if row["outcome"] == REFUSED and not row["reason"]:
            row.refuse("reason", _("Tulis alasan BPJS menolaknya."))
        person = None if row.lacks("nik") else known.get(row.found["index"])
        entry = entries.get(person.pk) if person else None
        if entry is None:
            if not row.lacks("nik"):
                row.refuse("nik", _("Tidak ada usulan yang disetujui dan menunggu hasil untuk NIK ini."))
            continue
        row.found |= {"id": entry.pk, "person": entry.person_id}
        row.outcome = row.outcome if row.refused else Outcome.CHANGED
        if row["outcome"] == ENROLLED:
            _judge_months(row, entry, stored.get(entry.person_id, []))


def _judge_months(row: Row, entry: CoverageEntry, periods: Sequence[CoveragePeriod]) -> None:
    """Open periods that began earlier end the day before; any other overlap is refused."""
    first, last = row["from_on"] or entry.round.from_on, entry.round.until_on
    if not entry.round.from_on <= first <= last:
        row.refuse("from_on", _("Tanggal mulai harus di dalam masa putaran."))
        return
    ending = []
    for period in periods:
        if period.until_on is None and period.from_on < first:
            ending.append(period.pk)
        elif period.from_on <= last and (period.until_on is None or period.until_on >= first):
            row.refuse("from_on", _("Sudah ada kepesertaan pada masa itu. Akhiri yang lama dahulu."))
            return
    row.found |= {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "payer": rounds.PAYER_OF[entry.round.programme],
        "ending": ending,
    }


def apply_results(rows: Sequence[Row], ctx: Context) -> None:
    """Memberships of the enrolled, reasons of the refused."""
    enrolled = [row for row in rows if row["outcome"] == ENROLLED]
    before = {
        pk: date.fromisoformat(row.found["first"]) - timedelta(days=1) for row in enrolled for pk in row.found["ending"]
    }
    closing = list(CoveragePeriod.objects.filter(pk__in=before))
    for period in closing:
        period.until_on = before[period.pk]
    CoveragePeriod.objects.bulk_update(closing, ["until_on"], batch_size=matching.BATCH)
    CoveragePeriod.objects.bulk_create(
        [
            CoveragePeriod(
                **matching.stamp(ctx),
                person_id=row.found["person"],
                programme=programme,
                status=CoverageStatus.ACTIVE,
                segment=Segment.BPU,
                payer=row.found["payer"],
                from_on=date.fromisoformat(row.found["first"]),
                until_on=date.fromisoformat(row.found["last"]),
                verified_on=ctx.today,
                evidence=CoverageEvidence.INSTITUTION_LIST,
            )
            for row in enrolled
            for programme in rules.BASIC_PROGRAMMES
        ],
        batch_size=matching.BATCH,
    )
    entries = CoverageEntry.objects.select_for_update().in_bulk([row.found["id"] for row in rows])
    for row in rows:
        entry = entries[row.found["id"]]
        if row["outcome"] == ENROLLED:
            entry.state = EntryState.ENROLLED
            entry.covered_from_on = date.fromisoformat(row.found["first"])
        else:
            entry.state, entry.reason = EntryState.FAILED, row["reason"]
    CoverageEntry.objects.bulk_update(
        entries.values(), ["state", "covered_from_on", "reason"], batch_size=matching.BATCH
    )


OUTCOMES: list[tuple[str, Any]] = [(ENROLLED, _("Terdaftar")), (REFUSED, _("Ditolak"))]

RESULTS = Sheet(
    code="coverage-results",
    title=_("Hasil pendaftaran dari BPJS (satu baris per orang)"),
    description=_("Siapa yang terdaftar dan siapa yang ditolak dari usulan yang disetujui."),
    focus=Focus.WORKERS,
    permission="workforce.record_coverageentry",
    key=("nik",),
    done_url="workforce:round-list",
    icon="shield-check",
    template_note=_("Yang terdaftar dicatat sebagai peserta aktif JKK dan JKM sampai akhir masa putaran."),
    columns=[
        NIK_COLUMN,
        Column(
            name="outcome",
            label=_("Hasil"),
            kind=Kind.CHOICE,
            required=True,
            choices=OUTCOMES,
            synonyms={
                "berhasil": ENROLLED,
                "aktif": ENROLLED,
                "diterima": ENROLLED,
                "gagal": REFUSED,
                "tolak": REFUSED,
            },
            example="Terdaftar",
        ),
        Column(
            name="from_on",
            label=_("Mulai"),
            kind=Kind.DATE,
            example="1 Januari 2027",
            help=_("Kosong berarti hari pertama masa putaran."),
        ),
        Column(
            name="reason", label=_("Alasan"), max_length=300, help=_("Wajib bila ditolak."), example="NIK tidak padan"
        ),
    ],
    check=check_results,
    apply=apply_results,
)
