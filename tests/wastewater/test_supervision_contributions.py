"""What inspection and enforcement offer to shared pages, the daily jobs, the admin, and the demo."""

import random
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from batikportal.contracts import Period, Scope
from tests.factories import inspections as make
from tests.factories import portal
from tests.factories.wastewater import TreatmentPlantFactory
from wastewater import periodic
from wastewater.actions import findings as finding_actions
from wastewater.alerts import inspections as alerts
from wastewater.datasets.inspections import inspections_by_district
from wastewater.demo.supervision import make_supervision
from wastewater.indicators import inspections as indicators
from wastewater.models import EnforcementCase, Finding, Inspection, Milestone, SupervisionSetting
from wastewater.queries import risk, supervision
from wastewater.rules import inspections as rules

pytestmark = pytest.mark.django_db
AT, AFTER = make.AT, make.AFTER


def scope(day: date) -> Scope:
    return Scope(Period(date(day.year, 1, 1), day), None, day)


def test_inspections_done_against_plan_count_what_was_not_possible():
    make.signed()
    make.planned()
    ended = make.planned()
    make.actions.record_impossible(inspection=ended, reason="weather", note="", by=None, at=AT)
    make.planned(quarter=3)

    reading = indicators.read_done(scope(date(2024, 3, 20)))
    assert (reading.numerator, reading.denominator) == (1, 3)

    make.actions.plan_again(inspection=ended, year=2024, quarter=1, month=None, reason="x", by=None, at=AT)
    again = indicators.read_done(scope(date(2024, 3, 20)))
    assert (again.numerator, again.denominator) == (1, 3)
    assert indicators.read_done(scope(date(2023, 3, 20))).value is None


def test_open_cases():
    assert indicators.read_open_cases(scope(date(2024, 3, 28))).value is None
    make.case()
    assert indicators.read_open_cases(scope(date(2024, 3, 28))).value == 1


def test_alerts_have_an_owner_and_a_due_date():
    make.told()
    make.planned(quarter=1)
    make.drafted()
    decision = make.decision("in_force")
    Milestone.objects.create(case=decision.case, text="Bak", due_on=date(2024, 1, 5))
    day = scope(date(2024, 5, 2))

    def dues(find) -> list[date | None]:
        return [one.due_on for one in find(day).items]

    assert dues(alerts.find_to_decide) == [date(2024, 4, 17)]
    assert dues(alerts.find_behind_plan) == [date(2024, 3, 31)]
    assert dues(alerts.find_unsigned_reports) == [date(2024, 3, 11)]
    assert dues(alerts.find_overdue_orders) == [date(2024, 4, 30)]
    assert dues(alerts.find_uncured) == [date(2024, 4, 30)]
    assert dues(alerts.find_late_milestones) == [date(2024, 1, 5)]
    assert [one.due_on for one in alerts.find_windows_ending(scope(date(2024, 3, 17))).items] == [date(2024, 3, 18)]
    assert {rule.office for rule in alerts.ALERTS} == {"dlh"}


def test_open_data_hide_small_cells_and_name_nobody():
    for _number in range(5):
        make.planned()
    make.signed(quarter=2)
    assert inspections_by_district() == [
        ["2024-T2", "Pekalongan Timur", None, None, 0],
        ["2024-T1", "Pekalongan Timur", 5, 0, 0],
    ]


def test_the_daily_jobs_run_twice_without_harm():
    found = make.told(subject=portal.MembershipFactory().enterprise)
    finding_actions.reply(finding=found, text="Jawaban", by=portal.UserFactory(), at=AT)
    day = datetime(2024, 4, 18, 2, 0, tzinfo=UTC)
    assert [periodic.accept_silence(day), periodic.accept_silence(day)] == [
        {"findings_accepted": 1},
        {"findings_accepted": 0},
    ]
    assert periodic.remind_firms(day) == {"messages": 0}


