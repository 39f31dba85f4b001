"""What happens to a finding: told, answered, decided, cured, looked at again; and what silence means."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, states
from batikportal.models import Enterprise, StoredFile, User
from batikportal.queries.calendar import due_after
from wastewater.actions import notices
from wastewater.actions import violations as violation_actions
from wastewater.choices.duties import ViolationState
from wastewater.choices.enforcement import FindingOutcome, FindingState, NoticeKind, ReplyKind, Silence
from wastewater.models import (
    Finding,
    FindingEvidence,
    FindingReply,
    FindingViolation,
    Inspection,
    ReplyFile,
    Sample,
    TreatmentPlant,
    Violation,
)
from wastewater.queries import supervision
from wastewater.rules import enforcement as rules
from wastewater.rules import inspections as inspection_rules


class FindingRefused(Exception):
    """The step is not possible; the message says why and what to do."""


def record_finding(
    *,
    aspect: str,
    title: str,
    description: str,
    by: User | None,
    at: datetime,
    inspection: Inspection | None = None,
    subject: Enterprise | TreatmentPlant | None = None,
    requested_action: str = "",
    sample: Sample | None = None,
    violations: Iterable[Violation] = (),
    evidence: Sequence[tuple[StoredFile, str]] = (),
) -> Finding:
    """Write down what does not comply, seen on the spot or in reports and results; nobody is told yet."""
    with transaction.atomic():
        if inspection is not None:
            inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
            if inspection.state not in inspection_rules.OPEN_FOR_NOTES:
                raise FindingRefused(_("Temuan pengawasan hanya dapat dicatat selama pengawasan berjalan."))
            subject = inspection.subject
        if subject is None:
            raise FindingRefused(_("Pilih usaha atau IPAL."))
        found = Finding.objects.create(
            enterprise=subject if isinstance(subject, Enterprise) else None,
            plant=subject if isinstance(subject, TreatmentPlant) else None,
            ward=subject.ward,
            inspection=inspection,
            aspect=aspect,
            title=title.strip(),
            description=description.strip(),
            requested_action=requested_action.strip(),
            sample=sample,
            created_by=by,
            created_at=at,
        )
        resting_on = list(violations)
        if any(one.subject != subject or one.state == ViolationState.WITHDRAWN for one in resting_on):
            raise FindingRefused(_("Pelanggaran yang dipilih sudah ditarik, atau milik usaha atau IPAL lain."))
        FindingViolation.objects.bulk_create([FindingViolation(finding=found, violation=one) for one in resting_on])
        FindingEvidence.objects.bulk_create(
            [
                FindingEvidence(finding=found, file=file, caption=caption, created_by=by, created_at=at)
                for file, caption in evidence
            ]
        )
    return found


def remove_finding(*, finding: Finding, by: User, at: datetime) -> None:
    """Take back a finding that nobody was told of and that no signed report names."""
    with transaction.atomic():
        held = _held(finding)
        if held.state != FindingState.OPEN or (held.inspection and held.inspection.is_frozen):
            raise FindingRefused(_("Temuan ini sudah disampaikan atau sudah tertulis dalam berita acara."))
        held.evidence.all().delete()
        held.delete()


def open_reply(*, finding: Finding, by: User, at: datetime) -> Finding:
    """Tell the firm and start its right of reply; until it is over nobody decides."""
    today = timezone.localdate(at)
    with transaction.atomic():
        held = _held(finding, FindingState.REPLY_WINDOW)
        if held.inspection and not held.inspection.is_frozen:
            raise FindingRefused(_("Tandatangani dahulu berita acaranya, supaya usaha tahu dasarnya."))
        settings = supervision.settings_on(today)
        held.opened_at = at
        held.reply_due_on = due_after(today, int(settings["reply_working_days"]))
        held.silence_due_on = held.reply_due_on + timedelta(days=int(settings["authority_silence_days"]))
        held.save(update_fields=["state", "opened_at", "reply_due_on", "silence_due_on"])
        notices.tell(
            kind=NoticeKind.OPENED,
            template="finding_opened",
            enterprise=held.enterprise,
            context={"finding": held},
            finding=held,
            due_on=held.reply_due_on,
            by=by,
            at=at,
        )
    return held


def extend_reply(*, finding: Finding, until: date, reason: str, by: User, at: datetime) -> Finding:
    """Give the firm more time; the right of reply is never shortened."""
    with transaction.atomic(), audit.because(reason):
        held = _held(finding)
        if held.state != FindingState.REPLY_WINDOW or held.reply_ended_at or held.reply_due_on is None:
            raise FindingRefused(_("Hak jawab temuan ini tidak sedang berjalan."))
        if until <= held.reply_due_on:
            raise FindingRefused(_("Tanggal baru harus sesudah tenggat sekarang."))
        settings = supervision.settings_on(timezone.localdate(at))
        held.reply_due_on = until
        held.silence_due_on = until + timedelta(days=int(settings["authority_silence_days"]))
        held.save(update_fields=["reply_due_on", "silence_due_on"])
    return held


def reply(
    *,
    finding: Finding,
    text: str,
    by: User,
    at: datetime,
    is_final: bool = False,
    files: Sequence[StoredFile] = (),
    spoken_by: str = "",
) -> FindingReply:
    """The firm's own words, perhaps written down by an officer; a final reply ends the window at once."""
    today = timezone.localdate(at)
    with transaction.atomic():
        held = _held(finding)
        running = held.state == FindingState.REPLY_WINDOW and held.reply_due_on is not None
        if not running or rules.reply_is_over(held.reply_due_on, today, held.reply_ended_at is not None):
            raise FindingRefused(_("Masa hak jawab sudah berakhir. Hubungi dinas bila ada hal baru."))
        made = _write_reply(held, ReplyKind.REPLY, text, files, by, at, is_final=is_final, spoken_by=spoken_by)
        if is_final:
            settings = supervision.settings_on(today)
            held.reply_ended_at = at
            held.silence_due_on = today + timedelta(days=int(settings["authority_silence_days"]))
            held.save(update_fields=["reply_ended_at", "silence_due_on"])
    return made


