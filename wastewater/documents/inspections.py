"""The report of an inspection (berita acara) as PDF: live while it is a draft, from its snapshot once signed."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from batikportal import documents, formats
from batikportal.models import Enterprise
from wastewater.choices import Qualifier, Unit
from wastewater.choices.inspections import Aspect, InspectionState, SubjectSignature
from wastewater.models import Inspection, SiteFacts

# The report is a paper of Indonesian law, whatever language its reader chose.
LANGUAGE = "id"


def inspection_facts(inspection: Inspection) -> dict[str, Any]:
    """Everything that the report says, in words; what was not noted is left out or named as not noted."""
    with translation.override(LANGUAGE):
        site = SiteFacts.objects.filter(inspection=inspection).first()
        return {
            "title": _("Berita Acara Pengawasan"),
            "office": _("Dinas Lingkungan Hidup Kota Pekalongan"),
            "number": inspection.report_number,
            "sections": [
                {"title": _("Dasar dan waktu"), "rows": _basis(inspection)},
                {"title": _("Identitas yang diawasi"), "rows": _identity(inspection, site)},
                {"title": _("IPAL dan titik penaatan"), "rows": _plant(site)},
            ],
            "team": {
                "title": _("Tim pengawas"),
                "header": [_("Nama"), _("Peran"), _("NIP"), _("Jabatan"), _("Nomor PPLHD")],
                "rows": [
                    [member.name, member.get_role_display(), member.employee_number or "–", member.position or "–",
                     member.officer_number or "–"]
                    for member in inspection.members.all()
                ],
            },
            "tables": [table for table in _tables(inspection) if table["rows"]],
            "conclusion": {"title": _("Kesimpulan dan saran tindak lanjut"), "text": inspection.conclusion},
            "signatures": _signatures(inspection),
        }  # fmt: skip


def report_pdf(inspection: Inspection, *, at: datetime) -> bytes:
    """The signed report from its snapshot, with what was added later; before signing a draft that says so."""
    with translation.override(LANGUAGE):
        if inspection.is_frozen:
            facts = json.loads(inspection.report_facts)
            at = inspection.signed_at or at
            facts["seal"] = [
                [_("Ditandatangani"), formats.moment(inspection.signed_at)],
                [_("Sidik isi (SHA-256)"), inspection.report_sha256],
            ]
            facts["draft"] = ""
        else:
            facts = inspection_facts(inspection)
            facts["seal"] = []
            facts["draft"] = _("KONSEP – belum ditandatangani")
        addenda = list(inspection.addenda.all())
        facts["addenda"] = {
            "title": _("Adendum"),
            "rows": [[formats.moment(addendum.created_at), addendum.text] for addendum in addenda],
        }
        return documents.pdf("inspection-report", facts, at=addenda[-1].created_at if addenda else at)


def _basis(inspection: Inspection) -> list[list[str]]:
    return [
        [_("Nomor surat tugas"), inspection.assignment_number],
        [_("Tanggal surat tugas"), formats.day(inspection.assigned_on) if inspection.assigned_on else ""],
        [_("Jenis pengawasan"), inspection.get_kind_display()],
        [_("Asal"), " ".join(filter(None, (inspection.get_origin_display(), inspection.origin_reference)))],
        [_("Alasan"), inspection.reason],
        [_("Mulai"), formats.moment(inspection.started_at) if inspection.started_at else ""],
        [_("Selesai"), formats.moment(inspection.ended_at) if inspection.ended_at else ""],
    ]


def _identity(inspection: Inspection, site: SiteFacts | None) -> list[list[str]]:
    subject = inspection.subject
    rows = [[_("Nama"), subject.name]]
    if isinstance(subject, Enterprise):
        numbers = subject.identifiers.filter(kind="nib").values_list("value", flat=True)
        rows += [
            [_("NIB"), ", ".join(numbers) or _("tidak diperlihatkan")],
            [_("Nomor registrasi"), subject.registration_number],
            [_("Pemilik"), subject.owner_name],
        ]
    else:
        rows += [[_("Pengelola"), subject.operator]]
    rows += [
        [_("Alamat"), subject.address],
        [_("Kelurahan"), f"{inspection.ward.name}, {inspection.ward.parent.name if inspection.ward.parent else ''}"],
    ]
    if site is None:
        return rows
    return [
        *rows,
        [_("KBLI"), site.business_code],
        [_("Koordinat"), "" if site.latitude is None else f"{site.latitude}, {site.longitude}"],
        [_("Penanggung jawab di tempat"), site.representative_name],
        [_("Jabatan"), site.representative_position],
        [_("Kontak"), site.representative_phone],
        [_("Jumlah pekerja"), "" if site.workers_count is None else formats.number(site.workers_count)],
        [_("Kapasitas produksi"), site.production_capacity],
        [_("Jam operasi"), site.operating_hours],
    ]


def _plant(site: SiteFacts | None) -> list[list[str]]:
    if site is None:
        return []
    return [
        [_("Unit IPAL"), site.plant_units],
        [_("Debit inlet"), _flow(site.flow_in_m3_per_day)],
        [_("Debit outlet"), _flow(site.flow_out_m3_per_day)],
        [_("Alat ukur debit"), _yes_no(site.has_flow_meter)],
        [_("Saluran terpisah dari air hujan"), _yes_no(site.has_separate_drain)],
        [_("Saluran pintas (bypass)"), _yes_no(site.has_bypass)],
        [_("Catatan harian pH dan debit"), _yes_no(site.keeps_logbook)],
        [_("Titik penaatan"), site.compliance_point],
    ]


def _flow(value) -> str:
    return "" if value is None else _("%(value)s m³/hari") % {"value": formats.number(value)}


def _yes_no(value: bool | None) -> str:
    return _("tidak dicatat") if value is None else _("ada") if value else _("tidak ada")


def _tables(inspection: Inspection) -> Iterator[dict[str, Any]]:
    yield {
        "title": _("Dokumen lingkungan dan perizinan"),
        "header": [_("Jenis"), _("Nomor"), _("Tanggal"), _("Berlaku sampai")],
        "rows": [
            [row.kind, row.number or "–", formats.short_day(row.dated_on) if row.dated_on else "–",
             formats.short_day(row.valid_until) if row.valid_until else "–"]
            for row in inspection.documents.all()
        ],
    }  # fmt: skip
    answers = list(inspection.answers.select_related("item", "photo"))
    for aspect in Aspect:
        yield {
            "title": _("Ketaatan: %(aspect)s") % {"aspect": aspect.label},
            "header": [_("Yang diperiksa"), _("Keadaan"), _("Catatan"), _("Foto")],
            "rows": [
                [row.item.question, row.get_status_display(), row.note or "–",
                 row.photo.sha256[:12] if row.photo else "–"]
                for row in answers
                if row.item.aspect == aspect
            ],
        }  # fmt: skip
    yield {
        "title": _("Pengukuran lapangan"),
        "header": [_("Tempat"), _("Parameter"), _("Hasil"), _("Alat")],
        "rows": [
            [row.place, str(row.parameter), f"{'' if row.qualifier == Qualifier.EQUAL else row.qualifier}"
             f"{formats.number(row.value)}{'' if row.parameter.unit == Unit.PH else f' {row.parameter.unit}'}",
             row.instrument or "–"]
            for row in inspection.measurements.select_related("parameter")
        ],
    }  # fmt: skip
    yield {
        "title": _("Contoh uji"),
        "header": [_("Kode titik"), _("Diambil"), _("Laboratorium"), _("BA serah terima")],
        "rows": [
            [link.sample.point.code, formats.moment(link.sample.taken_at),
             str(link.sample.laboratory or _("belum diserahkan")), link.handover_number or "–"]
            for link in inspection.sample_links.select_related("sample__point", "sample__laboratory")
        ],
    }  # fmt: skip
    yield {
        "title": _("Temuan dan perintah atau saran"),
        "header": [_("Nomor"), _("Temuan"), _("Yang harus diperbaiki")],
        "rows": [
            [finding.number, f"{finding.title}. {finding.description}", finding.requested_action or "–"]
            for finding in inspection.findings.order_by("pk")
        ],
    }


def _signatures(inspection: Inspection) -> dict[str, Any]:
    team = [[member.name, member.get_role_display()] for member in inspection.members.all()]
    shown = {"title": _("Tanda tangan"), "team_title": _("Tim pengawas"), "team": team,
             "subject_title": _("Pihak yang diawasi"), "subject": [], "refusal": ""}  # fmt: skip
    if inspection.subject_signature == SubjectSignature.SIGNED:
        shown["subject"] = [[inspection.subject_signer, inspection.subject_signer_position or "–"]]
    elif inspection.subject_signature:
        shown["refusal"] = _("%(what)s. Alasan: %(reason)s") % {
            "what": inspection.get_subject_signature_display(),
            "reason": inspection.refusal_reason,
        }
    elif inspection.state == InspectionState.REPORT_DRAFTED:
        shown["subject"] = [["", ""]]
    return shown