SETTINGS = {
    "points_exceedance": 3, "most_exceedance": 15, "points_violation": 5, "most_violation": 20, "points_repeated": 10,
    "points_never": 8, "points_long_ago": 4, "long_ago_months": 24, "points_untreated": 6, "points_large_volume": 4,
    "large_volume": 10, "points_complaint": 5, "most_complaint": 15, "points_overdue_order": 10,
    "most_overdue_order": 20,
}  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"months_since_inspection": 3}, {}),
        ({}, {"never": 8}),
        ({"months_since_inspection": 24}, {"long_ago": 4}),
        ({"months_since_inspection": 1, "exceedances": 4}, {"exceedance": 12}),
        ({"months_since_inspection": 1, "exceedances": 40}, {"exceedance": 15}),
        ({"months_since_inspection": 1, "open_violations": 1, "repeated": True}, {"repeated": 10, "violation": 5}),
        (
            {"months_since_inspection": 1, "untreated": True, "volume_m3_per_day": 10},
            {"untreated": 6, "large_volume": 4},
        ),
        ({"months_since_inspection": 1, "volume_m3_per_day": 9}, {}),
        ({"months_since_inspection": 1, "overdue_orders": 3}, {"overdue_order": 20}),
    ],
)
def test_points_of_the_risk_list(facts, points):
    found = rules.risk_reasons(rules.Facts(**facts), SETTINGS)
    assert {one.code: one.points for one in found} == points


def test_the_risk_list_shows_reasons_and_leaves_out_what_is_cleared_or_closed():
    cleared = make.cured()
    standing = make.decided()
    closed = portal.EnterpriseFactory(status="closed")
    found = {lead.subject: dict(lead.reasons) for lead in risk.leads(type(closed).objects.all(), today=AFTER.date())}

    assert closed not in found
    assert found[standing.enterprise] == {"air limbah tidak tersambung ke IPAL": 6, "1 pelanggaran terbuka": 5}
    assert found[cleared.enterprise] == {"air limbah tidak tersambung ke IPAL": 6}


def test_a_setting_of_another_day_changes_nothing_that_was_dated():
    SupervisionSetting.objects.filter(key="reply_working_days").update(effective_until=date(2024, 3, 31))
    SupervisionSetting.objects.create(
        key="reply_working_days", number=5, effective_from=date(2024, 4, 1), legal_basis="Contoh", confidence="L"
    )
    assert supervision.settings_on(date(2024, 3, 31))["reply_working_days"] == 10
    assert supervision.settings_on(date(2024, 4, 1))["reply_working_days"] == 5
    assert make.told().reply_due_on == date(2024, 3, 18)


def test_the_admin_shows_names_to_inspectors_only(as_user, waste_head, planner, data_clerk):
    make.case()
    for model in ("inspection", "finding", "enforcementcase"):
        url = reverse(f"admin:wastewater_{model}_changelist")
        assert as_user(waste_head).get(url).status_code == 200
        assert as_user(planner).get(url).status_code == 403
        assert as_user(data_clerk).get(url).status_code == 403
    assert as_user(waste_head).get(reverse("admin:wastewater_checklist_changelist")).status_code == 200


def test_panels_for_staff_and_owner(as_user, waste_officer, owner):
    found = make.told(subject=owner.enterprise)
    Finding.objects.filter(pk=found.pk).update(reply_due_on=date(2999, 1, 1))
    assert found.title in as_user(owner).get(reverse("workspace")).content.decode()
    assert found.title in as_user(waste_officer).get(owner.enterprise.get_absolute_url()).content.decode()


def test_the_demo_shows_something_everywhere():
    enterprises = [portal.EnterpriseFactory() for _number in range(45)]
    officer, head = portal.UserFactory(), portal.UserFactory()
    make_supervision(random.Random(7), enterprises, [TreatmentPlantFactory()], officer, head,
                     datetime(2026, 6, 20, 3, 0, tzinfo=UTC))  # fmt: skip

    assert set(Inspection.objects.values_list("state", flat=True)) >= {"planned", "signed", "closed", "impossible"}
    assert set(Finding.objects.values_list("state", flat=True)) >= {"reply", "decided", "cured", "verified"}
    assert EnforcementCase.objects.count() >= 3
