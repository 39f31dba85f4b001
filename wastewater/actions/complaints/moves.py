"""The way of a case, step by step; what the public is told is asked for where the law of the house wants it."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from batikportal import audit
from batikportal.models import Area, Enterprise, User
from wastewater.actions.complaints.drafts import hash_of
from wastewater.actions.complaints.filing import fresh_number, take_part
from wastewater.actions.complaints.messages import tell
from wastewater.actions.complaints.steps import ComplaintRefused, day_of, locked, move, record, set_due, written
from wastewater.choices.complaints import (
    ComplaintState,
    HandlingRole,
    HandlingState,
    MessageKind,
    Moderation,
    StepKind,
    TermKind,
)
from wastewater.models.complaints import (
    AgencyHandling,
    Complaint,
    ComplaintCategory,
    ComplaintPhoto,
    ComplaintQuestion,
    Reporter,
)
from wastewater.queries.complaints import terms

_S = ComplaintState


def triage(
    *,
    complaint: Complaint,
    category: ComplaintCategory,
    ward: Area | None,
    moderation: str,
    public_text: str,
    sentence: str,
    by: User,
    at: datetime,
) -> Complaint:
    """Somebody has read it: set category and ward straight, decide what the public sees, say a first word."""
    with transaction.atomic():
        case = locked(complaint)
        _correct(case, category, ward, at)
        _moderate(case, moderation, public_text)
        return move(
            case,
            _S.TRIAGED,
            public_text=sentence.strip(),
            read_at=case.read_at or at,
            read_by=case.read_by or by,
            by=by,
            at=at,
        )


def correct(
    *, complaint: Complaint, category: ComplaintCategory, ward: Area | None, by: User, at: datetime
) -> Complaint:
    """Set category and ward straight later; the promise follows the category, counted from the day of receipt."""
    with transaction.atomic():
        case = locked(complaint)
        _correct(case, category, ward, at)
        case.save()
        record(case, StepKind.NOTE, note=_("Kategori atau kelurahan dibetulkan."), by=by, at=at)
    return case


def _correct(case: Complaint, category: ComplaintCategory, ward: Area | None, at: datetime) -> None:
    if ward != case.ward:
        case.ward, case.ward_is_estimated = ward, False
    if category != case.category and case.is_open:
        start = day_of(case.reopened_at or case.received_at)
        case.category, case.term = category, terms.term_for(TermKind.ANSWER, category, start)
        set_due(case, terms.end_of(case.term, start))
        case.verification_due_on = terms.verification_due(category, start)
    case.category = category


def moderate(*, complaint: Complaint, moderation: str, public_text: str, by: User, at: datetime) -> Complaint:
    """Decide what the public page shows; the reporter's own text is never shown, only what staff wrote."""
    with transaction.atomic():
        case = locked(complaint)
        if case.read_at is None and moderation != Moderation.HIDDEN:
            raise ComplaintRefused(_("Telaah laporannya dahulu, lalu putuskan apa yang ditampilkan."))
        _moderate(case, moderation, public_text)
        case.save()
    return case


def _moderate(case: Complaint, moderation: str, public_text: str) -> None:
    public_text = public_text.strip()
    if moderation == Moderation.TEXT and not public_text:
        raise ComplaintRefused(_("Tulis ringkasan untuk umum, atau pilih tampilkan tanpa teks."))
    case.moderation, case.public_text = moderation, public_text


def assign(*, complaint: Complaint, sentence: str = "", note: str = "", by: User, at: datetime) -> Complaint:
    """Give the case to the people of the leading agency."""
    with transaction.atomic():
        return move(locked(complaint), _S.ASSIGNED, public_text=sentence.strip(), note=note.strip(), by=by, at=at)


def start_field_check(*, complaint: Complaint, sentence: str = "", note: str = "", by: User, at: datetime) -> Complaint:
    """Somebody goes and looks; the deadline for that is kept from now on."""
    with transaction.atomic():
        case = locked(complaint)
        seen_on = case.verified_on or day_of(at)
        said, noted = sentence.strip(), note.strip()
        return move(case, _S.IN_FIELD, public_text=said, note=noted, verified_on=seen_on, by=by, at=at)


def ask(*, complaint: Complaint, text: str, by: User, at: datetime) -> ComplaintQuestion:
    """Ask the reporter; the question stands on the secret page only."""
    text = written(text, _("pertanyaannya"))
    with transaction.atomic():
        case = locked(complaint)
        before, today = case.state, day_of(at)
        move(
            case,
            _S.WAITING,
            kind=StepKind.QUESTION,
            public_text=_("Kami bertanya kepada pelapor."),
            waiting_since_on=today,
            waiting_from=before,
            by=by,
            at=at,
        )
        due = terms.due(TermKind.REPLY, case.category, today)
        tell(case, MessageKind.ASKED, with_joined=False, due_on=due, at=at)
        return ComplaintQuestion.objects.create(complaint=case, text=text, asked_at=at, asked_by=by, reply_due_on=due)


