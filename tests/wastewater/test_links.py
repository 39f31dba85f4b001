"""What links the chain: complaint, violation, inspection, coaching, decision, and a month to its duty."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from batikportal.models import Enterprise, OutboxMessage
from tests.factories import complaints, portal
from tests.factories import inspections as make
from tests.factories import wastewater as waste
from tests.raw_sql import sql
from wastewater import actions, models, periodic
from wastewater.actions import discharge_logs, enforcement, findings, inspections, notices, violations
from wastewater.actions.discharge_logs import Note, Volume
from wastewater.documents.enforcement import decision_facts
from wastewater.models import DutyKind, Inspection, Logbook, Obligation, SupervisionSetting, Violation
from wastewater.queries import risk
from wastewater.rules import obligations as rules

pytestmark = pytest.mark.django_db

AFTER, LATER = make.AFTER, make.LATER


def seen(**more) -> Violation:
    """A violation that somebody saw in February 2024."""
    day = date(2024, 2, 20)
    return waste.ViolationFactory(**{"occurred_on": day, "detected_on": day} | more)


def typed(form) -> dict[str, object]:
    """What a browser sends of a form that nobody changed."""
    return {name: form[name].value() or "" for name in form.fields}


def planned_for(violation: Violation, **more) -> Inspection:
    return make.planned(subject=violation.subject, origin="violation", violation=violation, **more)


# ── Inspection ↔ complaint and violation ───────────────────────────────────────────────────────────────────────────


def test_origin_and_link_agree_in_the_database():
    case, found = complaints.filed(), seen()
    plan, linked = make.planned(), planned_for(found)
    other = seen()
    for change in (
        f"complaint_id = {case.pk}",
        "kind = 'incidental', origin = 'complaint'",
        "kind = 'incidental', origin = 'violation'",
        f"kind = 'incidental', origin = 'report', violation_id = {found.pk}",
    ):
        with pytest.raises(IntegrityError, match=r"inspection_origin_fits_link|is not of the inspected"):
            sql(f"UPDATE wastewater_inspection SET {change} WHERE id = %s", plan.pk)
    with pytest.raises(IntegrityError, match="is not of the inspected firm"):
        sql("UPDATE wastewater_inspection SET violation_id = %s WHERE id = %s", other.pk, linked.pk)
    sql("UPDATE wastewater_inspection SET origin = 'repeated' WHERE id = %s", linked.pk)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"origin": "complaint"}, "nomor pengaduannya"),
        ({"origin": "violation"}, "halaman pelanggarannya"),
        ({"origin": "report", "complaint": True}, "berasal dari pengaduan itu"),
        ({"origin": "plan", "violation": True}, "berasal dari pelanggaran itu"),
        ({"origin": "violation", "violation": True}, "milik usaha atau IPAL lain"),
    ],
)
def test_a_plan_that_does_not_fit_its_cause_is_refused(facts, words):
    if "complaint" in facts:
        facts["complaint"] = complaints.filed()
    if "violation" in facts:
        facts["violation"] = seen()
    with pytest.raises(inspections.InspectionRefused, match=words):
        make.planned(**facts)


def test_a_withdrawn_violation_leads_to_no_inspection():
    found = violations.withdraw_violation(violation=seen(), reason="Keliru.", by=portal.UserFactory(), at=AFTER)
    with pytest.raises(inspections.InspectionRefused, match="sudah ditarik"):
        planned_for(found)


def test_an_inspection_planned_again_keeps_its_cause():
    by = portal.UserFactory()
    first = planned_for(seen())
    inspections.record_impossible(inspection=first, reason="weather", note="", by=by, at=AFTER)
    second = inspections.plan_again(inspection=first, year=2024, quarter=2, month=None, reason="Ulang", by=by, at=AFTER)
    assert (second.origin, second.violation, second.replaces) == ("violation", first.violation, first)


def test_from_the_complaint_to_its_inspection_and_back(as_user, waste_officer, leader):
    enterprise = portal.EnterpriseFactory()
    case = complaints.triaged(waste_officer)
    actions.complaints.link(complaint=case, enterprise=enterprise, national_number="", by=waste_officer, at=AFTER)
    officer = as_user(waste_officer)
    page = officer.get(case.get_absolute_url()).content.decode()
    assert "Belum ada inspeksi." in page
    new = reverse("wastewater:inspection-new")
    address = page.partition(f'href="{new}?')[2].partition('"')[0].replace("&amp;", "&")
    form = officer.get(f"{new}?{address}").context["form"]
    assert (form["subject"].value(), form["origin"].value()) == (enterprise.registration_number, "complaint")

    officer.post(f"{new}?{address}", typed(form))

    made = Inspection.objects.get()
    assert (made.complaint, made.kind, made.origin_reference) == (case, "incidental", case.number)
    assert made.number in officer.get(case.get_absolute_url()).content.decode()
    assert case.get_absolute_url() in officer.get(made.get_absolute_url()).content.decode()
    assert made.number not in as_user(leader).get(case.get_absolute_url()).content.decode()


def test_the_start_of_an_inspection_verifies_its_complaint():
    case = complaints.filed(at=datetime(2024, 2, 1, 2, 0, tzinfo=UTC))
    make.ongoing(origin="complaint", complaint=case)
    case.refresh_from_db()
    assert case.verified_on == date(2024, 3, 4)


def test_from_the_violation_to_its_inspection_and_back(as_user, waste_officer):
    found = seen()
    officer = as_user(waste_officer)
    new = reverse("wastewater:inspection-new")
    assert f"{new}?pelanggaran={found.public_id}" in officer.get(found.get_absolute_url()).content.decode()
    form = officer.get(f"{new}?pelanggaran={found.public_id}").context["form"]
    data = typed(form) | {"subject": "IPAL lain"}

    officer.post(f"{new}?pelanggaran={found.public_id}", data)

    made = Inspection.objects.get()
    assert (made.violation, made.enterprise, made.origin) == (found, found.enterprise, "violation")
    assert made.number in officer.get(found.get_absolute_url()).content.decode()
    assert officer.get(f"{new}?pelanggaran={uuid4()}").status_code == 404
    assert officer.get(f"{new}?pelanggaran=x").status_code == 404


def test_a_number_that_the_portal_does_not_know_stays_a_reference(as_user, waste_officer):
    enterprise = portal.EnterpriseFactory()
    data = {"subject": enterprise.registration_number, "origin": "complaint", "year": 2026, "quarter": 4,
            "reason": "Surat", "origin_reference": ""}  # fmt: skip
    address = reverse("wastewater:inspection-new")
    officer = as_user(waste_officer)
    assert officer.post(address, data).context["form"].errors["origin_reference"] == ["Tulis nomor pengaduannya."]
    officer.post(address, data | {"origin_reference": "SP4N/99"})
    made = Inspection.objects.get()
    assert (made.complaint, made.origin_reference) == (None, "SP4N/99")


# ── Risk ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_open_complaint_about_a_business_counts_and_an_answered_one_does_not(waste_officer):
    named, done = portal.EnterpriseFactory(), portal.EnterpriseFactory()
    open_case, ended = complaints.triaged(waste_officer), complaints.answered(waste_officer)
    for case, enterprise in ((open_case, named), (ended, done)):
        actions.complaints.link(complaint=case, enterprise=enterprise, national_number="", by=waste_officer, at=AFTER)

    found = {one.subject: dict(one.reasons) for one in risk.leads(Enterprise.objects.all(), today=date(2026, 2, 2))}

    assert found[named]["1 pengaduan terbuka"] == 5
    assert "1 pengaduan terbuka" not in found[done]


def test_plants_stand_in_the_risk_list_with_their_own_reasons(as_user, waste_officer):
    plant = waste.TreatmentPlantFactory()
    waste.TreatmentPlantFactory(status="planned")
    waste.verified(waste.entry("COD", 300), point=waste.PlantPointFactory(plant=plant))
    waste.ViolationFactory(enterprise=None, plant=plant)

    rows = risk.leads(Enterprise.objects.none(), models.TreatmentPlant.objects.all(), today=date(2026, 4, 2))

    assert [(one.subject, one.code) for one in rows] == [(plant, plant.code)]
    assert dict(rows[0].reasons) == {
        "belum pernah diawasi": 8,
        "1 pelanggaran terbuka": 5,
        "volume 180 m³/hari": 4,
        "1 hasil uji melebihi baku mutu": 3,
    }
    page = as_user(waste_officer).get(reverse("wastewater:risk-list")).content.decode()
    assert f"?usaha={plant.code}" in page
    assert plant.code in as_user(waste_officer).get(reverse("wastewater:risk-export")).content.decode()


def test_a_load_over_its_limit_counts_as_a_result_and_not_again_as_a_violation():
    point = waste.PlantPointFactory()
    waste.verified(waste.entry("COD", 100), point=point, water_use_m3_per_ton=Decimal(200))
    plants = models.TreatmentPlant.objects.filter(pk=point.plant_id)
    reasons = dict(risk.leads(Enterprise.objects.none(), plants, today=date(2026, 4, 2))[0].reasons)
    assert (reasons.get("1 hasil uji melebihi baku mutu"), reasons.get("1 pelanggaran terbuka")) == (3, None)


def test_years_are_no_quantities(as_user, waste_officer):
    make.planned(year=2026, quarter=3)
    page = as_user(waste_officer).get(reverse("wastewater:inspection-list") + "?tahun=2026").content.decode()
    assert "Rencana 2026" in page
    assert "?tahun=2026&amp;triwulan=3" in page
    assert "2.026" not in page
    assert "2.026" not in as_user(waste_officer).get(Inspection.objects.get().get_absolute_url()).content.decode()


# ── Coaching first ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_needs_coaching_or_a_written_reason():
    case, by = make.case(coached=False), portal.UserFactory()
    with pytest.raises(enforcement.EnforcementRefused, match="Belum ada pembinaan dalam 12 bulan"):
        enforcement.draft_decision(case=case, draft=make.draft(), by=by, at=LATER)
    urgent = make.draft(without_coaching_reason="Pencemaran berat sedang berlangsung.")
    made = enforcement.draft_decision(case=case, draft=urgent, by=by, at=LATER)
    assert made.without_coaching_reason == "Pencemaran berat sedang berlangsung."
    head = portal.UserFactory()
    enforcement.approve_decision(decision=made, decree_number="660/9", decree_on=LATER.date(), by=head, at=LATER)
    with pytest.raises(IntegrityError, match="stays as it is"):
        sql("UPDATE wastewater_enforcementdecision SET without_coaching_reason = 'x' WHERE id = %s", made.pk)


def test_coaching_of_long_ago_does_not_count_and_the_office_may_set_otherwise():
    case, by = make.case(), portal.UserFactory()
    assert enforcement.draft_decision(case=case, draft=make.draft(), by=by, at=LATER).without_coaching_reason == ""
    late = datetime(2025, 4, 4, 2, 0, tzinfo=UTC)
    with pytest.raises(enforcement.EnforcementRefused, match="Belum ada pembinaan"):
        enforcement.draft_decision(case=case, draft=make.draft(), by=by, at=late)
    SupervisionSetting.objects.filter(key="coaching_months").update(number=0)
    made = enforcement.draft_decision(case=case, draft=make.draft(), by=by, at=late)
    assert made.without_coaching_reason == "Aturan kerja dinas pada hari ini tidak mewajibkan pembinaan."


def test_the_database_refuses_a_decision_without_coaching_or_reason():
    case = make.case(coached=False)
    with pytest.raises(IntegrityError, match="coaching comes first"):
        models.EnforcementDecision.objects.create(case=case, kind="warning", considerations="x")


def test_a_reason_never_makes_a_cleared_firm_liable():
    by, case = portal.UserFactory(), make.case(coached=False)
    findings.record_cure(finding=case.findings.get(), cured_on=LATER.date(), note="Pipa ditutup.", by=by, at=LATER)
    with pytest.raises(enforcement.EnforcementRefused, match="sudah bersih"):
        enforcement.draft_decision(case=case, draft=make.draft(without_coaching_reason="Mendesak."), by=by, at=LATER)


def test_the_page_of_a_decision_asks_for_the_reason(as_user, waste_officer):
    case = make.case(coached=False)
    articles = list(models.LegalArticle.objects.filter(kind="warning").values_list("pk", flat=True))
    data = {"kind": "warning", "articles": articles, "considerations": "Terbukti.", "orders": "Tutup pipa",
            "due_on": str(timezone.localdate() + timedelta(days=30))}  # fmt: skip
    address = reverse("wastewater:decision-new", args=[case.public_id])
    officer = as_user(waste_officer)
    assert "Catat pembinaannya dahulu" in officer.post(address, data).content.decode()
    officer.post(address, data | {"without_coaching_reason": "Mendesak."})
    assert "Mendesak." in officer.get(case.get_absolute_url()).content.decode()
    rows = dict(decision_facts(case.decisions.get())["rows"])
    assert rows["Pembinaan"] == "tanpa pembinaan lebih dahulu: Mendesak."


def test_a_letter_names_the_coaching_before_it():
    rows = dict(decision_facts(make.decision())["rows"])
    assert rows["Pembinaan"] == "25 Maret 2024 (Pembinaan contoh)"


# ── A sent month of the logbook ────────────────────────────────────────────────────────────────────────────────────


def logbook_duty(enterprise, **more) -> Obligation:
    kind = DutyKind.objects.get(code=rules.LOGBOOK_DUTY)
    facts = {"period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31), "due_on": date(2026, 11, 10)}
    return waste.ObligationFactory(**{"kind": kind, "enterprise": enterprise} | facts | more)


def noted(enterprise, day: date) -> models.LogMonth:
    note = Note(day, "dyeing", "untreated", Volume("estimate", Decimal(300)), {"dye_class": "naphthol"})
    at = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    return discharge_logs.record_log(enterprise=enterprise, note=note, submission=uuid4(), by=None, at=at).month


def test_a_sent_month_fulfils_the_duty_to_report_it(owner):
    owed, other = logbook_duty(owner.enterprise), logbook_duty(portal.EnterpriseFactory())
    month = noted(owner.enterprise, date(2026, 10, 5))
    discharge_logs.close_month(month=month, by=owner, at=datetime(2026, 11, 3, 2, 0, tzinfo=UTC))
    owed.refresh_from_db()
    other.refresh_from_db()
    assert (owed.state, owed.record, owed.received_by, owed.received_on) == (
        "received",
        "Buku limbah Oktober 2026",
        owner,
        date(2026, 11, 3),
    )
    assert other.state == "due"


def test_a_quarter_is_told_when_each_of_its_months_was_sent(owner):
    owed = logbook_duty(owner.enterprise, period_start=date(2026, 9, 1))
    at = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
    for day, state in ((date(2026, 10, 5), "due"), (date(2026, 9, 5), "received")):
        discharge_logs.close_month(month=noted(owner.enterprise, day), by=owner, at=at)
        owed.refresh_from_db()
        assert owed.state == state


def test_a_month_closed_by_its_deadline_ends_the_silence(owner):
    owed = logbook_duty(owner.enterprise)
    noted(owner.enterprise, date(2026, 10, 5))
    late = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)
    violations.follow_obligations(at=late)
    assert Violation.objects.get().state == "open"
    periodic.keep_logbooks(late)
    owed.refresh_from_db()
    assert (owed.state, owed.received_by, owed.days_late, Violation.objects.get().resolution) == (
        "received",
        None,
        2,
        "receipt",
    )


@pytest.mark.parametrize("order", [("duties", "logbook"), ("logbook", "duties")])
def test_one_deadline_one_reminder_whichever_job_runs_first(order, owner):
    Logbook.objects.create(enterprise=owner.enterprise, obliged_from=date(2026, 1, 1), basis="Contoh")
    logbook_duty(owner.enterprise)
    jobs = {"duties": periodic.remind, "logbook": periodic.keep_logbooks}
    noted(owner.enterprise, date(2026, 11, 1))
    at = datetime(2026, 11, 7, 3, 0, tzinfo=UTC)
    for name in order:
        jobs[name](at)
    assert OutboxMessage.objects.filter(recipient=owner).count() == 1


def test_an_owner_who_declined_is_not_reminded_by_another_door(owner):
    Logbook.objects.create(
        enterprise=owner.enterprise, obliged_from=date(2026, 1, 1), basis="Contoh", wants_reminders=False
    )
    logbook_duty(owner.enterprise)
    at = datetime(2026, 11, 7, 3, 0, tzinfo=UTC)
    periodic.keep_logbooks(at)
    periodic.remind(at)
    assert not OutboxMessage.objects.exists()


# ── Reminders ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reminder_that_fails_for_another_reason_is_heard():
    sql("ALTER TABLE wastewater_notice ADD CONSTRAINT nothing_of_the_kind CHECK (kind <> 'reminder')")
    make.told(subject=portal.MembershipFactory().enterprise)
    with pytest.raises(IntegrityError, match="nothing_of_the_kind"):
        notices.send_reminders(at=datetime(2024, 3, 16, 2, 0, tzinfo=UTC))
