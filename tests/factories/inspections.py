"""Factories of inspections, findings and cases; everything happens in 2024, before the clock of any test."""

from datetime import UTC, date, datetime

from tests.factories import portal
from wastewater import models
from wastewater.actions import enforcement, findings
from wastewater.actions import inspections as actions
from wastewater.choices.inspections import AnswerStatus, Aspect, SubjectSignature, TeamRole

AT = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)
AFTER = datetime(2024, 3, 25, 2, 0, tzinfo=UTC)
LATER = datetime(2024, 4, 4, 2, 0, tzinfo=UTC)
MUCH_LATER = datetime(2024, 6, 3, 2, 0, tzinfo=UTC)


def planned(**more) -> models.Inspection:
    """An inspection of an enterprise on the plan of the first quarter of 2024."""
    subject = more.pop("subject", None) or portal.EnterpriseFactory()
    facts = {"year": 2024, "quarter": 1, "reason": "Rencana contoh", "by": None, "at": AT} | more
    return actions.plan_inspection(subject=subject, **facts)


def ongoing(*, by=None, **more) -> models.Inspection:
    """An inspection whose team stands before the gate."""
    made = planned(**more)
    actions.assign_team(
        inspection=made,
        number="094/ST/CONTOH/2024",
        assigned_on=date(2024, 3, 1),
        members=[actions.Member("Petugas Contoh", TeamRole.LEAD), actions.Member("Anggota Contoh")],
        by=by,
        at=AT,
    )
    return actions.start_inspection(inspection=made, started_at=AT, by=by, at=AT)


def answers(inspection, status=AnswerStatus.COMPLIES, aspect=Aspect.WASTEWATER) -> list[actions.Answer]:
    items = models.ChecklistItem.objects.filter(checklist=inspection.checklist, aspect=aspect)
    return [actions.Answer(item, status, "Catatan contoh") for item in items]


def drafted(*, by=None, **more) -> models.Inspection:
    by = by or portal.UserFactory()
    made = ongoing(by=by, **more)
    actions.record_answers(inspection=made, answers=answers(made), by=by, at=AT)
    number = f"BAP/CONTOH/{made.pk}"
    return actions.draft_report(
        inspection=made, report_number=number, ended_at=AT, conclusion="Perlu perbaikan.", by=by, at=AT
    )


def signed(*, by=None, **more) -> models.Inspection:
    """An inspection whose report both sides signed."""
    by = by or portal.UserFactory()
    return actions.sign_report(
        inspection=drafted(by=by, **more),
        signature=SubjectSignature.SIGNED,
        signer="Wakil Usaha Contoh",
        by=by,
        at=AT,
    )


def finding(*, by=None, inspection=None, **more) -> models.Finding:
    """An open finding of a signed inspection."""
    by = by or portal.UserFactory()
    inspection = inspection or ongoing(by=by, **more)
    found = findings.record_finding(
        inspection=inspection,
        aspect=Aspect.WASTEWATER,
        title="Air limbah dibuang ke saluran",
        description="Terlihat pipa ke saluran tanpa pengolahan.",
        by=by,
        at=AT,
    )
    actions.record_answers(inspection=inspection, answers=answers(inspection), by=by, at=AT)
    actions.draft_report(
        inspection=inspection, report_number=f"BAP/T/{inspection.pk}", ended_at=AT, conclusion="-", by=by, at=AT
    )
    actions.sign_report(inspection=inspection, signature=SubjectSignature.SIGNED, signer="Wakil", by=by, at=AT)
    return models.Finding.objects.get(pk=found.pk)


def told(*, by=None, **more) -> models.Finding:
    """A finding whose right of reply runs until 18 March 2024 (ten working days after the 4th)."""
    by = by or portal.UserFactory()
    return findings.open_reply(finding=finding(by=by, **more), by=by, at=AT)


def decided(*, by=None, outcome="upheld", **more) -> models.Finding:
    """A finding decided after an unanswered right of reply."""
    by = by or portal.UserFactory()
    return findings.decide_finding(
        finding=told(by=by, **more),
        outcome=outcome,
        reason="Terbukti.",
        adjusted_text="Diubah." if outcome == "adjusted" else "",
        cure_due_on=date(2024, 4, 30),
        by=by,
        at=AFTER,
    )


def cured(*, by=None, **more) -> models.Finding:
    by = by or portal.UserFactory()
    return findings.record_cure(
        finding=decided(by=by, **more), cured_on=date(2024, 4, 2), note="Pipa ditutup.", by=by, at=LATER
    )


def case(*, by=None, coached: bool = True, **more) -> models.EnforcementCase:
    """A case on one upheld finding of a firm that was coached."""
    by = by or portal.UserFactory()
    found = decided(by=by, **more)
    if coached:
        enforcement.record_coaching(
            subject=found.subject, finding=found, held_on=AFTER.date(), topic="Pembinaan contoh",
            agreement="Bak dibuat.", by=by, at=AFTER,
        )  # fmt: skip
    return enforcement.open_case(findings=[found], title="Perkara contoh", by=by, at=AFTER)


def draft(kind: str = "warning", due_on: date = date(2024, 4, 30), **more) -> enforcement.Draft:
    articles = list(models.LegalArticle.objects.filter(kind=kind))
    return enforcement.Draft(
        kind=kind, considerations="Pertimbangan contoh.", articles=articles,
        orders=[enforcement.Order("Tutup pipa ke saluran", due_on)], **more,
    )  # fmt: skip


def decision(state: str = "drafted", *, in_case=None, **more) -> models.EnforcementDecision:
    """A written warning in the wanted state, drafted by one person and approved by another."""
    officer, head = portal.UserFactory(), portal.UserFactory()
    made = enforcement.draft_decision(case=in_case or case(**more), draft=draft(), by=officer, at=AFTER)
    if state == "drafted":
        return made
    made = enforcement.approve_decision(
        decision=made, decree_number=f"660/{made.pk}", decree_on=AFTER.date(), by=head, at=AFTER
    )
    if state == "approved":
        return made
    made = enforcement.serve_decision(decision=made, served_on=AFTER.date(), served_to="Ibu Contoh", by=head, at=AFTER)
    if state == "served":
        return made
    made = enforcement.put_in_force(decision=made, in_force_on=AFTER.date(), by=head, at=AFTER)
    if state == "in_force":
        return made
    return enforcement.record_breach(decision=made, by=officer, at=MUCH_LATER)