def answer(*, complaint: Complaint, text: str, note: str = "", by: User, at: datetime) -> Complaint:
    """Answer in public words."""
    text = written(text, _("jawaban untuk umum"))
    with transaction.atomic():
        case = locked(complaint)
        move(
            case,
            _S.ANSWERED,
            public_text=text,
            note=note.strip(),
            answer=text,
            answered_at=at,
            reopen_until=terms.due(TermKind.REOPEN, case.category, day_of(at)),
            by=by,
            at=at,
        )
        if case.first_answered_at is None:
            case.first_answered_at, case.first_due_on = at, case.due_on
            case.save(update_fields=["first_answered_at", "first_due_on"])
        tell(case, MessageKind.ANSWERED, text=text, at=at)
    return case


def close(*, complaint: Complaint, text: str, by: User, at: datetime) -> Complaint:
    """End an answered case with a public word; from now on the days until the reporter's data go are counted."""
    text = written(text, _("keterangan penutupan untuk umum"))
    with transaction.atomic():
        case = move(
            locked(complaint),
            _S.CLOSED,
            public_text=text,
            closing=text,
            closed_at=at,
            reopen_until=terms.due(TermKind.REOPEN, complaint.category, day_of(at)),
            by=by,
            at=at,
        )
        _end_parts(case, day_of(at))
        _count_retention(case, day_of(at))
        tell(case, MessageKind.CLOSED, text=text, at=at)
    return case


def reject(*, complaint: Complaint, text: str, by: User, at: datetime) -> Complaint:
    """Say publicly why it is not taken up; the reporter may object."""
    text = written(text, _("alasan untuk umum"))
    with transaction.atomic():
        case = locked(complaint)
        move(
            case,
            _S.REJECTED,
            public_text=text,
            rejection=text,
            rejected_at=at,
            read_at=case.read_at or at,
            read_by=case.read_by or by,
            reopen_until=terms.due(TermKind.REOPEN, case.category, day_of(at)),
            by=by,
            at=at,
        )
        _end_parts(case, day_of(at))
        _count_retention(case, day_of(at))
        tell(case, MessageKind.REJECTED, text=text, at=at)
    return case


def reopen(*, complaint: Complaint, reason: str, by: User | None, at: datetime) -> Complaint:
    """Open a case again, by staff at any time or by a reporter within the term; a new promise begins.

    A reporter's own words stay inside, with that reporter's own complaint: the public reads only that somebody asked.
    Whoever joined a case asks for the case that is followed.
    """
    reason = written(reason, _("alasan dibuka kembali"))
    with transaction.atomic():
        case = locked(complaint.lead_case)
        if by is None and case.pk != complaint.pk:
            Complaint.objects.filter(pk=complaint.pk).update(reopening=reason)
            reason = _("Diminta lewat laporan %(number)s; alasannya tertulis di sana.") % {"number": complaint.number}
        today = day_of(at)
        if by is None and (case.reopen_until is None or today > case.reopen_until):
            raise ComplaintRefused(
                _("Waktu untuk meminta dibuka kembali sudah lewat. Kirim laporan baru bila masih terjadi.")
            )
        case.term = terms.term_for(TermKind.ANSWER, case.category, today)
        move(
            case,
            _S.REOPENED,
            public_text=reason if by else _("Pelapor meminta laporan dibuka kembali."),
            reopening=reason,
            reopened_at=at,
            reopen_until=None,
            satisfaction="",
            satisfaction_at=None,
            verification_due_on=terms.verification_due(case.category, today),
            verified_on=None,
            by=by,
            at=at,
        )
        due = terms.end_of(case.term, today)
        AgencyHandling.objects.filter(complaint=case, role=HandlingRole.LEAD).update(
            state=HandlingState.ACTIVE, done_on=None, due_on=due
        )
        case.due_on = due
        case.save(update_fields=["due_on"])
        Reporter.objects.filter(complaint=case).update(anonymise_on=None)
        Reporter.objects.filter(complaint__parent=case).update(anonymise_on=None)
        Complaint.objects.filter(parent=case).update(satisfaction="", satisfaction_at=None)
        tell(case, MessageKind.REOPENED, at=at)
    return case


def say(*, complaint: Complaint, sentence: str, by: User, at: datetime) -> None:
    """Tell the public how it goes, without moving the case."""
    sentence = written(sentence, _("kabarnya"))
    with transaction.atomic():
        record(locked(complaint), StepKind.SENTENCE, public_text=sentence, by=by, at=at)


def note(*, complaint: Complaint, text: str, by: User, at: datetime) -> None:
    """A note that only staff read."""
    text = written(text, _("catatannya"))
    with transaction.atomic():
        record(locked(complaint), StepKind.NOTE, note=text, by=by, at=at)


