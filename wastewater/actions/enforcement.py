"""Enforcement: coaching, cases, decisions of the legal ladder with their orders, objections and milestones.

Every step is taken by a person. A decision needs an upheld finding that is not cured; the database holds the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from batikportal import audit, states
from batikportal.models import Enterprise, StoredFile, User
from batikportal.queries.calendar import due_after
from wastewater.actions import notices, violations
from wastewater.choices.enforcement import (
    CaseState,
    DecisionKind,
    DecisionState,
    NoticeKind,
    ObjectionOutcome,
)
from wastewater.models import (
    CaseFinding,
    Coaching,
    EnforcementCase,
    EnforcementDecision,
    Finding,
    LegalArticle,
    Milestone,
    Objection,
    OrderedItem,
    TreatmentPlant,
)
from wastewater.queries import cases, supervision
from wastewater.queries.risk import months_before
from wastewater.rules import enforcement as rules


class EnforcementRefused(Exception):
    """The step is not possible; the message says why and what to do."""


@dataclass(frozen=True)
class Order:
    """One thing to be ordered."""

    text: str
    due_on: date
    finding: Finding | None = None


@dataclass(frozen=True)
class Draft:
    """What a decision says before anybody approves it."""

    kind: str
    considerations: str
    articles: Sequence[LegalArticle]
    orders: Sequence[Order]
    coercion_forms: Sequence[str] = ()
    fine_idr: int | None = None
    without_coaching_reason: str = ""


def record_coaching(
    *,
    subject: Enterprise | TreatmentPlant,
    held_on: date,
    topic: str,
    agreement: str,
    by: User,
    at: datetime,
    next_visit_on: date | None = None,
    finding: Finding | None = None,
) -> Coaching:
    """Coaching comes before any sanction; it needs no decided finding and burdens nobody."""
    if held_on > timezone.localdate(at):
        raise EnforcementRefused(_("Tanggal pembinaan masih di depan."))
    return Coaching.objects.create(
        enterprise=subject if isinstance(subject, Enterprise) else None,
        plant=subject if isinstance(subject, TreatmentPlant) else None,
        finding=finding,
        held_on=held_on,
        topic=topic,
        agreement=agreement,
        next_visit_on=next_visit_on,
        created_by=by,
        created_at=at,
    )


def open_case(*, findings: Sequence[Finding], title: str, by: User, at: datetime) -> EnforcementCase:
    """A case rests on upheld findings of one firm that are not cured."""
    with transaction.atomic():
        held = list(Finding.objects.select_for_update().filter(pk__in=[one.pk for one in findings]).order_by("pk"))
        if not held or not all(one.stands for one in held):
            raise EnforcementRefused(
                _("Perkara hanya dapat dibuka atas temuan yang dikuatkan dan belum diperbaiki. Tidak ada sanksi lain.")
            )
        if len({(one.enterprise_id, one.plant_id) for one in held}) > 1:
            raise EnforcementRefused(_("Semua temuan dalam satu perkara harus milik usaha yang sama."))
        first = held[0]
        case = EnforcementCase.objects.create(
            enterprise=first.enterprise,
            plant=first.plant,
            ward=first.ward,
            title=title.strip(),
            opened_on=timezone.localdate(at),
            created_by=by,
            created_at=at,
        )
        CaseFinding.objects.bulk_create([CaseFinding(case=case, finding=one) for one in held])
    return case


def draft_decision(
    *, case: EnforcementCase, draft: Draft, by: User, at: datetime, follows: EnforcementDecision | None = None
) -> EnforcementDecision:
    """Write a decision that somebody else may approve."""
    if draft.kind == DecisionKind.COERCION and not draft.coercion_forms:
        raise EnforcementRefused(_("Pilih sedikitnya satu bentuk paksaan."))
    if not draft.articles:
        raise EnforcementRefused(_("Pilih sedikitnya satu pasal sebagai dasar hukum."))
    with transaction.atomic():
        held = _open_case(case)
        _refuse_cleared(held)
        without_coaching = "" if follows else _why_without_coaching(held, draft, timezone.localdate(at))
        made = EnforcementDecision.objects.create(
            case=held,
            kind=draft.kind,
            coercion_forms=list(draft.coercion_forms) if draft.kind == DecisionKind.COERCION else [],
            considerations=draft.considerations.strip(),
            fine_idr=draft.fine_idr if draft.kind == DecisionKind.FINE else None,
            without_coaching_reason=without_coaching,
            follows=follows,
            created_by=by,
            created_at=at,
        )
        made.articles.set(draft.articles)
        OrderedItem.objects.bulk_create(
            [
                OrderedItem(decision=made, text=one.text, due_on=one.due_on, finding=one.finding, created_by=by)
                for one in draft.orders
            ]
        )
    return made


def _why_without_coaching(case: EnforcementCase, draft: Draft, today: date) -> str:
    """Nothing after coaching; else the written reason, which the ladder cannot do without."""
    reason = draft.without_coaching_reason.strip()
    months = int(supervision.settings_on(today)["coaching_months"])
    if months == 0:
        return reason or _("Aturan kerja dinas pada hari ini tidak mewajibkan pembinaan.")
    coached = cases.coaching_of(case).filter(held_on__gt=months_before(today, months)).exists()
    if not coached and not reason:
        raise EnforcementRefused(
            _(
                "Belum ada pembinaan dalam %(months)s bulan terakhir. Catat pembinaannya dahulu, atau tulis alasan "
                "mengapa keputusan ini tidak didahului pembinaan."
            )
            % {"months": months}
        )
    return reason


def add_order(*, decision: EnforcementDecision, order: Order, by: User, at: datetime) -> OrderedItem:
    """One more order in a draft."""
    with transaction.atomic():
        held = _held(decision)
        if held.state != DecisionState.DRAFTED:
            raise EnforcementRefused(_("Perintah hanya dapat ditambah selama keputusan masih konsep."))
        return OrderedItem.objects.create(
            decision=held, text=order.text, due_on=order.due_on, finding=order.finding, created_by=by, created_at=at
        )


def remove_order(*, item: OrderedItem, by: User, at: datetime) -> None:
    """Take an order out of a draft."""
    with transaction.atomic():
        if _held(item.decision).state != DecisionState.DRAFTED:
            raise EnforcementRefused(_("Perintah hanya dapat dihapus selama keputusan masih konsep."))
        item.delete()


def approve_decision(
    *, decision: EnforcementDecision, decree_number: str, decree_on: date, by: User, at: datetime,
    fine_idr: int | None = None
) -> EnforcementDecision:  # fmt: skip
    """Somebody else than the drafter approves; number, date and amount come from the signed decree."""
    with transaction.atomic():
        held = _held(decision, DecisionState.APPROVED)
        if held.created_by_id == by.pk:
            raise EnforcementRefused(_("Konsep ini Anda sendiri yang menyusun. Mintalah orang lain menyetujuinya."))
        if not held.items.exists():
            raise EnforcementRefused(_("Keputusan belum memuat satu perintah pun."))
        held.fine_idr = (fine_idr or held.fine_idr) if held.kind == DecisionKind.FINE else None
        if held.kind == DecisionKind.FINE and not held.fine_idr:
            raise EnforcementRefused(_("Isi jumlah denda menurut keputusannya; portal tidak menghitungnya."))
        if EnforcementDecision.objects.filter(decree_number=decree_number).exclude(pk=held.pk).exists():
            raise EnforcementRefused(_("Nomor keputusan itu sudah dipakai. Periksa nomornya."))
        _refuse_cleared(held.case)
        held.decree_number, held.decree_on = decree_number.strip(), decree_on
        held.approved_by, held.approved_at = by, at
        held.save(update_fields=["state", "decree_number", "decree_on", "fine_idr", "approved_by", "approved_at"])
    return held


def serve_decision(
    *, decision: EnforcementDecision, served_on: date, served_to: str, by: User, at: datetime
) -> EnforcementDecision:
    """Hand the decision over; the term for an objection starts, and the owner is told."""
    if served_on > timezone.localdate(at):
        raise EnforcementRefused(_("Tanggal penyampaian masih di depan."))
    with transaction.atomic():
        held = _held(decision, DecisionState.SERVED)
        if held.decree_on and served_on < held.decree_on:
            raise EnforcementRefused(_("Keputusan tidak dapat disampaikan sebelum tanggalnya."))
        _refuse_cleared(held.case)
        settings = supervision.settings_on(served_on)
        held.served_on, held.served_to = served_on, served_to.strip()
        held.objection_due_on = due_after(served_on, int(settings["objection_working_days"]))
        held.save(update_fields=["state", "served_on", "served_to", "objection_due_on"])
        notices.tell(
            kind=NoticeKind.SERVED,
            template="decision_served",
            enterprise=held.case.enterprise,
            context={"decision": held},
            decision=held,
            by=by,
            at=at,
        )
    return held


def put_in_force(*, decision: EnforcementDecision, in_force_on: date, by: User, at: datetime) -> EnforcementDecision:
    with transaction.atomic():
        held = _held(decision, DecisionState.IN_FORCE)
        if held.served_on and in_force_on < held.served_on:
            raise EnforcementRefused(_("Keputusan tidak dapat berlaku sebelum disampaikan."))
        _refuse_cleared(held.case)
        held.in_force_on = in_force_on
        held.save(update_fields=["state", "in_force_on"])
    return held


def record_done(
    *, item: OrderedItem, done_on: date, evidence_note: str, by: User, at: datetime, file: StoredFile | None = None
) -> OrderedItem:
    """What the firm handed in about one order; somebody looks at it afterwards."""
    if done_on > timezone.localdate(at):
        raise EnforcementRefused(_("Tanggal pelaksanaan masih di depan."))
    with transaction.atomic():
        held = _running_item(item)
        held.done_on, held.evidence_note = done_on, evidence_note.strip()
        held.evidence_file = file or held.evidence_file
        held.save(update_fields=["done_on", "evidence_note", "evidence_file"])
    return held


def verify_item(*, item: OrderedItem, by: User, at: datetime) -> OrderedItem:
    """Somebody saw that the order is carried out; its reminders stop."""
    with transaction.atomic():
        held = _running_item(item)
        if held.done_on is None:
            raise EnforcementRefused(_("Catat dahulu kapan perintah ini dilaksanakan dan buktinya."))
        held.verified_at, held.verified_by = at, by
        held.save(update_fields=["verified_at", "verified_by"])
    return held


def extend_item(*, item: OrderedItem, until: date, reason: str, by: User, at: datetime) -> OrderedItem:
    """Give more time for one order; an extension is never taken back."""
    with transaction.atomic(), audit.because(reason):
        held = _running_item(item)
        if until <= held.deadline:
            raise EnforcementRefused(_("Tanggal baru harus sesudah tenggat sekarang."))
        held.extended_until, held.extension_reason = until, reason.strip()
        held.save(update_fields=["extended_until", "extension_reason"])
    return held


def end_met(*, decision: EnforcementDecision, note: str, by: User, at: datetime) -> EnforcementDecision:
    """Everything that was ordered was seen to be done."""
    with transaction.atomic():
        held = _held(decision, DecisionState.MET)
        if held.items.filter(verified_at__isnull=True).exists():
            raise EnforcementRefused(_("Masih ada perintah yang belum diperiksa pelaksanaannya."))
        return _end(held, note, by, at)


def record_breach(*, decision: EnforcementDecision, by: User, at: datetime) -> EnforcementDecision:
    """A deadline has passed without the order being carried out."""
    today = timezone.localdate(at)
    with transaction.atomic():
        held = _held(decision, DecisionState.BREACHED)
        late = [item for item in held.items.filter(verified_at__isnull=True) if item.deadline < today]
        if not late:
            raise EnforcementRefused(_("Belum ada perintah yang lewat tenggat."))
        _refuse_cleared(held.case)
        held.save(update_fields=["state"])
    return held


def escalate(*, decision: EnforcementDecision, draft: Draft, note: str, by: User, at: datetime) -> EnforcementDecision:
    """A person chooses a heavier decision after a breached one; the new one starts as a draft."""
    if not rules.is_heavier(draft.kind, decision.kind):
        raise EnforcementRefused(_("Pilih keputusan yang lebih berat daripada yang sekarang."))
    with transaction.atomic():
        held = _held(decision, DecisionState.ESCALATED)
        _refuse_cleared(held.case)
        _end(held, note, by, at)
        return draft_decision(case=held.case, draft=draft, follows=held, by=by, at=at)


def lift(*, decision: EnforcementDecision, reason: str, by: User, at: datetime) -> EnforcementDecision:
    """Take a decision back for a reason; nothing is asked because of it any more."""
    with transaction.atomic(), audit.because(reason):
        return _end(_held(decision, DecisionState.LIFTED), reason, by, at)


def record_objection(
    *, decision: EnforcementDecision, submitted_on: date, text: str, by: User, at: datetime,
    file: StoredFile | None = None
) -> Objection:  # fmt: skip
    """An objection in time waits for a decision; a late one is recorded as not admitted."""
    today = timezone.localdate(at)
    if submitted_on > today:
        raise EnforcementRefused(_("Tanggal pengajuan masih di depan."))
    with transaction.atomic():
        held = _held(decision)
        if held.served_on is None or held.objection_due_on is None or held.state not in rules.RUNNING:
            raise EnforcementRefused(_("Keberatan diajukan atas keputusan yang sudah disampaikan dan masih berjalan."))
        if submitted_on < held.served_on:
            raise EnforcementRefused(_("Keberatan tidak dapat diajukan sebelum keputusan disampaikan."))
        if held.objections.filter(outcome=ObjectionOutcome.WAITING).exists():
            raise EnforcementRefused(_("Masih ada keberatan yang menunggu putusan."))
        late = submitted_on > held.objection_due_on
        settings = supervision.settings_on(submitted_on)
        return Objection.objects.create(
            decision=held,
            submitted_on=submitted_on,
            text=text.strip(),
            file=file,
            decision_due_on=due_after(submitted_on, int(settings["objection_decision_days"])),
            outcome=ObjectionOutcome.LATE if late else ObjectionOutcome.WAITING,
            decided_on=today if late else None,
            decision_reason=_("Diajukan sesudah tenggat.") if late else "",
            created_by=by,
            created_at=at,
        )


def decide_objection(*, objection: Objection, outcome: str, reason: str, by: User, at: datetime) -> Objection:
    """Answer an objection; one that is granted lifts the decision."""
    with transaction.atomic():
        held = Objection.objects.select_for_update().select_related("decision").get(pk=objection.pk)
        if held.outcome != ObjectionOutcome.WAITING:
            raise EnforcementRefused(_("Keberatan ini sudah diputus."))
        held.outcome, held.decision_reason, held.decided_on = outcome, reason.strip(), timezone.localdate(at)
        held.save(update_fields=["outcome", "decision_reason", "decided_on"])
        if outcome == ObjectionOutcome.GRANTED:
            lift(decision=held.decision, reason=reason, by=by, at=at)
    return held


def add_milestone(*, case: EnforcementCase, text: str, due_on: date, by: User, at: datetime) -> Milestone:
    """One step of the compliance schedule."""
    with transaction.atomic():
        return Milestone.objects.create(
            case=_open_case(case), text=text.strip(), due_on=due_on, created_by=by, created_at=at
        )


def reach_milestone(*, milestone: Milestone, done_on: date, evidence_note: str, by: User, at: datetime) -> Milestone:
    if done_on > timezone.localdate(at):
        raise EnforcementRefused(_("Tanggal itu masih di depan."))
    with transaction.atomic():
        _open_case(milestone.case)
        held = Milestone.objects.select_for_update().get(pk=milestone.pk)
        held.done_on, held.evidence_note = done_on, evidence_note.strip()
        held.save(update_fields=["done_on", "evidence_note"])
    return held


def close_case(*, case: EnforcementCase, outcome: str, note: str, by: User, at: datetime) -> EnforcementCase:
    """End a case whose decisions have all ended; it never opens again."""
    with transaction.atomic():
        held = _open_case(case)
        if held.decisions.exclude(state__in=rules.ENDED).exists():
            raise EnforcementRefused(_("Masih ada keputusan yang berjalan. Akhiri atau cabut dahulu."))
        held.state, held.outcome, held.closing_note = CaseState.CLOSED, outcome, note.strip()
        held.closed_at, held.closed_by = at, by
        held.save(update_fields=["state", "outcome", "closing_note", "closed_at", "closed_by"])
        violations.end_decided(case=held, by=by, at=at)
    return held


def _open_case(case: EnforcementCase) -> EnforcementCase:
    held = EnforcementCase.objects.select_for_update().get(pk=case.pk)
    if held.state != CaseState.OPEN:
        raise EnforcementRefused(_("Perkara ini sudah ditutup."))
    return held


def _refuse_cleared(case: EnforcementCase) -> None:
    """No sanction unless a finding of the case is upheld and not cured; the row is held until the transaction ends."""
    findings = Finding.objects.select_for_update().filter(case_links__case=case)
    if not any(finding.stands for finding in findings):
        raise EnforcementRefused(
            _("Semua temuan perkara ini sudah selesai. Usaha yang sudah bersih tidak dapat dikenai sanksi.")
        )


def _held(decision: EnforcementDecision, new_state: str = "") -> EnforcementDecision:
    """The decision's own row, held until the transaction ends, already moved to `new_state` in memory."""
    held = EnforcementDecision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)
    if new_state:
        if not states.may_move(rules.DECISION_TRANSITIONS, held.state, new_state):
            raise EnforcementRefused(
                _("Keputusan berkeadaan “%(old)s” tidak dapat menjadi “%(new)s”. Muat ulang halaman ini.")
                % {"old": held.get_state_display(), "new": DecisionState(new_state).label}
            )
        held.state = new_state
    return held


def _running_item(item: OrderedItem) -> OrderedItem:
    decision = _held(item.decision)
    if decision.state not in rules.RUNNING:
        raise EnforcementRefused(_("Keputusannya belum disampaikan atau sudah berakhir."))
    held = OrderedItem.objects.select_for_update().get(pk=item.pk)
    if held.verified_at is not None:
        raise EnforcementRefused(_("Pelaksanaan perintah ini sudah diperiksa."))
    return held


def _end(held: EnforcementDecision, note: str, by: User, at: datetime) -> EnforcementDecision:
    held.ended_at, held.ended_by, held.ending_note = at, by, note.strip()
    held.save(update_fields=["state", "ended_at", "ended_by", "ending_note"])
    return held
