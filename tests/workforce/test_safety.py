"""Safety at work: the clock of a report, the rate, what the database refuses, and health data apart."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.contracts import Period, Scope
from batikportal.models import AccessEvent, Area
from tests.factories.portal import EnterpriseFactory, MembershipFactory
from tests.factories.workforce import IncidentFactory, ward
from tests.raw_sql import sql
from workforce.actions import safety as actions
from workforce.alerts import safety as alerts
from workforce.models import Incident, Injury
from workforce.rules import safety as rules

pytestmark = pytest.mark.django_db

HURT = {
    "body_part": "lengan kiri",
    "injury": "luka bakar",
    "treatment": "clinic",
    "claim": "filed",
    "sex": "F",
    "age": "40",
}


def injured(**changes) -> Injury:
    return Injury.objects.create(
        incident=IncidentFactory(**changes), body_part="lengan kiri", injury="luka bakar rahasia", treatment="clinic"
    )


def test_a_report_is_due_after_twice_24_hours():
    assert rules.report_due(datetime(2026, 3, 6, 9, 30, tzinfo=UTC)) == datetime(2026, 3, 8, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "severity", "runs"),
    [("near_miss", 0, False), ("accident", 1, True), ("fire", 0, True), ("spill", 0, True), ("accident", 0, False)],
)
def test_the_duty_runs_for_harm_fire_and_spills(kind, severity, runs):
    assert rules.must_be_reported(kind, severity) is runs


def test_a_rate_without_workers_is_no_zero():
    assert rules.per_hundred(3, 250) == Decimal("1.2")
    assert rules.per_hundred(0, 250) == 0
    assert rules.per_hundred(3, 0) is None


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("kind = 'near_miss'", "incident_near_miss_hurts_nobody"),
        ("severity = 6", "incident_lost_days_fit_severity"),
        ("lost_days = 3", "incident_lost_days_fit_severity"),
        ("form_number = 'A1'", "incident_report_has_number_and_day"),
        ("reported_on = '2026-03-07'", "incident_report_has_number_and_day"),
        ("closed_at = now()", "incident_closed_with_action"),
        ("corrective_action = 'x', closed_at = occurred_at - interval '1 day'", "incident_closed_with_action"),
    ],
)
def test_the_database_refuses_what_cannot_be(change, constraint):
    incident = IncidentFactory()

    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE workforce_incident SET {change} WHERE id = %s", incident.pk)


def test_health_data_that_tell_nothing_are_refused():
    made = injured()

    with pytest.raises(IntegrityError, match="injury_is_told"):
        sql("UPDATE workforce_injury SET injury = '' WHERE id = %s", made.pk)
    with pytest.raises(IntegrityError, match="injury_age"):
        sql("UPDATE workforce_injury SET age = 101 WHERE id = %s", made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Injury.objects.create(incident=made.incident, body_part="x", injury="y", treatment="none")


REPORT = {"kind": "accident", "agent": "hot_wax", "severity": "2", "occurred_at": "2026-03-06T09:30", "step": "CAP",
          "lost_days": "", "ppe_worn": "False"}  # fmt: skip


def test_an_owner_reports_from_the_phone_and_sees_the_clock(owner, as_user):
    client = as_user(owner)
    url = reverse("workforce:own-incidents", args=[owner.enterprise.public_id])
    assert url in client.get(reverse("workspace"), follow=True).content.decode()

    page = client.post(url, REPORT, follow=True).content.decode()

    made = Incident.objects.get()
    assert (made.enterprise, made.by_owner, made.ward, made.ppe_worn) == (
        owner.enterprise, True, owner.enterprise.ward, False,
    )  # fmt: skip
    assert "Serahkan formulir 3 KK2 A" in page
    assert "Lewat tenggat" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"occurred_at": "2999-01-01T00:00"}, "occurred_at"),
        ({"occurred_at": "1999-01-01T00:00"}, "occurred_at"),
        ({"kind": "near_miss"}, "severity"),
        ({"lost_days": "3"}, "lost_days"),
        ({"agent": ""}, "agent"),
    ],
)
def test_a_wrong_report_is_told_at_its_field(changes, field, owner, as_user):
    url = reverse("workforce:own-incidents", args=[owner.enterprise.public_id])

    response = as_user(owner).post(url, REPORT | changes)

    assert list(response.context["form"].errors) == [field]
    assert not Incident.objects.exists()


def test_an_owner_reaches_no_workshop_of_another_and_no_health_data(owner, as_user):
    other = EnterpriseFactory()
    made = injured(enterprise=owner.enterprise)
    client = as_user(owner)

    assert client.get(reverse("workforce:own-incidents", args=[other.public_id])).status_code == 404
    page = client.get(reverse("workforce:own-incidents", args=[owner.enterprise.public_id])).content.decode()
    assert "rahasia" not in page
    assert client.get(reverse("workforce:incident-injury", args=[made.incident.public_id])).status_code == 403


def test_the_office_completes_and_closes(workforce_officer, as_user):
    incident = IncidentFactory()
    client = as_user(workforce_officer)
    typed = {"form_number": "12/K3", "reported_on": "2026-03-07", "corrective_action": "", "close": "on"}

    assert list(client.post(incident.get_absolute_url(), typed).context["form"].errors) == ["corrective_action"]
    assert list(
        client.post(incident.get_absolute_url(), {"form_number": "1", "reported_on": ""}).context["form"].errors
    ) == ["form_number"]
    client.post(incident.get_absolute_url(), typed | {"corrective_action": "Kompor diganti"})

    incident.refresh_from_db()
    assert (incident.form_number, incident.report_due_at) == ("12/K3", None)
    assert incident.closed_at is not None
    with pytest.raises(actions.AlreadyClosed):
        actions.complete_incident(
            incident=incident, form_number="", reported_on=None, corrective_action="", close=False,
            by=workforce_officer, at=timezone.now(),
        )  # fmt: skip


def test_health_data_are_recorded_and_every_opening_is_logged(workforce_head, workforce_officer, as_user):
    incident = IncidentFactory()
    url = reverse("workforce:incident-injury", args=[incident.public_id])
    assert as_user(workforce_officer).get(url).status_code == 403
    client = as_user(workforce_head)

    client.post(url, HURT)
    assert "luka bakar" in client.get(url).content.decode()

    assert Injury.objects.get().injury == "luka bakar"
    logged = AccessEvent.objects.filter(subject_type="workforce.incident")
    assert [sorted(one.fields) for one in logged] == [sorted(actions.HEALTH)] * 2


@pytest.mark.parametrize(
    "role",
    [
        "administrator", "leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "cadre",
        "ward_officer", "workforce_officer", "market_head", "market_officer", "selection_secretary", "reviewer",
        "data_clerk", "auditor", "owner", "outsider",
    ],
)  # fmt: skip
def test_nobody_else_reaches_health_data(role, as_user, request):
    made = injured()

    url = reverse("workforce:incident-injury", args=[made.incident.public_id])

    assert as_user(request.getfixturevalue(role)).get(url).status_code == 403


def test_leaders_read_counts_from_five_on(leader, as_user):
    for _ in range(4):
        IncidentFactory(occurred_at=timezone.now() - timedelta(days=3), place="Gang Rahasia")
    client = as_user(leader)
    url = reverse("workforce:incident-list")

    page = client.get(url)

    assert page.context["total"].part is None
    assert "Rahasia" not in page.content.decode()
    IncidentFactory(occurred_at=timezone.now() - timedelta(days=3))
    assert client.get(url).context["total"].part == 5


def test_a_work_area_hides_incidents_of_other_districts(workforce_officer, as_user):
    elsewhere = IncidentFactory(ward=Area.objects.get(name="Jenggot", level="ward"), place="Gang Jauh")
    near = IncidentFactory(place="Gang Dekat")
    assignment = workforce_officer.role_assignments.get()
    assignment.area = near.ward.parent
    assignment.save()
    client = as_user(workforce_officer)

    page = client.get(reverse("workforce:incident-list")).content.decode()

    assert "Gang Dekat" in page
    assert "Gang Jauh" not in page
    assert client.get(elsewhere.get_absolute_url()).status_code == 404


def test_the_alert_names_what_was_not_reported(today):
    late = IncidentFactory()
    IncidentFactory(kind="near_miss", severity=0)
    IncidentFactory(form_number="1", reported_on=today)

    found = alerts.find_unreported(Scope(Period(today, today), None, today))

    assert [one.url for one in found.items] == [late.get_absolute_url()]
    assert found.items[0].due_on == timezone.localdate(rules.report_due(late.occurred_at))
    elsewhere = Scope(Period(today, today), Area.objects.get(name="Jenggot", level="ward").parent, today)
    assert alerts.find_unreported(elsewhere).total == 0


def test_health_data_end_after_five_years(now):
    injured(occurred_at=now - timedelta(days=365 * 5 + 3))
    kept = injured(occurred_at=now - timedelta(days=365 * 4))

    assert actions.erase_old_health(at=now) == 1

    assert list(Injury.objects.all()) == [kept]
    assert Incident.objects.count() == 2


def test_hazards_are_open_to_everybody(client):
    page = client.get(reverse("workforce:hazard-list")).content.decode()

    assert "sarung tangan nitril" in page
    assert "Naftol" in page


def test_the_list_asks_the_same_number_of_questions_for_one_and_thirty(workforce_officer, as_user):
    client = as_user(workforce_officer)
    url = reverse("workforce:incident-list")
    IncidentFactory()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(24):
        IncidentFactory(enterprise=EnterpriseFactory())
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(one)


def test_the_members_of_a_workshop_report_for_it(outsider, as_user):
    enterprise = EnterpriseFactory(ward=ward())
    MembershipFactory(user=outsider, enterprise=enterprise)

    as_user(outsider).post(reverse("workforce:own-incidents", args=[enterprise.public_id]), REPORT)

    assert Incident.objects.get().enterprise == enterprise
