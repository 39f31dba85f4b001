"""Several agencies on one case: nobody can send it back, only ask others in, or hand over what the other accepts."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from batikportal import formats
from batikportal.models import User
from wastewater.actions.complaints.filing import take_part
from wastewater.actions.complaints.messages import tell
from wastewater.actions.complaints.steps import ComplaintRefused, day_of, locked, move, record, written
from wastewater.choices.complaints import (
    ComplaintState,
    HandlingRole,
    HandlingState,
    HandoverState,
    MessageKind,
    StepKind,
)
from wastewater.models.complaints import Agency, AgencyHandling, Complaint, Handover
from wastewater.queries.complaints import terms


def add_partner(*, complaint: Complaint, agency: Agency, by: User, at: datetime) -> AgencyHandling:
    """Ask another agency to handle it together; the lead stays where it is."""
    with transaction.atomic():
        case = locked(complaint)
        _refuse_if_over(case)
        if AgencyHandling.objects.filter(complaint=case, agency=agency).exists():
            raise ComplaintRefused(_("%(agency)s sudah ikut menangani laporan ini.") % {"agency": agency})
        handling = take_part(case, agency, HandlingRole.PARTNER, by=by, at=at)
        text = (
            _("Diminta ikut menangani; menunggu diterima.") if agency.is_external else _("Ikut menangani laporan ini.")
        )
        record(case, StepKind.AGENCY, agency_name=agency.name, public_text=text, by=by, at=at)
    return handling


def record_forwarding(*, handling: AgencyHandling, forwarded_on: date, by: User, at: datetime) -> AgencyHandling:
    """Note the day on which the case was passed on to an agency outside."""
    with transaction.atomic():
        held = _handling(handling, HandlingState.WAITING)
        _refuse_day(forwarded_on, held, at)
        held.forwarded_on = forwarded_on
        held.save(update_fields=["forwarded_on"])
        text = _("Diteruskan pada %(day)s.") % {"day": formats.day(forwarded_on)}
        record(held.complaint, StepKind.AGENCY, agency_name=held.agency.name, public_text=text, by=by, at=at)
    return held


def record_acceptance(
    *, handling: AgencyHandling, accepted_on: date, reference: str, by: User, at: datetime
) -> AgencyHandling:
    """Note that an agency outside has accepted its part, with the letter that says so; its own clock begins."""
    reference = written(reference, _("nomor surat atau rujukan penerimaan"))
    with transaction.atomic():
        held = _handling(handling, HandlingState.WAITING)
        _refuse_day(accepted_on, held, at)
        _accept(held, accepted_on, reference)
        held.save()
        text = _("Menerima laporan ini pada %(day)s.") % {"day": formats.day(accepted_on)}
        record(held.complaint, StepKind.AGENCY, agency_name=held.agency.name, public_text=text, by=by, at=at)
    return held


def finish_part(*, handling: AgencyHandling, sentence: str, done: bool, by: User, at: datetime) -> AgencyHandling:
    """The agency's own public sentence; ``done`` ends a partner's part, a lead ends only with the case."""
    sentence = written(sentence, _("kabar instansi untuk umum"))
    with transaction.atomic():
        held = _handling(handling, HandlingState.ACTIVE)
        if done and held.is_lead:
            raise ComplaintRefused(
                _("Penanggung jawab selesai bersama laporannya: jawab dan tutup, atau serahkan kepada instansi lain.")
            )
        held.public_sentence = sentence
        if done:
            held.state, held.done_on = HandlingState.DONE, day_of(at)
        held.save()
        record(held.complaint, StepKind.AGENCY, agency_name=held.agency.name, public_text=sentence, by=by, at=at)
    return held


def offer_handover(*, complaint: Complaint, receiver: Agency, reason: str, by: User, at: datetime) -> Handover:
    """Offer the lead to another agency; ours stays responsible until the other has accepted."""
    reason = written(reason, _("alasan penyerahan"))
    with transaction.atomic():
        case = locked(complaint)
        _refuse_if_over(case)
        lead = AgencyHandling.objects.select_related("agency").get(complaint=case, role=HandlingRole.LEAD)
        if lead.agency_id == receiver.pk:
            raise ComplaintRefused(_("%(agency)s sudah menjadi penanggung jawab.") % {"agency": receiver})
        if Handover.objects.filter(complaint=case, state=HandoverState.OFFERED).exists():
            raise ComplaintRefused(_("Masih ada penyerahan yang belum diputuskan. Batalkan atau tunggu jawabannya."))
        handover = Handover.objects.create(
            complaint=case,
            sender=lead.agency,
            receiver=receiver,
            reason=reason,
            offered_at=at,
            created_by=by,
            created_at=at,
        )
        text = _("Penanganan ditawarkan kepada %(agency)s. %(lead)s tetap bertanggung jawab sampai diterima.")
        record(
            case,
            StepKind.AGENCY,
            agency_name=lead.agency.name,
            public_text=text % {"agency": receiver, "lead": lead.agency},
            note=reason,
            by=by,
            at=at,
        )
    return handover


def decide_handover(
    *, handover: Handover, accepted: bool, decided_on: date, reference: str = "", text: str = "", by: User, at: datetime
) -> Handover:
    """The receiver accepts or declines: its own people where they work here, else as its letter says.

    Only an acceptance moves the lead; the old one has then done its part.
    """
    with transaction.atomic():
        case = locked(handover.complaint)
        held = Handover.objects.select_for_update().select_related("sender", "receiver").get(pk=handover.pk)
        if held.state != HandoverState.OFFERED:
            raise ComplaintRefused(_("Penyerahan ini sudah diputuskan. Muat ulang halaman ini."))
        receiver = held.receiver
        if not receiver.is_external and receiver.office not in {one.office for one in by.assignments}:
            raise ComplaintRefused(_("Hanya petugas %(agency)s yang dapat memutuskannya.") % {"agency": receiver})
        if not receiver.is_external and held.created_by_id == by.pk:
            raise ComplaintRefused(_("Anda sendiri yang menawarkannya. Mintalah petugas penerima memutuskannya."))
        if decided_on > day_of(at) or decided_on < day_of(held.offered_at):
            raise ComplaintRefused(_("Tanggal keputusan harus antara hari penawaran dan hari ini."))
        if accepted and receiver.is_external:
            reference = written(reference, _("nomor surat atau rujukan penerimaan"))
        if not accepted:
            text = written(text, _("alasan penolakan"))
        held.state = HandoverState.ACCEPTED if accepted else HandoverState.DECLINED
        held.decided_at, held.decided_on, held.reference, held.decision_text = at, decided_on, reference, text
        held.save()
        if accepted:
            _move_lead(case, held, by, at)
        else:
            said = _("%(agency)s tidak menerima penyerahan; %(lead)s tetap bertanggung jawab.")
            words = {"agency": receiver, "lead": held.sender}
            record(case, StepKind.AGENCY, agency_name=receiver.name, public_text=said % words, note=text, by=by, at=at)
    return held


def withdraw_handover(*, handover: Handover, by: User, at: datetime) -> Handover:
    """Take an offer back before it is decided."""
    with transaction.atomic():
        case = locked(handover.complaint)
        held = Handover.objects.select_for_update().select_related("sender", "receiver").get(pk=handover.pk)
        if held.state != HandoverState.OFFERED:
            raise ComplaintRefused(_("Penyerahan ini sudah diputuskan. Muat ulang halaman ini."))
        held.state, held.decided_at, held.decided_on = HandoverState.WITHDRAWN, at, day_of(at)
        held.save()
        text = _("Penawaran kepada %(agency)s dibatalkan.") % {"agency": held.receiver}
        record(case, StepKind.AGENCY, agency_name=held.sender.name, public_text=text, by=by, at=at)
    return held


def _move_lead(case: Complaint, handover: Handover, by: User, at: datetime) -> None:
    """The old lead steps back first: the database never knows two."""
    old = AgencyHandling.objects.select_for_update().get(complaint=case, role=HandlingRole.LEAD)
    old.role, old.state, old.done_on = HandlingRole.PARTNER, HandlingState.DONE, handover.decided_on
    old.save()
    receiver = handover.receiver
    part = AgencyHandling.objects.filter(complaint=case, agency=receiver).first() or AgencyHandling(
        complaint=case, agency=receiver, since_on=handover.decided_on or day_of(at), created_by=by, created_at=at
    )
    part.complaint, part.role = case, HandlingRole.LEAD
    _accept(part, handover.decided_on or day_of(at), handover.reference)
    part.save()
    new = ComplaintState.EXTERNAL if receiver.is_external else ComplaintState.ASSIGNED
    text = _("%(agency)s menerima penanganan laporan ini.") % {"agency": receiver}
    if case.state == new:
        record(case, StepKind.AGENCY, agency_name=receiver.name, public_text=text, by=by, at=at)
    else:
        move(case, new, kind=StepKind.AGENCY, agency_name=receiver.name, public_text=text, by=by, at=at)
    tell(case, MessageKind.HANDED_OVER, agency=receiver, at=at)


def _accept(handling: AgencyHandling, accepted_on: date, reference: str) -> None:
    handling.state, handling.done_on = HandlingState.ACTIVE, None
    handling.accepted_on = accepted_on if reference else None
    handling.acceptance_reference = reference
    handling.due_on = terms.end_of(handling.complaint.term, accepted_on)


def _handling(handling: AgencyHandling, state: HandlingState) -> AgencyHandling:
    """The part's own row, held with its case, if it stands where the step needs it."""
    locked(handling.complaint)
    held = (
        AgencyHandling.objects.select_for_update(of=("self",))
        .select_related("agency", "complaint__term", "complaint__category")
        .get(pk=handling.pk)
    )
    if held.state != state:
        raise ComplaintRefused(_("Bagian instansi ini sudah berubah. Muat ulang halaman ini."))
    return held


def _refuse_day(day: date, handling: AgencyHandling, at: datetime) -> None:
    if day > day_of(at) or day < day_of(handling.complaint.received_at):
        raise ComplaintRefused(_("Tanggalnya harus antara hari laporan diterima dan hari ini."))


def _refuse_if_over(case: Complaint) -> None:
    if not case.is_open or case.state == ComplaintState.RECEIVED:
        raise ComplaintRefused(_("Telaah laporannya dahulu; laporan yang sudah selesai dibuka kembali dahulu."))
