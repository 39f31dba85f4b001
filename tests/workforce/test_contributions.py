"""What the workforce app gives to the shared pages: every figure opens exactly its rows, small groups stay hidden."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from batikportal.contracts import Period, Scope
from batikportal.dashboard import districts
from batikportal.models import Area
from batikportal.queries import areas
from tests.factories.portal import EnterpriseFactory, MembershipFactory
from tests.factories.workforce import (
    ConsentFactory,
    CoverageFactory,
    EngagementFactory,
    PersonFactory,
    covered,
    ward,
)
from workforce import demo, indicators, queries
from workforce.alerts import people as alerts
from workforce.datasets import people as datasets
from workforce.indicators import apprenticeship, succession
from workforce.layers import coverage as layers
from workforce.models import Person
from workforce.panels import people as panels

pytestmark = pytest.mark.django_db

# Figures that count workers open lists of workers; those of apprentices and of succession have pages and tests of their
# own.
BY_CODE = {
    indicator.code: indicator
    for indicator in indicators.INDICATORS
    if indicator not in (*apprenticeship.INDICATORS, *succession.INDICATORS)
}


@pytest.fixture
def scope(today):
    """The city, this year until today."""
    return Scope(period=Period(today.replace(month=1, day=1), today), area=None, today=today)


@pytest.fixture
def registry(monkeypatch, today):
    """Two hundred demo workers."""
    monkeypatch.setattr(demo, "WORKERS_COUNT", 200)
    demo.seed(random.Random(3), [], timezone.make_aware(datetime.combine(today, datetime.min.time())))


def in_district(scope: Scope) -> Scope:
    return Scope(period=scope.period, area=ward().parent, today=scope.today)


def a_year_ago(scope: Scope) -> Scope:
    end = scope.today - timedelta(days=365)
    return Scope(period=Period(end - timedelta(days=90), end), area=None, today=scope.today)


@pytest.mark.parametrize("code", BY_CODE)
@pytest.mark.parametrize("change", [lambda scope: scope, in_district, a_year_ago])
def test_the_rows_behind_a_figure_are_those_counted(code, change, scope, registry, workforce_officer, as_user):
    asked = change(scope)
    indicator = BY_CODE[code]
    reading = indicator.read(asked)

    response = as_user(workforce_officer).get(indicator.rows(asked))

    counted = reading.numerator if reading.numerator is not None else reading.value
    assert response.context["page"].paginator.count == counted > 0


@pytest.mark.parametrize("code", BY_CODE)
def test_an_indicator_without_anybody_has_no_value(code, scope):
    reading = BY_CODE[code].read(scope)

    assert reading.value is None
    assert all(value is None for _label, value in reading.trend)


@pytest.mark.parametrize("code", BY_CODE)
def test_an_indicator_takes_two_queries_and_twelve_months(code, scope, registry):
    with CaptureQueriesContext(connection) as captured:
        reading = BY_CODE[code].read(scope)

    assert len(captured) <= 2
    assert len(reading.trend) == 12
    assert reading.trend[-1][1] == reading.value


def test_the_covered_share_counts_everybody_at_work(scope, today):
    people = [EngagementFactory().person for _ in range(4)]
    covered(people[0])
    CoverageFactory(person=people[1])
    CoverageFactory(person=people[2], status="not_enrolled", segment="", payer="")
    CoverageFactory(person=people[2], programme="jkm", status="not_enrolled", segment="", payer="")
    covered(PersonFactory())

    reading = BY_CODE["workforce.covered_share"].read(scope)

    assert (reading.value, reading.numerator, reading.denominator) == (Decimal("25.0"), 1, 4)
    # Known: the covered one and the one who was checked on both.
    assert reading.completeness == 0.5
    assert reading.fresh_at == date(2026, 1, 5)


def test_a_leader_who_opens_a_figure_gets_counts_without_names(scope, registry, leader, as_user):
    client = as_user(leader)

    for indicator in indicators.INDICATORS:
        response = client.get(indicator.rows(scope))
        assert response.status_code == 200
        assert "Contoh" not in response.content.decode().split("<main")[1].split("</main")[0]


def test_all_districts_side_by_side_are_counted_in_one_pass(scope, registry):
    found = areas.districts()
    with CaptureQueriesContext(connection) as captured:
        pairs = districts.figures_by_district(BY_CODE["workforce.covered_share"], scope, found, {})
    assert sum("workforce_engagement" in query["sql"] for query in captured) == 1
    for area, figure in pairs:
        alone = BY_CODE["workforce.covered_share"].read(replace(scope, area=area))
        assert (figure.reading.numerator, figure.reading.denominator) == (alone.numerator, alone.denominator)


@pytest.mark.parametrize("code", BY_CODE)
@pytest.mark.parametrize("change", [lambda scope: scope, in_district])
def test_a_leader_opens_the_counts_of_exactly_that_figure(code, change, scope, registry, leader, as_user):
    asked = change(scope)
    reading = BY_CODE[code].read(asked)

    response = as_user(leader).get(BY_CODE[code].rows(asked))

    total = response.context["total"]
    if reading.numerator is None:
        assert (response.context["part"], total.whole) == ("", queries.publishable_or_none(reading.value))
    else:
        assert (total.part, total.whole) == (reading.numerator, reading.denominator)
        assert response.context["part"] in response.content.decode()


def test_rows_keep_the_district_and_the_day(scope):
    address = BY_CODE["workforce.uncovered"].rows(in_district(scope))

    assert parse_qs(urlsplit(address).query) == {
        "perlindungan": ["gap"],
        "sampai": [scope.today.isoformat()],
        "kecamatan": ["33.75.02"],
    }


def found(rule: str, scope: Scope) -> list[str]:
    (finder,) = (alert.find for alert in alerts.ALERTS if alert.code == rule)
    answer = finder(scope)
    assert answer.total == len(answer.items)
    return [item.subject for item in answer.items]


def test_alerts_find_what_waits(scope, today):
    soon, gone, tarik = (EngagementFactory(person__name=name).person for name in ("Segera", "Hilang", "Tarik"))
    covered(soon, until_on=today + timedelta(days=10), from_on=today - timedelta(days=300))
    covered(gone, until_on=today - timedelta(days=10), from_on=today - timedelta(days=300))
    CoverageFactory(person=tarik, from_on=today - timedelta(days=300))
    ConsentFactory(person=tarik, withdrawn_at=timezone.now() - timedelta(hours=5))
    PersonFactory(name="Beda", nik_mismatch_reason="unchecked")

    assert found("workforce.lapsing", scope) == ["Segera"]
    assert found("workforce.lapsed", scope) == ["Hilang"]
    assert found("workforce.consent_withdrawn", scope) == ["Tarik"]
    assert found("workforce.use_without_consent", scope) == ["Tarik"]
    assert found("workforce.nik_to_verify", scope) == ["Beda"]


def test_alerts_keep_to_the_district_and_to_fifty(scope, today):
    for _ in range(51):
        covered(EngagementFactory().person, until_on=today + timedelta(days=3), from_on=today - timedelta(days=30))
    other = EngagementFactory(person__ward=ward("33.75.03.1002")).person
    covered(other, until_on=today + timedelta(days=3), from_on=today - timedelta(days=30))

    everywhere, here = alerts.find_lapsing(scope), alerts.find_lapsing(in_district(scope))

    assert (len(everywhere.items), everywhere.total) == (50, 52)
    assert here.total == 51


@pytest.mark.parametrize("rule", [alert.code for alert in alerts.ALERTS])
def test_an_alert_takes_two_queries(rule, scope, registry):
    (finder,) = (alert.find for alert in alerts.ALERTS if alert.code == rule)

    with CaptureQueriesContext(connection) as captured:
        finder(scope)

    assert len(captured) <= 2


def team(enterprise, workers: int, insured: int) -> None:
    for number in range(workers):
        person = EngagementFactory(enterprise=enterprise).person
        if number < insured:
            covered(person)


@pytest.mark.parametrize(
    ("workers", "insured", "word"),
    [(0, 0, "hidden"), (4, 1, "hidden"), (5, 0, "none"), (5, 1, "some"), (5, 5, "all"), (12, 11, "some")],
)
def test_an_owner_reads_about_the_team_in_words_only(workers, insured, word, owner, today):
    team(owner.enterprise, workers, insured)

    read = panels.read_owner(owner, owner.enterprise, today)
    page = render_to_string("workforce/_panel_owner.html", {"panel": read})

    assert (read["workers"], read["protection"]) == (workers, word)
    assert "Pekerja Contoh" not in page
    assert set(read) == {"enterprise", "workers", "protection", "declared"}


def test_the_staff_panel_gives_names_to_nobody_and_small_counts_to_the_labour_office(workforce_officer, leader, today):
    enterprise = EnterpriseFactory()
    team(enterprise, 3, 1)

    officer_reads = panels.read_staff(workforce_officer, enterprise, today)
    leader_reads = panels.read_staff(leader, enterprise, today)

    assert (officer_reads["workers"], officer_reads["covered"], officer_reads["uncovered"]) == (3, 1, 2)
    assert [(step.code, count) for step, count in officer_reads["steps"]] == [("NGL", 3)]
    assert (leader_reads["workers"], leader_reads["covered"], leader_reads["steps"]) == (None, None, [])
    for reads in (officer_reads, leader_reads):
        assert "Pekerja Contoh" not in render_to_string("workforce/_panel_staff.html", {"panel": reads})


@pytest.mark.parametrize(("workers", "shown"), [(0, None), (4, None), (5, 5)])
def test_the_public_panel_shows_five_or_nothing(workers, shown, today):
    team(EnterpriseFactory(), workers, 0)

    read = panels.read_public(None, None, today)

    assert read["workers"] == shown
    assert render_to_string("workforce/_panel_public.html", {"panel": read})


def test_the_map_layer_hides_small_wards(scope):
    for number in range(10):
        person = EngagementFactory(person__ward=ward("33.75.03.1002")).person
        if number < 5:
            covered(person)
    for _ in range(4):
        covered(EngagementFactory(person__ward=ward()).person)
    EngagementFactory(person__ward=None, person__residence_outside="Kab. Batang")

    values = {value.area_code: value.value for value in layers.read_covered_share(scope)}

    assert values == {"33.75.02.1004": None, "33.75.03.1002": Decimal("50.0")}


def test_open_data_are_counts_without_small_cells(registry, monkeypatch):
    districts = Area.objects.filter(level="district").count()
    rows = datasets.rows_by_district()
    steps = datasets.rows_by_step()

    assert len(rows) == districts
    for row in rows:
        assert len(row) == len(datasets.DATASETS[0].columns)
        active, insured = row[3], row[4]
        assert insured is None or (insured >= 5 and active - insured >= 5)
    assert len(steps) == 22
    assert all(count is None or count >= 5 for *_rest, count in steps)
    assert any(count is None for *_rest, count in steps)


def test_open_data_of_four_workers_say_nothing(today):
    team(EnterpriseFactory(), 4, 2)

    assert [row[3:] for row in datasets.rows_by_district()] == [[None, None, None]]


def facts() -> list[tuple]:
    return list(Person.objects.order_by("pk").values_list("name", "birth_on", "public_id"))


def test_the_demo_is_the_same_every_time(db, monkeypatch, today):
    monkeypatch.setattr(demo, "WORKERS_COUNT", 200)
    at = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    with transaction.atomic():
        demo.seed(random.Random(3), [], at)
        first = facts()
        transaction.set_rollback(True)
    demo.seed(random.Random(3), [], at)

    assert len(first) >= 200
    assert facts() == first


def test_the_demo_is_plainly_fictitious_and_of_valid_form(registry, today):
    people = Person.objects.order_by("pk")
    serials = [person.nik.reveal()[-4:] for person in people if person.nik]

    assert all("Contoh" in person.name for person in people)
    assert all(serial >= "9001" for serial in serials)
    ages = sorted(person.age_on(today).years for person in people if person.age_on(today).years)
    assert 40 <= ages[len(ages) // 2] <= 52
    assert all(queries.stored_nik(person) for person in people if person.nik)


def test_an_owner_cannot_see_the_team_of_another(owner, as_user, today):
    other = EnterpriseFactory()
    team(other, 6, 6)
    MembershipFactory(user=owner, enterprise=EnterpriseFactory())

    assert panels.read_owner(owner, owner.enterprise, today)["workers"] == 0