def report_cure(
    *, finding: Finding, text: str, by: User, at: datetime, files: Sequence[StoredFile] = (), spoken_by: str = ""
) -> FindingReply:
    """The firm says that it has put things right; an officer looks at it."""
    with transaction.atomic():
        held = _held(finding)
        if not held.stands:
            raise FindingRefused(_("Temuan ini tidak menunggu perbaikan."))
        return _write_reply(held, ReplyKind.CURE, text, files, by, at, spoken_by=spoken_by)


def decide_finding(
    *,
    finding: Finding,
    outcome: str,
    reason: str,
    by: User,
    at: datetime,
    adjusted_text: str = "",
    cure_due_on: date | None = None,
) -> Finding:
    """Decide once the right of reply is over; without any reply it is decided on the file, and that is marked."""
    today = timezone.localdate(at)
    with transaction.atomic():
        held = _held(finding, FindingState.DECIDED)
        if held.reply_due_on and not rules.reply_is_over(held.reply_due_on, today, held.reply_ended_at is not None):
            raise FindingRefused(
                _("Hak jawab masih berjalan sampai %(day)s. Putuskan sesudahnya.")
                % {"day": held.reply_due_on.strftime("%d-%m-%Y")}
            )
        if outcome == FindingOutcome.ADJUSTED and not adjusted_text.strip():
            raise FindingRefused(_("Tulis bunyi temuan setelah diubah."))
        stands = outcome in rules.STANDING_OUTCOMES
        if stands and cure_due_on is not None and cure_due_on < today:
            raise FindingRefused(_("Tenggat perbaikan tidak boleh lewat."))
        held.outcome, held.decision_reason, held.adjusted_text = outcome, reason.strip(), adjusted_text.strip()
        held.decided_at, held.decided_by = at, by
        held.cure_due_on = cure_due_on if stands else None
        held.silence = "" if held.replies.filter(kind=ReplyKind.REPLY).exists() else Silence.SUBJECT
        held.save(
            update_fields=["state", "outcome", "decision_reason", "adjusted_text", "decided_at", "decided_by",
                           "cure_due_on", "silence"]
        )  # fmt: skip
        _tell_decided(held, by, at)
    return held


