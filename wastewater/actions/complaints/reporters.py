"""What a reporter does on the secret page, and what becomes of the data that say who it was."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from batikportal import audit, formats
from batikportal.models import User
from wastewater.actions.complaints.steps import ComplaintRefused, day_of, locked, move, record, written
from wastewater.choices.complaints import ComplaintState, Satisfaction, StepKind
from wastewater.models.complaints import Complaint, ComplaintPhoto, ComplaintQuestion, Reporter
from wastewater.rules import complaints as rules


def reply(*, complaint: Complaint, text: str, at: datetime) -> Complaint:
    """The reporter answers the open question; the case goes on where it was, and its clock with it."""
    text = written(text, _("jawaban Anda"))
    with transaction.atomic():
        case = locked(complaint)
        question = ComplaintQuestion.objects.filter(complaint=case, ended_at__isnull=True).first()
        if case.state != ComplaintState.WAITING or question is None:
            raise ComplaintRefused(_("Tidak ada pertanyaan yang menunggu. Muat ulang halaman ini."))
        question.reply, question.ended_at = text, at
        question.save(update_fields=["reply", "ended_at"])
        return move(
            case,
            ComplaintState(case.waiting_from),
            kind=StepKind.REPLY,
            public_text=_("Pelapor sudah menjawab."),
            by=None,
            at=at,
        )


def rate(*, complaint: Complaint, satisfaction: str, at: datetime) -> Complaint:
    """One tap after the answer; a second tap changes the mind. Whoever joined a case rates it for themselves."""
    with transaction.atomic():
        answered = locked(complaint.lead_case)
        case = answered if answered.pk == complaint.pk else locked(complaint)
        if answered.state not in rules.MAY_RATE:
            raise ComplaintRefused(_("Penilaian dapat diberikan setelah laporan dijawab."))
        case.satisfaction, case.satisfaction_at = Satisfaction(satisfaction), at
        case.save(update_fields=["satisfaction", "satisfaction_at"])
        record(case, StepKind.SATISFACTION, note=str(Satisfaction(satisfaction).label), by=None, at=at)
    return case


def time_out_questions(*, at: datetime) -> int:
    """Go on with what is known where a reporter did not answer in time; returns how many."""
    today, ended = day_of(at), 0
    late = ComplaintQuestion.objects.filter(ended_at__isnull=True, reply_due_on__lt=today)
    for question in late.select_related("complaint"):
        with transaction.atomic():
            case = locked(question.complaint)
            if case.state != ComplaintState.WAITING or not late.filter(pk=question.pk).exists():
                continue
            move(
                case,
                ComplaintState(case.waiting_from),
                kind=StepKind.QUESTION,
                public_text=_("Pelapor belum menjawab sampai %(day)s. Kami melanjutkan dengan keterangan yang ada.")
                % {"day": formats.day(question.reply_due_on)},
                by=None,
                at=at,
            )
            ended += 1
    return ended


def reveal(*, reporter: Reporter, purpose: str, by: User) -> dict[str, str]:
    """The contact data in clear, once; the reading is logged with its purpose."""
    shown = {
        "name": reporter.name.reveal() if reporter.name else "",
        "phone": reporter.phone.reveal() if reporter.phone else "",
        "email": reporter.email.reveal() if reporter.email else "",
    }
    audit.read(by, reporter, fields=[key for key, value in shown.items() if value], purpose=purpose)
    return shown


def anonymise_due(*, at: datetime) -> int:
    """Erase contact data whose day has come, unless a legal hold keeps them; returns how many."""
    due = Reporter.objects.filter(anonymise_on__lte=day_of(at), anonymised_at__isnull=True, complaint__legal_hold="")
    return sum(_anonymise(pk, at) for pk in list(due.values_list("pk", flat=True)))


def _anonymise(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        reporter = Reporter.objects.select_for_update().select_related("complaint").get(pk=pk)
        case = locked(reporter.complaint)
        if reporter.anonymised_at is not None or case.legal_hold:
            return False
        reporter.name = reporter.phone = reporter.email = None
        reporter.wants_messages, reporter.anonymised_at = False, at
        reporter.save()
        # What the reporter wrote, the place in their words and their pictures may name them too; what staff wrote
        # stays. A part split off by staff carries a copy of place and pictures.
        Complaint.objects.filter(pk=case.pk).update(description="", reopening=_erased(case.reopening))
        copies = Complaint.objects.filter(Q(pk=case.pk) | Q(split_from=case))
        copies.exclude(location_text="").update(location_text=_erased("x"))
        ComplaintPhoto.objects.filter(complaint__in=copies).delete()
        ComplaintQuestion.objects.filter(complaint=case).exclude(reply="").update(reply=_erased("x"))
        record(case, StepKind.NOTE, note=_("Data pelapor dihapus sesuai jangka waktunya."), by=None, at=at)
    return True


def _erased(text: str) -> str:
    return _("(dihapus)") if text else ""
