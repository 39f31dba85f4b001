"""A year and a half of fictitious inspections, findings and cases, made through the same actions as on the site."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from batikportal.models import Enterprise, User
from wastewater.actions import enforcement, findings, inspections
from wastewater.choices.enforcement import DecisionKind, FindingOutcome
from wastewater.choices.inspections import (
    AnswerStatus,
    Aspect,
    InspectionOrigin,
    NotInspectedReason,
    SubjectSignature,
    TeamRole,
)
from wastewater.models import ChecklistItem, EnforcementCase, Finding, Inspection, LegalArticle, TreatmentPlant

QUARTERS_BACK = 6
PER_QUARTER = 6
REASON = "Rencana contoh: dipilih dari daftar risiko (fiktif)."
PROBLEMS = [
    (Aspect.WASTEWATER, "Air limbah mengalir ke saluran tanpa diolah", "Alirkan ke bak penampung dan IPAL."),
    (Aspect.PLANT, "IPAL tidak berfungsi saat diperiksa", "Perbaiki pompa dan catat pemakaiannya."),
    (Aspect.MONITORING, "Catatan pH dan debit tidak diisi", "Isi catatan harian mulai sekarang."),
    (Aspect.HAZARDOUS, "Kemasan bahan kimia tercecer", "Simpan terpisah dan beri label."),
]


class Story:
    """The people and the clock of the demo."""

    def __init__(self, rng: random.Random, officer: User, head: User, at: datetime):
        self.rng, self.officer, self.head, self.at = rng, officer, head, at
        self.number = 0

    def past(self, day: date, hour: int = 9) -> datetime:
        return min(timezone.make_aware(datetime.combine(day, time(hour))), self.at - timedelta(minutes=1))


def make_supervision(
    rng: random.Random,
    enterprises: list[Enterprise],
    plants: list[TreatmentPlant],
    officer: User,
    head: User,
    at: datetime,
) -> None:
    """Inspections of six quarters; the older, the further: findings are answered, decided, cured, or become cases."""
    story = Story(rng, officer, head, at)
    today = timezone.localdate(at)
    active = [one for one in enterprises if one.status == "active"]
    chosen = iter(rng.sample(active, min(len(active), QUARTERS_BACK * PER_QUARTER + PER_QUARTER)))
    for back in range(QUARTERS_BACK - 1, -1, -1):
        year, quarter, first = _quarter(today, back)
        for place in range(PER_QUARTER):
            subject = plants[0] if place == 0 and back == 2 else next(chosen, None)
            if subject is not None:
                _one(story, subject, year, quarter, first + timedelta(days=8 + place * 11), place)
    _next_quarter(story, today, chosen)


def _quarter(today: date, back: int) -> tuple[int, int, date]:
    index = today.year * 4 + (today.month - 1) // 3 - back
    year, quarter = index // 4, index % 4 + 1
    return year, quarter, date(year, quarter * 3 - 2, 1)


def _one(story: Story, subject: Enterprise | TreatmentPlant, year: int, quarter: int, day: date, place: int) -> None:
    origin = {4: InspectionOrigin.REPORT, 5: InspectionOrigin.PATROL}.get(place, InspectionOrigin.PLAN)
    planned_at = story.past(day - timedelta(days=20))
    found = inspections.plan_inspection(
        subject=subject,
        year=year,
        quarter=quarter,
        reason=REASON,
        origin=origin,
        origin_reference="CONTOH-LAP-01" if origin == InspectionOrigin.REPORT else "",
        by=story.officer,
        at=planned_at,
        source="seed",
    )
    if day > timezone.localdate(story.at):
        return
    if place == 3:
        inspections.record_impossible(
            inspection=found, reason=NotInspectedReason.WEATHER, note="Rob (fiktif).", by=story.officer,
            at=story.past(day),
        )  # fmt: skip
        if (timezone.localdate(story.at) - day).days > 120:
            inspections.plan_again(
                inspection=found, year=year, quarter=quarter, month=None, reason=REASON, by=story.officer,
                at=story.past(day, 15),
            )  # fmt: skip
        return
    story.number += 1
    _visit(story, found, day, place)


def _visit(story: Story, found: Inspection, day: date, place: int) -> None:
    morning, noon = story.past(day, 9), story.past(day, 12)
    inspections.assign_team(
        inspection=found,
        number=f"094/ST-CONTOH-{story.number:03d}/{day.year}",
        assigned_on=day - timedelta(days=2),
        members=[
            inspections.Member("Petugas Contoh Satu", TeamRole.LEAD, "19800101 CONTOH", "Pengawas", "PPLHD-CONTOH-1"),
            inspections.Member("Petugas Contoh Dua", position="Staf"),
        ],
        by=story.officer,
        at=story.past(day - timedelta(days=2)),
    )
    started = inspections.start_inspection(inspection=found, started_at=morning, by=story.officer, at=morning)
    aspect, title, action = PROBLEMS[story.number % len(PROBLEMS)]
    items = list(ChecklistItem.objects.filter(checklist=started.checklist))
    failing = next(item for item in items if item.aspect == aspect)
    inspections.record_answers(
        inspection=started,
        answers=[
            inspections.Answer(
                item,
                AnswerStatus.FAILS if item == failing and place != 1 else AnswerStatus.COMPLIES,
                "Catatan contoh (fiktif)." if item == failing else "",
            )
            for item in items
        ],
        by=story.officer,
        at=noon,
    )
    inspections.record_site(
        inspection=started,
        facts={"representative_name": "Wakil Usaha Contoh", "workers_count": 6, "business_code": "13134"},
        by=story.officer,
        at=noon,
    )
    finding = None
    if place != 1:
        finding = findings.record_finding(
            inspection=started, aspect=aspect, title=title, description=f"{title}. Keadaan contoh (fiktif).",
            requested_action=action, by=story.officer, at=noon,
        )  # fmt: skip
    age = (timezone.localdate(story.at) - day).days
    if age < 6:
        return
    drafted = inspections.draft_report(
        inspection=started, report_number=f"660.1/BAP-CONTOH-{story.number:03d}/{day.year}", ended_at=noon,
        conclusion="Kesimpulan contoh (fiktif).", by=story.officer, at=story.past(day, 14),
    )  # fmt: skip
    if age < 12:
        return
    refused = place == 2
    signed = inspections.sign_report(
        inspection=drafted,
        signature=SubjectSignature.REFUSED if refused else SubjectSignature.SIGNED,
        signer="" if refused else "Wakil Usaha Contoh",
        refusal_reason="Ingin berunding dahulu (fiktif)." if refused else "",
        by=story.head,
        at=story.past(day + timedelta(days=1)),
    )
    if finding is not None:
        _follow(story, Finding.objects.get(pk=finding.pk), day + timedelta(days=2), place)
    if age > 60:
        inspections.close_inspection(inspection=signed, by=story.head, at=story.past(day + timedelta(days=30)))


def _follow(story: Story, found: Finding, day: date, place: int) -> None:
    told = findings.open_reply(finding=found, by=story.officer, at=story.past(day))
    today = timezone.localdate(story.at)
    if place != 2 and day + timedelta(days=5) < today:
        findings.reply(
            finding=told, text="Kami sedang memperbaikinya (jawaban contoh).", by=story.officer,
            spoken_by="Wakil Usaha Contoh", at=story.past(day + timedelta(days=5)),
        )  # fmt: skip
    assert told.reply_due_on is not None  # noqa: S101 - the constraint finding_window_is_dated
    decided_on: date = told.reply_due_on + timedelta(days=3)
    if decided_on >= today - timedelta(days=4):
        return
    dropped = place == 5
    decided = findings.decide_finding(
        finding=told,
        outcome=FindingOutcome.DROPPED if dropped else FindingOutcome.UPHELD,
        reason="Alasan contoh (fiktif).",
        cure_due_on=None if dropped else decided_on + timedelta(days=30),
        by=story.head,
        at=story.past(decided_on),
    )
    if dropped:
        return
    if place == 4:
        _case(story, decided, decided_on + timedelta(days=10))
        return
    cured_on: date = decided_on + timedelta(days=20)
    if cured_on < today and story.number % 4:
        cured = findings.record_cure(
            finding=decided, cured_on=cured_on, note="Foto perbaikan contoh.", by=story.officer,
            at=story.past(cured_on),
        )  # fmt: skip
        if story.number % 3:
            findings.verify_cure(finding=cured, by=story.officer, at=story.past(cured_on + timedelta(days=7)))


def _case(story: Story, found: Finding, day: date) -> None:
    """Coaching, a warning, and for the oldest the next step of the ladder."""
    if day >= timezone.localdate(story.at):
        return
    at = story.past(day)
    enforcement.record_coaching(
        subject=found.subject, finding=found, held_on=day, topic="Pembinaan contoh", agreement="Bak dibuat (fiktif).",
        next_visit_on=day + timedelta(days=30), by=story.officer, at=at,
    )  # fmt: skip
    case: EnforcementCase = enforcement.open_case(findings=[found], title=found.title, by=story.officer, at=at)
    enforcement.add_milestone(
        case=case, text="Bak ekualisasi selesai", due_on=day + timedelta(days=45), by=story.officer, at=at
    )
    due = day + timedelta(days=30)
    decision = enforcement.draft_decision(
        case=case,
        draft=enforcement.Draft(
            kind=DecisionKind.WRITTEN_WARNING,
            considerations="Pertimbangan contoh (fiktif).",
            articles=list(LegalArticle.objects.filter(kind=DecisionKind.WRITTEN_WARNING)),
            orders=[enforcement.Order("Hentikan pembuangan ke saluran dan alirkan ke IPAL.", due)],
        ),
        by=story.officer,
        at=at,
    )
    if (timezone.localdate(story.at) - day).days < 15:
        return
    served = day + timedelta(days=3)
    decision = enforcement.approve_decision(
        decision=decision, decree_number=f"660.1/CONTOH-{case.pk:03d}/{day.year}", decree_on=day, by=story.head, at=at
    )
    decision = enforcement.serve_decision(
        decision=decision, served_on=served, served_to="Wakil Usaha Contoh", by=story.head, at=story.past(served)
    )
    enforcement.put_in_force(decision=decision, in_force_on=served, by=story.head, at=story.past(served))


def _next_quarter(story: Story, today: date, chosen) -> None:
    year, quarter, _first = _quarter(today, -1)
    for subject in chosen:
        inspections.plan_inspection(
            subject=subject, year=year, quarter=quarter, reason=REASON, by=story.officer, at=story.at, source="seed"
        )