def accept_unanswered(*, at: datetime) -> int:
    """Replies that the office left without a decision for too long count as accepted, and are marked; how many."""
    today = timezone.localdate(at)
    waiting = Finding.objects.filter(
        state=FindingState.REPLY_WINDOW, silence_due_on__lt=today, replies__kind=ReplyKind.REPLY
    ).distinct()
    accepted = 0
    for pk in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            held = Finding.objects.select_for_update().get(pk=pk)
            if held.state != FindingState.REPLY_WINDOW or held.silence_due_on is None or held.silence_due_on >= today:
                continue
            held.state, held.outcome, held.silence = FindingState.DECIDED, FindingOutcome.DROPPED, Silence.AUTHORITY
            held.decision_reason = str(Silence.AUTHORITY.label)
            held.decided_at = at
            held.save(update_fields=["state", "outcome", "silence", "decision_reason", "decided_at"])
            _tell_decided(held, None, at)
            accepted += 1
    return accepted


def record_cure(*, finding: Finding, cured_on: date, note: str, by: User, at: datetime) -> Finding:
    """The evidence of the repair is in: from now on nothing is asked of the firm any more."""
    if cured_on > timezone.localdate(at):
        raise FindingRefused(_("Tanggal perbaikan masih di depan."))
    with transaction.atomic():
        held = _held(finding, FindingState.CURED)
        if held.outcome not in rules.STANDING_OUTCOMES:
            raise FindingRefused(_("Temuan yang dibatalkan tidak perlu diperbaiki."))
        held.cured_on, held.cure_note, held.cured_by = cured_on, note.strip(), by
        held.save(update_fields=["state", "cured_on", "cure_note", "cured_by"])
    return held


def verify_cure(*, finding: Finding, by: User, at: datetime) -> Finding:
    """Somebody saw that the repair holds; the violations seen on the spot that it rests on end with it."""
    with transaction.atomic():
        held = _held(finding, FindingState.VERIFIED)
        held.verified_at, held.verified_by = at, by
        held.save(update_fields=["state", "verified_at", "verified_by"])
        violation_actions.end_proven(finding=held, by=by, at=at)
    return held


def reject_cure(*, finding: Finding, reason: str, by: User, at: datetime) -> Finding:
    """The repair does not hold: back to the decision, with the reason in the history."""
    if not reason.strip():
        raise FindingRefused(_("Tulis mengapa perbaikannya belum cukup."))
    with transaction.atomic(), audit.because(reason):
        held = _held(finding, FindingState.DECIDED)
        held.cured_on, held.cured_by = None, None
        held.cure_note = reason.strip()
        held.save(update_fields=["state", "cured_on", "cured_by", "cure_note"])
    return held


def _held(finding: Finding, new_state: str = "") -> Finding:
    """The finding's own row, held until the transaction ends, already moved to `new_state` in memory."""
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if new_state:
        if not states.may_move(rules.FINDING_TRANSITIONS, held.state, new_state):
            raise FindingRefused(
                _("Temuan berkeadaan “%(old)s” tidak dapat menjadi “%(new)s”. Muat ulang halaman ini.")
                % {"old": held.get_state_display(), "new": FindingState(new_state).label}
            )
        held.state = new_state
    return held


def _write_reply(
    finding: Finding, kind: str, text: str, files: Sequence[StoredFile], by: User, at: datetime, *,
    is_final: bool = False, spoken_by: str = ""
) -> FindingReply:  # fmt: skip
    if not text.strip():
        raise FindingRefused(_("Tulis tanggapannya."))
    made = FindingReply.objects.create(
        finding=finding,
        kind=kind,
        text=text.strip(),
        is_final=is_final,
        replied_at=at,
        spoken_by=spoken_by.strip(),
        created_by=by,
        created_at=at,
    )
    ReplyFile.objects.bulk_create([ReplyFile(reply=made, file=file) for file in files])
    return made


def _tell_decided(finding: Finding, by: User | None, at: datetime) -> None:
    notices.tell(
        kind=NoticeKind.DECIDED,
        template="finding_decided",
        enterprise=finding.enterprise,
        context={"finding": finding},
        finding=finding,
        by=by,
        at=at,
    )
