"""The letter of an enforcement decision as PDF: a draft for signing, and once approved what was decided."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from batikportal import documents, formats
from batikportal.models import Enterprise
from wastewater.choices.enforcement import DecisionState
from wastewater.models import EnforcementDecision, TreatmentPlant
from wastewater.queries.cases import coaching_of

# A letter of the office is Indonesian, whatever language its reader chose.
LANGUAGE = "id"


def decision_pdf(decision: EnforcementDecision, *, at: datetime) -> bytes:
    """The letter with its basis, considerations, orders, and how to object; a draft says so on top."""
    with translation.override(LANGUAGE):
        return documents.pdf("enforcement-letter", decision_facts(decision), at=decision.approved_at or at)


def decision_facts(decision: EnforcementDecision) -> dict[str, Any]:
    case = decision.case
    subject = case.subject
    is_draft = decision.state == DecisionState.DRAFTED
    return {
        "title": str(decision.get_kind_display()),
        "office": _("Dinas Lingkungan Hidup Kota Pekalongan"),
        "recipient": _recipient(subject),
        "draft": _("KONSEP SURAT – belum disetujui") if is_draft else "",
        "rows": [
            [_("Nomor"), decision.decree_number or "…"],
            [_("Tanggal"), formats.day(decision.decree_on) if decision.decree_on else "…"],
            [_("Perkara"), f"{case.number} – {case.title}"],
            [_("Pembinaan"), _coaching(decision)],
            [_("Bentuk paksaan"), "; ".join(decision.form_names)],
            [_("Denda administratif"), formats.rupiah(decision.fine_idr) if decision.fine_idr else ""],
        ],
        "basis": {
            "title": _("Dasar hukum"),
            "lines": [f"{article.citation} – {article.summary}" for article in decision.articles.all()],
        },
        "findings": {
            "title": _("Temuan yang dikuatkan"),
            "header": [_("Nomor"), _("Temuan"), _("Diputuskan")],
            "rows": [
                [finding.number, finding.adjusted_text or finding.title, formats.day(finding.decided_at)]
                for finding in case.findings.order_by("pk")
            ],
        },
        "considerations": {"title": _("Pertimbangan"), "text": decision.considerations},
        "orders": {
            "title": _("Memerintahkan"),
            "header": [_("No."), _("Perintah"), _("Tenggat")],
            "rows": [
                [str(place), item.text, formats.day(item.due_on)]
                for place, item in enumerate(decision.items.all(), start=1)
            ],
        },
        "objection": {
            "title": _("Keberatan"),
            "text": _("Keberatan administratif dapat diajukan paling lambat %(day)s.")
            % {"day": formats.day(decision.objection_due_on)}
            if decision.objection_due_on
            else _("Keberatan administratif dapat diajukan sesudah keputusan ini disampaikan; tenggatnya tertulis "
                   "dalam tanda terima."),
        },
        "signature": [_("Pekalongan, …………………"), _("Pejabat yang berwenang"), "", _("Nama dan NIP")],
    }  # fmt: skip


def _recipient(subject: Enterprise | TreatmentPlant) -> list[str]:
    """The address block: who answers for the business or plant, its name and number, street, kelurahan to city."""
    if isinstance(subject, Enterprise):
        person = subject.owner_name
        number = _("Nomor registrasi %(number)s") % {"number": subject.registration_number}
    else:
        person, number = subject.operator, ""
    ward = subject.ward
    district = _("Kecamatan %(name)s") % {"name": ward.parent.name} if ward.parent else ""
    lines = [
        _("Kepada Yth."),
        person,
        _("Penanggung jawab %(name)s") % {"name": subject.name} if person else subject.name,
        number,
        subject.address,
        ", ".join(filter(None, (_("Kelurahan %(name)s") % {"name": ward.name}, district))),
        _("Kota Pekalongan"),
    ]
    return [line for line in lines if line]


def _coaching(decision: EnforcementDecision) -> str:
    """The coaching before the decision, or why there was none; a heavier decision follows from the one before it."""
    if decision.without_coaching_reason:
        return _("tanpa pembinaan lebih dahulu: %(reason)s") % {"reason": decision.without_coaching_reason}
    held = coaching_of(decision.case).filter(held_on__lte=timezone.localdate(decision.created_at))
    return "; ".join(f"{formats.day(one.held_on)} ({one.topic})" for one in held)