def join(*, complaint: Complaint, parent: Complaint, by: User, at: datetime) -> Complaint:
    """Let a case follow another; those that followed it follow the other from now on. Nothing is deleted."""
    with transaction.atomic():
        both = sorted([complaint, parent], key=lambda one: one.pk)
        held = {one.pk: locked(one) for one in both}
        case, target = held[complaint.pk], held[parent.pk]
        if case.pk == target.pk:
            raise ComplaintRefused(_("Laporan tidak dapat digabung dengan dirinya sendiri."))
        if target.state == _S.JOINED or target.state == _S.REJECTED:
            raise ComplaintRefused(
                _("Laporan %(number)s sendiri sudah digabung atau tidak diproses. Pilih induknya.")
                % {"number": target.number}
            )
        for child in Complaint.objects.select_for_update().filter(parent=case).order_by("pk"):
            child.parent = target
            child.save(update_fields=["parent"])
        follows = _("Digabung dengan laporan %(number)s dan mengikuti penanganannya.")
        return move(
            case,
            _S.JOINED,
            parent=target,
            public_text=follows % {"number": target.number},
            by=by,
            at=at,
        )


def unjoin(*, complaint: Complaint, by: User, at: datetime) -> Complaint:
    """Take a joined case out again; it stands on its own, read and triaged."""
    with transaction.atomic():
        case = locked(complaint)
        return move(
            case,
            _S.TRIAGED,
            parent=None,
            read_at=case.read_at or at,
            read_by=case.read_by or by,
            public_text=_("Laporan ini ditangani sendiri lagi."),
            by=by,
            at=at,
        )


def split(*, complaint: Complaint, category: ComplaintCategory, description: str, by: User, at: datetime) -> Complaint:
    """Make a second case for another source that the same report names; it starts triaged, with the same promise day.

    It belongs to staff: nobody holds its secret, and the reporter stays with the first case.
    """
    description = written(description, _("apa yang dipisahkan"))
    with transaction.atomic():
        case = locked(complaint)
        if not case.is_open or case.state == _S.RECEIVED:
            raise ComplaintRefused(_("Hanya laporan terbuka yang sudah ditelaah dapat dipisah."))
        start = day_of(case.received_at)
        term = terms.term_for(TermKind.ANSWER, category, start)
        part = Complaint.objects.create(
            number=fresh_number(at),
            token_hash=hash_of(secrets.token_urlsafe(24)),
            state=_S.TRIAGED,
            channel=case.channel,
            category=category,
            description=description,
            happened_on=case.happened_on,
            time_of_day=case.time_of_day,
            colour=case.colour,
            smell=case.smell,
            ward=case.ward,
            ward_is_estimated=case.ward_is_estimated,
            is_outside_city=case.is_outside_city,
            latitude=case.latitude,
            longitude=case.longitude,
            location_text=case.location_text,
            received_at=case.received_at,
            read_at=at,
            read_by=by,
            first_response_due_on=case.first_response_due_on,
            verification_due_on=terms.verification_due(category, start),
            term=term,
            due_on=terms.end_of(term, start),
            split_from=case,
            created_by=by,
            created_at=at,
        )
        lead, partner = terms.route(category, part.ward, part.is_outside_city)
        take_part(part, lead, HandlingRole.LEAD, by=by, at=at)
        if partner is not None:
            take_part(part, partner, HandlingRole.PARTNER, by=by, at=at)
        ComplaintPhoto.objects.bulk_create(
            ComplaintPhoto(complaint=part, file_id=one, created_by=by)
            for one in case.photos.values_list("file_id", flat=True)
        )
        record(part, StepKind.MOVED, state=_S.TRIAGED, by=by, at=at)
        split_off = _("Sebagian dipisah menjadi %(number)s.")
        record(case, StepKind.NOTE, note=split_off % {"number": part.number}, by=by, at=at)
    return part


def put_on_hold(*, complaint: Complaint, reason: str, by: User, at: datetime) -> Complaint:
    """Keep the reporter's data beyond their day, for a case at law; an empty reason lifts the hold."""
    with transaction.atomic(), audit.because(reason or _("Penahanan data dilepas.")):
        case = locked(complaint)
        case.legal_hold = reason.strip()
        case.save(update_fields=["legal_hold"])
    return case


def link(
    *, complaint: Complaint, enterprise: Enterprise | None, national_number: str, by: User, at: datetime
) -> Complaint:
    """Note the enterprise that the case turned out to be about, and the national number; neither is public."""
    with transaction.atomic():
        case = locked(complaint)
        taken = Complaint.objects.filter(national_number=national_number).exclude(pk=case.pk)
        if national_number and taken.exists():
            raise ComplaintRefused(_("Nomor SP4N-LAPOR! ini sudah tercatat pada laporan lain."))
        case.enterprise, case.national_number = enterprise, national_number
        case.save(update_fields=["enterprise", "national_number"])
    return case


def _end_parts(case: Complaint, today: date) -> None:
    """Whoever was handling it has done its part; who never accepted was never in it."""
    AgencyHandling.objects.filter(complaint=case, state=HandlingState.ACTIVE).update(
        state=HandlingState.DONE, done_on=today
    )


def _count_retention(case: Complaint, today: date) -> None:
    """The day on which the contact data of this case and of those that joined it are erased."""
    day = terms.due(TermKind.RETENTION, case.category, today)
    for rows in (Reporter.objects.filter(complaint=case), Reporter.objects.filter(complaint__parent=case)):
        rows.filter(anonymised_at__isnull=True).update(anonymise_on=day)
