"""What links parts of the demo: inspections for complaints and violations, a finding that ends a violation."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from batikportal.choices import EnterpriseStatus, Source
from batikportal.models import Enterprise, User
from wastewater.actions import complaints, findings, inspections, violations
from wastewater.choices.complaints import ComplaintState
from wastewater.choices.duties import ViolationKind, ViolationState
from wastewater.choices.enforcement import FindingOutcome
from wastewater.choices.inspections import AnswerStatus, Aspect, InspectionOrigin, SubjectSignature, TeamRole
from wastewater.models import ChecklistItem, Finding, Inspection, Violation
from wastewater.models.complaints import Complaint

CASES = 2
SEEN_DAYS_AGO = 100


def make_links(enterprises: list[Enterprise], officer: User, head: User, at: datetime) -> None:
    """Some complaints name a business and are inspected; a violation is followed to its end."""
    active = [one for one in enterprises if one.status == EnterpriseStatus.ACTIVE]
    open_ones = Complaint.objects.filter(state=ComplaintState.ASSIGNED, enterprise__isnull=True).order_by("received_at")
    for case, enterprise in zip(open_ones[:CASES], reversed(active), strict=False):
        complaints.link(complaint=case, enterprise=enterprise, national_number="", by=officer, at=at)
        reason = f"Pengaduan {case.number}: {case.category} (contoh)"
        _planned(enterprise, InspectionOrigin.COMPLAINT, reason, officer, at, complaint=case)
    limit = Violation.objects.filter(kind=ViolationKind.LIMIT, state=ViolationState.OPEN, enterprise__isnull=False)
    for violation in limit.order_by("-occurred_on", "pk")[:1]:
        reason = "Melebihi baku mutu (contoh)"
        _planned(violation.subject, InspectionOrigin.VIOLATION, reason, officer, at, violation=violation)
    if active:
        _followed_to_its_end(active[0], officer, head, at)


def _planned(subject, origin: str, reason: str, by: User, at: datetime, **link) -> Inspection:
    today = timezone.localdate(at)
    return inspections.plan_inspection(
        subject=subject, year=today.year, quarter=(today.month + 2) // 3, reason=reason, origin=origin, by=by, at=at,
        source=Source.SEED, **link,
    )  # fmt: skip


def _followed_to_its_end(enterprise: Enterprise, officer: User, head: User, at: datetime) -> None:
    """Seen, inspected, told, upheld, repaired, proven: the violation ends with the finding."""
    first = timezone.localdate(at) - timedelta(days=SEEN_DAYS_AGO)

    def on(days: int, hour: int = 9) -> datetime:
        return timezone.make_aware(datetime.combine(first + timedelta(days=days), time(hour)))

    words = "Selang dari bak celup ke saluran (contoh)"
    violation = violations.record_violation(
        subject=enterprise, kind=ViolationKind.NARRATIVE, occurred_on=first, description=words, by=officer, at=on(0),
        source=Source.SEED,
    )  # fmt: skip
    plan = _planned(enterprise, InspectionOrigin.VIOLATION, words, officer, on(1), violation=violation)
    found = _inspected(plan, words, officer, head, on)
    told = findings.open_reply(finding=found, by=officer, at=on(6))
    assert told.reply_due_on is not None  # noqa: S101 - the constraint finding_window_is_dated
    decided_on: date = told.reply_due_on + timedelta(days=1)
    days = (decided_on - first).days
    decided = findings.decide_finding(
        finding=told, outcome=FindingOutcome.UPHELD, reason="Alasan contoh (fiktif).",
        cure_due_on=decided_on + timedelta(days=30), by=head, at=on(days),
    )  # fmt: skip
    cured = findings.record_cure(
        finding=decided, cured_on=decided_on + timedelta(days=14), note="Selang dilepas (contoh).", by=officer,
        at=on(days + 14),
    )  # fmt: skip
    findings.verify_cure(finding=cured, by=officer, at=on(days + 20))


def _inspected(plan: Inspection, words: str, officer: User, head: User, on) -> Finding:
    inspections.assign_team(
        inspection=plan, number="094/ST-CONTOH-TAUT", assigned_on=timezone.localdate(on(2)),
        members=[inspections.Member("Petugas Contoh Satu", TeamRole.LEAD)], by=officer, at=on(2),
    )  # fmt: skip
    started = inspections.start_inspection(inspection=plan, started_at=on(3), by=officer, at=on(3))
    items = ChecklistItem.objects.filter(checklist=started.checklist)
    answers = [inspections.Answer(one, AnswerStatus.COMPLIES) for one in items]
    inspections.record_answers(inspection=started, answers=answers, by=officer, at=on(3, 11))
    found = findings.record_finding(
        inspection=started, aspect=Aspect.WASTEWATER, title="Selang dari bak celup ke saluran", description=words,
        requested_action="Lepaskan selangnya.", violations=[plan.violation] if plan.violation else [], by=officer,
        at=on(3, 11),
    )  # fmt: skip
    drafted = inspections.draft_report(
        inspection=started, report_number="660.1/BAP-CONTOH-TAUT", ended_at=on(3, 12), conclusion="Kesimpulan contoh.",
        by=officer, at=on(4),
    )  # fmt: skip
    inspections.sign_report(
        inspection=drafted, signature=SubjectSignature.SIGNED, signer="Wakil Usaha Contoh", by=head, at=on(5)
    )
    return Finding.objects.get(pk=found.pk)
