"""Observed wages: what the database refuses, who reads them, what is logged, and what is told without names."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.models import AccessEvent, Area
from tests.factories.portal import MembershipFactory
from tests.factories.workforce import PersonFactory, WageFactory, step
from workforce.models import WageObservation
from workforce.queries import wages as queries

pytestmark = pytest.mark.django_db

TYPED = {
    "step": "NGL",
    "evidence": "slip",
    "period": "week",
    "pieces": "12",
    "unit": "piece",
    "rate_idr": "30.000",
    "days": "6",
    "hours_per_day": "7,5",
    "deductions_idr": "25.000",
    "observed_on": "2026-03-06",
}


@pytest.fixture
def wage(worker):
    return WageFactory(person=worker)


def pages(wage: WageObservation) -> list[str]:
    person = wage.person.public_id
    return [
        reverse("workforce:wage-list"),
        reverse("workforce:worker-wages", args=[person]),
        reverse("workforce:wage-new", args=[person]),
        reverse("workforce:wage-remove", args=[wage.public_id]),
    ]


# --- The database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("gross_idr = 0", "deductions_within_pay"),
        ("deductions_idr = 360001", "deductions_within_pay"),
        ("deductions_idr = -1", "deductions_within_pay"),
        ("rate_idr = NULL", "pay_covers_pieces"),
        ("pieces = 13", "pay_covers_pieces"),
        ("days = 8", "days_fit_period"),
        ("days = 0", "days_fit_period"),
        ("period = 'abad'", "days_fit_period"),
        ("week_days = 6", "week_of_a_batch"),
        ("period = 'batch'", "week_of_a_batch"),
        ("hours_per_day = 25", "hours_of_a_day"),
        ("hours_per_day = NULL", "hours_of_a_day"),
    ],
)
def test_the_database_refuses_what_cannot_be(change, constraint):
    wage = WageFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE workforce_wageobservation SET {change} WHERE id = %s", [wage.pk])


def test_a_pay_is_recorded_once():
    wage = WageFactory()

    with pytest.raises(IntegrityError, match="wageobservation_once"), transaction.atomic():
        WageFactory(person=wage.person)


# --- Recording ------------------------------------------------------------------------------------------------------


def test_an_officer_records_a_wage_and_the_month_is_worked_out(worker, workforce_officer, as_user):
    client = as_user(workforce_officer)

    response = client.post(reverse("workforce:wage-new", args=[worker.public_id]), TYPED, follow=True)

    wage = worker.wage_observations.get()
    assert (wage.gross_idr, wage.pieces, wage.rate_idr, wage.deductions_idr) == (360_000, 12, 30_000, 25_000)
    assert (wage.monthly_idr, wage.full_time_idr) == (1_500_000, 1_384_000)
    assert (wage.method, wage.method_version, wage.created_by) == ("six_days", 1, workforce_officer)
    page = response.content.decode()
    assert "55,5% UMK" in page
    assert "51,2% UMK" in page
    assert "batas mikro-kecil belum dapat dipastikan" in page
    assert "pelanggaran" not in page.casefold()


def test_the_same_pay_twice_is_told_at_its_field(worker, workforce_officer, as_user):
    client = as_user(workforce_officer)
    url = reverse("workforce:wage-new", args=[worker.public_id])
    client.post(url, TYPED)

    response = client.post(url, TYPED)

    assert list(response.context["form"].errors) == ["observed_on"]
    assert worker.wage_observations.count() == 1


def test_a_removed_wage_stays_in_the_history(wage, workforce_officer, as_user):
    client = as_user(workforce_officer)
    url = reverse("workforce:wage-remove", args=[wage.public_id])

    assert list(client.post(url, {"reason": ""}).context["form"].errors) == ["reason"]
    client.post(url, {"reason": "Salah ketik jumlah potong"})

    assert not WageObservation.objects.exists()
    assert list(wage.events.model.objects.filter(pgh_label="delete").values_list("gross_idr", flat=True)) == [360_000]


# --- Who reads what -------------------------------------------------------------------------------------------------


def test_the_labour_office_opens_every_page(wage, workforce_head, workforce_officer, as_user):
    for user in (workforce_head, workforce_officer):
        for url in pages(wage):
            assert as_user(user).get(url).status_code == 200, (user, url)


@pytest.mark.parametrize(
    "role",
    [
        "administrator", "leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "cadre",
        "market_head", "market_officer", "selection_secretary", "reviewer", "data_clerk", "auditor", "owner",
        "outsider",
    ],
)  # fmt: skip
def test_nobody_else_reaches_a_wage(role, wage, as_user, request):
    user = request.getfixturevalue(role)
    client = as_user(user)

    for url in pages(wage):
        assert client.get(url).status_code in (403, 404), url
    assert not WageObservation.objects.visible_to(user).exists()
    history = reverse("history", args=["workforce.wageobservation", wage.public_id])
    assert client.get(history).status_code in (403, 404)


def test_the_employer_of_the_worker_reads_nothing(wage, owner, as_user):
    enterprise = wage.person.engagements.get().enterprise
    MembershipFactory(user=owner, enterprise=enterprise)
    client = as_user(owner)

    for url in [*pages(wage), reverse("workforce:wage-ranges")]:
        assert client.get(url).status_code in (403, 404), url
    for name in ("workspace", "home"):
        page = client.get(reverse(name), follow=True).content.decode()
        assert "1.500.000" not in page
        assert "360.000" not in page


def test_a_visitor_is_asked_to_sign_in(wage, client):
    for url in pages(wage):
        assert client.get(url).status_code == 302, url


def test_a_work_area_hides_wages_of_other_districts(wage, workforce_officer, as_user):
    elsewhere = WageFactory(person__name="Orang Selatan", person__ward=Area.objects.get(name="Jenggot", level="ward"))
    assignment = workforce_officer.role_assignments.get()
    assignment.area = wage.person.ward.parent
    assignment.save()
    client = as_user(workforce_officer)

    page = client.get(reverse("workforce:wage-list")).content.decode()

    assert "Siti Terlindungi" in page
    assert "Orang Selatan" not in page
    for url in pages(elsewhere)[1:]:
        assert client.get(url).status_code == 404, url


def test_every_reading_by_name_is_logged(wage, workforce_officer, as_user):
    client = as_user(workforce_officer)
    client.get(reverse("workforce:wage-list"))
    client.get(reverse("workforce:worker-wages", args=[wage.person.public_id]))

    logged = AccessEvent.objects.order_by("pk").values_list("subject_type", "user", "fields")

    fields = ["deductions_idr", "full_time_idr", "gross_idr", "monthly_idr"]
    assert list(logged) == [
        ("workforce.wageobservation", workforce_officer.pk, fields),
        ("workforce.person", workforce_officer.pk, fields),
    ]


# --- The list -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Orang Kaya", "Siti Terlindungi"]),
        ("cari=siti", ["Siti Terlindungi"]),
        ("proses=CAP", ["Orang Kaya"]),
        ("umk=earned", ["Siti Terlindungi"]),
        ("umk=full_time", ["Siti Terlindungi"]),
        ("dasar=slip", ["Orang Kaya"]),
        ("proses=XXX", ["Orang Kaya", "Siti Terlindungi"]),
        ("cari=tidakada", []),
    ],
)
def test_the_list_is_narrowed(query, names, wage, workforce_officer, as_user):
    WageFactory(
        person__name="Orang Kaya",
        step=step("CAP"),
        observed_on=date(2026, 3, 7),
        evidence="slip",
        monthly_idr=Decimal(3_000_000),
        full_time_idr=None,
        hours_per_day=None,
    )

    response = as_user(workforce_officer).get(f"{reverse('workforce:wage-list')}?{query}")

    assert [one.person.name for one, _earned, _full_time in response.context["rows"]] == names


def test_a_nik_never_stands_in_the_address_of_the_list(wage, workforce_officer, as_user):
    response = as_user(workforce_officer).get(reverse("workforce:wage-list"), {"cari": "3375024503909777"})

    assert response.status_code == 302
    assert response["Location"] == reverse("workforce:worker-list")


def test_each_wage_is_held_against_the_marks_of_its_day(wage, workforce_officer, as_user):
    WageFactory(person=wage.person, observed_on=date(2023, 6, 2), monthly_idr=Decimal(659_000), full_time_idr=None)

    response = as_user(workforce_officer).get(reverse("workforce:worker-wages", args=[wage.person.public_id]))

    found = [(str(round(earned.ratio, 4)), earned.floor) for _one, earned, _full in response.context["rows"]]
    assert found == [("0.5554", "unknown"), ("0.2858", "below")]


def test_the_list_asks_the_same_number_of_questions_for_one_and_thirty(wage, workforce_officer, as_user):
    client = as_user(workforce_officer)
    url = reverse("workforce:wage-list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    WageFactory.create_batch(24)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(one)


# --- Without names --------------------------------------------------------------------------------------------------


def test_leaders_read_ranges_from_five_people_on_and_no_names(leader, as_user):
    today = timezone.localdate()
    for number in range(5):
        WageFactory(observed_on=today, monthly_idr=1_000_000 + number * 100_000, full_time_idr=1_500_000)
        if number:
            WageFactory(observed_on=today, step=step("CAP"), monthly_idr=2_222_222)

    page = as_user(leader).get(reverse("workforce:wage-ranges")).content.decode()

    assert "Rp1.200.000" in page
    assert "Rp1.100.000 – Rp1.300.000" in page
    assert "2.220.000" not in page
    assert "Pekerja Contoh" not in page
    assert reverse("workforce:wage-list") not in page


def test_a_person_counts_once_with_the_newest_wage_of_two_years():
    today = timezone.localdate()
    for number in range(4):
        WageFactory(observed_on=today, monthly_idr=1_000_000 + number)
    fifth = PersonFactory()
    WageFactory(person=fifth, observed_on=today - timedelta(days=30), monthly_idr=9_000_000)
    assert queries.wage_range(step(), today).earned.high_idr == 1_000_000
    WageFactory(person=fifth, observed_on=today, monthly_idr=1_000_000)
    found = queries.wage_range(step(), today).earned
    assert (found.people, found.high_idr) == (5, 1_000_000)
    fifth.wage_observations.update(observed_on=F("observed_on") - timedelta(days=800))
    assert queries.wage_range(step(), today).earned is None
