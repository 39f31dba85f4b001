"""The agreement of apprenticeship, with what Permenaker 6/2020 art. 10 asks it to hold."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from batikportal import documents, formats
from workforce.choices.apprenticeship import TrainingForm
from workforce.models import Placement, PlacementAgreement

# An agreement between Indonesian parties for an Indonesian office, whatever language its printer reads.
LANGUAGE = "id"


def agreement_facts(placement: Placement, agreement: PlacementAgreement) -> dict[str, Any]:
    """Everything that the agreement says, in words."""
    person, host = placement.person, placement.host
    consent = person.consents.filter(purpose="apprenticeship", withdrawn_at__isnull=True).first() if person else None
    guardian = consent.witness if consent and consent.given_by == "guardian" else ""
    cohort = placement.cohort
    steps = ", ".join(str(row.step) for row in placement.placement_steps.all())
    return {
        "title": _("Perjanjian Pemagangan")
        if cohort.programme.form == TrainingForm.FORMAL
        else _("Perjanjian Belajar Kerja"),
        "number": _("Nomor: %(number)s") % {"number": agreement.number},
        "parties": {
            "title": _("Para pihak"),
            "rows": [
                [_("Tempat magang"), placement.host_name],
                [_("Alamat"), host.address if host else ""],
                [_("Diwakili oleh"), agreement.signer_name],
                [_("Peserta"), placement.name],
                [_("Tanggal lahir"), formats.day(person.birth_on) if person and person.birth_on else ""],
                [_("Orang tua atau wali"), guardian],
            ],
        },
        "content": {
            "title": _("Isi perjanjian"),
            "rows": [
                [_("Program"), f"{cohort.programme.title} – {cohort.title}"],
                [_("Proses yang dipelajari"), steps],
                [_("Masa"), f"{formats.day(agreement.from_on)} – {formats.day(agreement.until_on)}"],
                [
                    _("Hari dan jam"),
                    _("%(days)s hari seminggu, %(hours)s jam sehari")
                    % {"days": agreement.days_per_week, "hours": formats.number(agreement.hours_per_day)},
                ],
                [_("Bagian teori"), f"{agreement.theory_percent} %"],
                [_("Pembimbing"), placement.mentor.name if placement.mentor else ""],
                [
                    _("Uang saku"),
                    _("%(amount)s sebulan (transpor, makan, dan insentif)")
                    % {"amount": formats.rupiah(agreement.allowance_idr)},
                ],
                [_("JKK dan JKM"), _("dibayar oleh %(who)s") % {"who": agreement.insured_by}],
            ],
        },
        "duties": [
            {
                "title": _("Hak peserta"),
                "lines": [
                    _("dibimbing dan diajari sesuai program;"),
                    _("menerima uang saku dan perlindungan kecelakaan kerja dan kematian;"),
                    _("memakai alat pelindung yang disediakan tempat magang;"),
                    _("menerima surat keterangan setelah selesai."),
                ],
            },
            {
                "title": _("Kewajiban peserta"),
                "lines": [
                    _("mengikuti program sampai selesai dan menaati tata tertib;"),
                    _("menjaga nama baik dan barang milik tempat magang."),
                ],
            },
            {
                "title": _("Hak tempat magang"),
                "lines": [
                    _("memanfaatkan hasil kerja peserta selama magang;"),
                    _("menghentikan magang bila tata tertib dilanggar, setelah memberi tahu Dinperinaker."),
                ],
            },
            {
                "title": _("Kewajiban tempat magang"),
                "lines": [
                    _("menyediakan pembimbing, tempat belajar, dan alat pelindung;"),
                    _("membayar uang saku pada waktunya;"),
                    _("tidak mempekerjakan peserta pada malam hari, hari libur, atau lembur."),
                ],
            },
        ],
        "signatures": {
            "date": _("Ditandatangani %(day)s") % {"day": formats.day(agreement.signed_on)},
            "people": [
                [_("Tempat magang"), agreement.signer_name],
                [_("Peserta"), placement.name],
                *([[_("Orang tua atau wali"), guardian]] if guardian else []),
            ],
            "endorsed": _("Mengesahkan, Dinperinaker Kota Pekalongan"),
            "endorsement": _("Nomor %(number)s, %(day)s")
            % {"number": agreement.endorsement_number, "day": formats.day(agreement.endorsed_on)}
            if agreement.endorsed_on
            else "",
        },
    }


def agreement_pdf(placement: Placement, agreement: PlacementAgreement, *, at: datetime) -> bytes:
    """The agreement as it stands at that moment."""
    with translation.override(LANGUAGE):
        return documents.pdf("apprentice-agreement", agreement_facts(placement, agreement), at=at)
