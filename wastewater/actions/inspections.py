"""What people do with an inspection: plan, assign, look, write the report, sign, close."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import states
from batikportal.choices import EnterpriseStatus, Source
from batikportal.models import Enterprise, StoredFile, User
from wastewater.choices import Impossible, SampleState
from wastewater.choices.duties import ViolationState
from wastewater.choices.enforcement import FindingState
from wastewater.choices.inspections import (
    InspectionKind,
    InspectionOrigin,
    InspectionState,
    NotInspectedReason,
    SubjectSignature,
    TeamRole,
)
from wastewater.documents.inspections import inspection_facts
from wastewater.models import (
    ChecklistAnswer,
    ChecklistItem,
    FieldMeasurement,
    Inspection,
    InspectionMember,
    InspectionSample,
    Parameter,
    ReportAddendum,
    Sample,
    SeenDocument,
    SiteFacts,
    TreatmentPlant,
    Violation,
)
from wastewater.models.complaints import Complaint
from wastewater.queries import supervision
from wastewater.rules import inspections as rules
from wastewater.rules.possible import impossible


class InspectionRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Member:
    """One person of the team."""

    name: str
    role: str = TeamRole.MEMBER
    employee_number: str = ""
    position: str = ""
    officer_number: str = ""
    user: User | None = None


@dataclass(frozen=True)
class Answer:
    """What was found for one question; a photo of before stays when none is given."""

    item: ChecklistItem
    status: str
    note: str = ""
    photo: StoredFile | None = None


@dataclass(frozen=True)
class Reading:
    """A figure read on the spot, in the unit of its parameter."""

    parameter: Parameter
    value: Decimal
    qualifier: str


def plan_inspection(
    *,
    subject: Enterprise | TreatmentPlant,
    year: int,
    quarter: int,
    reason: str,
    by: User | None,
    at: datetime,
    month: int | None = None,
    origin: str = InspectionOrigin.PLAN,
    origin_reference: str = "",
    complaint: Complaint | None = None,
    violation: Violation | None = None,
    replaces: Inspection | None = None,
    source: str = Source.FORM,
) -> Inspection:
    """Put one inspection on the plan; every origin but the plan itself makes it incidental.

    A complaint or a violation of the portal that led to it is named as such; origin and link always agree.
    """
    if isinstance(subject, Enterprise) and subject.status in (EnterpriseStatus.CLOSED, EnterpriseStatus.MERGED):
        raise InspectionRefused(_("Usaha ini sudah tutup atau digabung. Pilih usaha yang masih berjalan."))
    _refuse_origin(subject, origin, origin_reference, complaint, violation)
    return Inspection.objects.create(
        enterprise=subject if isinstance(subject, Enterprise) else None,
        plant=subject if isinstance(subject, TreatmentPlant) else None,
        ward=subject.ward,
        kind=InspectionKind.REGULAR if origin == InspectionOrigin.PLAN else InspectionKind.INCIDENTAL,
        origin=origin,
        origin_reference=origin_reference or (complaint.number if complaint else ""),
        complaint=complaint,
        violation=violation,
        year=year,
        quarter=quarter,
        month=month,
        reason=reason,
        replaces=replaces,
        created_by=by,
        created_at=at,
        source=source,
    )


def _refuse_origin(
    subject: Enterprise | TreatmentPlant,
    origin: str,
    reference: str,
    complaint: Complaint | None,
    violation: Violation | None,
) -> None:
    if complaint is not None and (origin != InspectionOrigin.COMPLAINT or violation is not None):
        raise InspectionRefused(_("Pengawasan atas pengaduan berasal dari pengaduan itu. Pilih asal “Pengaduan”."))
    if origin == InspectionOrigin.COMPLAINT and complaint is None and not reference.strip():
        raise InspectionRefused(_("Tulis nomor pengaduannya, atau mulai dari halaman pengaduan itu."))
    if origin == InspectionOrigin.VIOLATION and violation is None:
        raise InspectionRefused(_("Mulai dari halaman pelanggarannya, supaya keduanya terkait."))
    if violation is None:
        return
    if origin not in (InspectionOrigin.VIOLATION, InspectionOrigin.REPEATED):
        raise InspectionRefused(_("Pengawasan atas pelanggaran berasal dari pelanggaran itu. Pilih asalnya."))
    if violation.state == ViolationState.WITHDRAWN:
        raise InspectionRefused(_("Pelanggaran ini sudah ditarik; tidak ada yang perlu diawasi karenanya."))
    if violation.subject != subject:
        raise InspectionRefused(_("Pelanggaran itu milik usaha atau IPAL lain."))


def plan_again(
    *, inspection: Inspection, year: int, quarter: int, month: int | None, reason: str, by: User, at: datetime
) -> Inspection:
    """A new place on the plan for an inspection that was not possible."""
    with transaction.atomic():
        old = _held(inspection)
        if old.state != InspectionState.NOT_INSPECTED:
            raise InspectionRefused(_("Hanya pengawasan yang tidak dapat dilakukan yang direncanakan ulang."))
        if old.replacements.exists():
            raise InspectionRefused(_("Pengawasan ini sudah direncanakan ulang."))
        return plan_inspection(
            subject=old.subject,
            year=year,
            quarter=quarter,
            month=month,
            reason=reason,
            origin=old.origin,
            origin_reference=old.origin_reference,
            complaint=old.complaint,
            violation=old.violation,
            replaces=old,
            by=by,
            at=at,
        )


def assign_team(
    *, inspection: Inspection, number: str, assigned_on: date, members: Sequence[Member], by: User, at: datetime
) -> Inspection:
    """Write down the assignment letter and the team; it may change until the report is drafted."""
    if [member.role for member in members].count(TeamRole.LEAD) != 1:
        raise InspectionRefused(_("Tim harus punya tepat satu ketua."))
    if len({member.name.casefold() for member in members}) != len(members):
        raise InspectionRefused(_("Nama yang sama tertulis dua kali."))
    with transaction.atomic():
        held = _held(inspection)
        if held.state not in (InspectionState.PLANNED, InspectionState.ONGOING):
            raise InspectionRefused(_("Surat tugas tidak dapat diubah lagi pada keadaan ini."))
        held.assignment_number, held.assigned_on = number.strip(), assigned_on
        held.save(update_fields=["assignment_number", "assigned_on"])
        held.members.all().delete()
        InspectionMember.objects.bulk_create([InspectionMember(inspection=held, **vars(member)) for member in members])
    return held


def start_inspection(*, inspection: Inspection, started_at: datetime, by: User, at: datetime) -> Inspection:
    """The team is on the spot; from now on it answers the edition of the checklist in force."""
    _refuse_future(started_at, at)
    with transaction.atomic():
        held = _held(inspection, InspectionState.ONGOING)
        if not held.assignment_number or not held.members.exists():
            raise InspectionRefused(_("Isi dahulu nomor surat tugas dan anggota tim."))
        checklist = supervision.checklist_on(timezone.localdate(started_at))
        if checklist is None:
            raise InspectionRefused(_("Belum ada daftar periksa yang berlaku. Mintalah kepala bidang menambahkannya."))
        held.started_at, held.checklist = started_at, checklist
        held.save(update_fields=["state", "started_at", "checklist"])
        if held.complaint_id:
            day = timezone.localdate(started_at)
            Complaint.objects.filter(pk=held.complaint_id, verified_on__isnull=True).update(verified_on=day)
        SiteFacts.objects.get_or_create(inspection=held)
    return held


def record_impossible(*, inspection: Inspection, reason: str, note: str, by: User, at: datetime) -> Inspection:
    """The inspection could not be made; that ends it, and another one may be planned."""
    if reason == NotInspectedReason.OTHER and not note.strip():
        raise InspectionRefused(_("Jelaskan sebabnya."))
    with transaction.atomic():
        held = _held(inspection, InspectionState.NOT_INSPECTED)
        held.not_inspected_reason, held.not_inspected_note, held.not_inspected_at = reason, note.strip(), at
        held.save(update_fields=["state", "not_inspected_reason", "not_inspected_note", "not_inspected_at"])
    return held


def record_site(*, inspection: Inspection, facts: Mapping[str, Any], by: User, at: datetime) -> SiteFacts:
    """What the place is like; fields that are not given stay as they are."""
    with transaction.atomic():
        held = _open(inspection)
        site, _made = SiteFacts.objects.update_or_create(inspection=held, defaults=dict(facts))
    return site


def record_answers(*, inspection: Inspection, answers: Sequence[Answer], by: User, at: datetime) -> int:
    """Save the answers of one aspect; a question left blank keeps what was answered before. Returns how many."""
    with transaction.atomic():
        held = _open(inspection)
        if any(answer.item.checklist_id != held.checklist_id for answer in answers):
            raise InspectionRefused(_("Daftar periksa sudah berganti. Muat ulang halaman ini."))
        before = {row.item_id: row for row in held.answers.select_for_update()}
        for answer in answers:
            old = before.get(answer.item.pk)
            same = old and (old.status, old.note) == (answer.status, answer.note) and answer.photo is None
            if same:
                continue
            row = old or ChecklistAnswer(inspection=held, item=answer.item)
            row.status, row.note, row.answered_by, row.answered_at = answer.status, answer.note, by, at
            row.photo = answer.photo or row.photo
            row.save()
    return len(answers)


def add_document(
    *, inspection: Inspection, kind: str, number: str, dated_on: date | None, valid_until: date | None,
    by: User, at: datetime
) -> SeenDocument:  # fmt: skip
    """A document that was shown."""
    with transaction.atomic():
        held = _open(inspection)
        return SeenDocument.objects.create(
            inspection=held, kind=kind, number=number, dated_on=dated_on, valid_until=valid_until
        )


def add_measurements(
    *, inspection: Inspection, place: str, instrument: str, readings: Sequence[Reading], by: User, at: datetime
) -> list[FieldMeasurement]:
    """Figures measured at one place; all or none, and none that no water can have."""
    for reading in readings:
        if wrong := impossible(reading.value, reading.parameter.unit):
            raise InspectionRefused(f"{reading.parameter}: {Impossible(wrong).label}")
    with transaction.atomic():
        held = _open(inspection)
        return FieldMeasurement.objects.bulk_create(
            FieldMeasurement(
                inspection=held,
                place=place,
                instrument=instrument,
                parameter=reading.parameter,
                value=reading.value,
                qualifier=reading.qualifier,
                measured_at=at,
            )
            for reading in readings
        )


def link_sample(
    *, inspection: Inspection, sample: Sample, handover_number: str, by: User, at: datetime
) -> InspectionSample:
    """A sample that was taken here, at a point of the inspected firm or plant."""
    with transaction.atomic():
        held = _open(inspection)
        if (sample.point.enterprise_id, sample.point.plant_id) != (held.enterprise_id, held.plant_id):
            raise InspectionRefused(_("Sampel itu bukan dari titik milik usaha atau IPAL ini. Periksa nomornya."))
        if sample.state in (SampleState.PLANNED, SampleState.VOID):
            raise InspectionRefused(_("Sampel itu belum diambil atau sudah digugurkan."))
        if InspectionSample.objects.filter(sample=sample).exists():
            raise InspectionRefused(_("Sampel itu sudah tercatat pada suatu pengawasan."))
        return InspectionSample.objects.create(inspection=held, sample=sample, handover_number=handover_number)


def remove_note(*, inspection: Inspection, kind: str, pk: int, by: User, at: datetime) -> None:
    """Take back a document, measurement or sample that was written down by mistake; history keeps it."""
    with transaction.atomic():
        held = _open(inspection)
        getattr(held, {"dokumen": "documents", "ukur": "measurements", "sampel": "sample_links"}[kind]).filter(
            pk=pk
        ).delete()


def draft_report(
    *, inspection: Inspection, report_number: str, ended_at: datetime, conclusion: str, by: User, at: datetime
) -> Inspection:
    """The report is written and waits for signatures; until then it can go back to the team."""
    _refuse_future(ended_at, at)
    with transaction.atomic():
        held = _held(inspection, InspectionState.REPORT_DRAFTED)
        if held.started_at and ended_at < held.started_at:
            raise InspectionRefused(_("Waktu selesai lebih awal daripada waktu mulai. Periksa jamnya."))
        if not held.answers.exists():
            raise InspectionRefused(_("Belum ada satu pun butir daftar periksa yang diisi."))
        if Inspection.objects.filter(report_number=report_number).exclude(pk=held.pk).exists():
            raise InspectionRefused(_("Nomor berita acara itu sudah dipakai. Periksa nomornya."))
        held.report_number, held.ended_at, held.conclusion = report_number.strip(), ended_at, conclusion.strip()
        held.drafted_by, held.drafted_at = by, at
        held.save(update_fields=["state", "report_number", "ended_at", "conclusion", "drafted_by", "drafted_at"])
    return held


def return_report(*, inspection: Inspection, by: User, at: datetime) -> Inspection:
    """Give the draft back to the team."""
    with transaction.atomic():
        held = _held(inspection, InspectionState.ONGOING)
        held.save(update_fields=["state"])
    return held


def sign_report(
    *,
    inspection: Inspection,
    signature: str,
    signer: str = "",
    signer_position: str = "",
    refusal_reason: str = "",
    by: User,
    at: datetime,
) -> Inspection:
    """Both sides signed, or the firm refused for a reason; from now on the database keeps the report as it is."""
    if signature == SubjectSignature.SIGNED and not signer.strip():
        raise InspectionRefused(_("Tulis nama penanda tangan dari pihak usaha."))
    if signature != SubjectSignature.SIGNED and not refusal_reason.strip():
        raise InspectionRefused(_("Tulis alasan tidak ada tanda tangan dari pihak usaha."))
    with transaction.atomic():
        held = _held(inspection, InspectionState.REPORT_SIGNED)
        held.subject_signature = signature
        held.subject_signer, held.subject_signer_position = signer.strip(), signer_position.strip()
        held.refusal_reason = "" if signature == SubjectSignature.SIGNED else refusal_reason.strip()
        held.signed_by, held.signed_at = by, at
        held.report_facts = json.dumps(inspection_facts(held), ensure_ascii=False, sort_keys=True)
        held.report_sha256 = hashlib.sha256(held.report_facts.encode()).hexdigest()
        held.save(
            update_fields=[
                "state", "subject_signature", "subject_signer", "subject_signer_position", "refusal_reason",
                "signed_by", "signed_at", "report_facts", "report_sha256",
            ]
        )  # fmt: skip
    return held


def add_addendum(*, inspection: Inspection, text: str, by: User, at: datetime) -> ReportAddendum:
    """The only thing that can follow a signed report."""
    with transaction.atomic():
        held = _held(inspection)
        if not held.is_frozen:
            raise InspectionRefused(_("Berita acara belum ditandatangani; ubah saja isinya."))
        return ReportAddendum.objects.create(inspection=held, text=text.strip(), created_by=by, created_at=at)


def close_inspection(*, inspection: Inspection, by: User, at: datetime) -> Inspection:
    """The file is complete; its findings go their own way."""
    with transaction.atomic():
        held = _held(inspection, InspectionState.CLOSED)
        if held.findings.filter(state=FindingState.OPEN).exists():
            raise InspectionRefused(_("Masih ada temuan yang belum disampaikan. Buka dahulu hak jawabnya."))
        held.closed_at, held.closed_by = at, by
        held.save(update_fields=["state", "closed_at", "closed_by"])
    return held


def _held(inspection: Inspection, new_state: str = "") -> Inspection:
    """The inspection's own row, held until the transaction ends, already moved to `new_state` in memory."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if new_state:
        if not states.may_move(rules.INSPECTION_TRANSITIONS, held.state, new_state):
            raise InspectionRefused(
                _("Pengawasan berkeadaan “%(old)s” tidak dapat menjadi “%(new)s”. Muat ulang halaman ini.")
                % {"old": held.get_state_display(), "new": InspectionState(new_state).label}
            )
        held.state = new_state
    return held


def _open(inspection: Inspection) -> Inspection:
    held = _held(inspection)
    if held.state not in rules.OPEN_FOR_NOTES:
        raise InspectionRefused(_("Catatan lapangan hanya dapat diisi selama pengawasan berjalan."))
    return held


def _refuse_future(moment: datetime, at: datetime) -> None:
    if moment > at:
        raise InspectionRefused(_("Waktu itu masih di depan. Periksa tanggal dan jamnya."))
