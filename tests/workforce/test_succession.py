"""The catalogue of succession: values counted by hand, what cannot be told, rows opened, and what is hidden."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.contracts import Period, Scope
from batikportal.models import Area
from tests.factories import portal
from tests.factories.apprenticeship import CandidateFactory, CohortFactory, learning
from tests.factories.workforce import EngagementFactory, step
from tests.workforce.test_apprenticeship_figures import finished
from tests.workforce.test_knowledge import masters
from tests.workforce.test_projection import worked
from workforce import catalogue
from workforce.datasets import succession as datasets
from workforce.indicators import succession as indicators
from workforce.layers import succession as layers
from workforce.models import Person, Placement
from workforce.queries import succession as queries
from workforce.rules.retention import months_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(client):
    client.force_login(portal.StaffFactory(role="workforce_head", office="dinperinaker"))
    return client


@pytest.fixture
def leader(client):
    client.force_login(portal.StaffFactory(role="leader", office="mayor"))
    return client


@pytest.fixture
def today():
    return timezone.localdate()


def born(today, years: int):
    return today - timedelta(days=round(years * 365.25) + 30)


@pytest.fixture
def registry(today):
    """Twelve at work, three of them since this year; seven of 50 and older went within the year."""
    for age in (20, 25, 30):
        worked((today - timedelta(days=100), None, ""), born=born(today, age))
    for age in (34, 36, 41, 44, 47, 52, 56, 61):
        worked((today - timedelta(days=3_000), None, ""), born=born(today, age))
    worked((today - timedelta(days=3_000), None, ""), born=None)
    for age in (51, 55, 58, 60, 62, 64, 66):
        worked((today - timedelta(days=3_000), today - timedelta(days=200), "retired"), born=born(today, age))
    worked((today - timedelta(days=3_000), today - timedelta(days=200), "laid_off"), born=born(today, 40))


def lines(today, sees_people: bool = True) -> dict[str, catalogue.Line]:
    return {line.code: line for line in catalogue.catalogue(queries.gathered(today), None, None, sees_people)}


def scope(today, area=None) -> Scope:
    return Scope(Period(today - timedelta(days=30), today), area, today)


# --- Values ---------------------------------------------------------------------------------------------------------


def test_every_code_of_the_catalogue_has_a_line(today):
    assert list(lines(today)) == [
        "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8 (6)", "S8 (12)", "S8m (6)", "S8m (12)", "S9", "S10", "S11",
        "S12", "S13", "S14", "S15", "S16",
    ]  # fmt: skip
    assert all(line.value or line.note for line in lines(today).values())


def test_ages_and_replacement_by_hand(registry, today):
    found = lines(today)
    assert (found["S1"].numerator, found["S1"].denominator) == ("11", "12")
    assert found["S2"].value == "41,0"
    assert (found["S3"].value, found["S3"].numerator, found["S3"].denominator) == ("36,4%", "4", "11")
    assert (found["S4"].value, found["S5"].value) == ("27,3%", "133")
    # Three young entrants for seven old leavers, for eight leavers in all.
    assert (found["S6"].value, found["S6"].numerator, found["S6"].denominator) == ("0,43", "3", "7")
    assert (found["S7"].value, found["S7"].denominator) == ("0,38", "8")


def test_retention_counts_elapsed_windows_only(today):
    for days, left in ((500, None), (450, None), (430, 300), (420, 350), (410, None), (100, None)):
        until = today - timedelta(days=left) if left else None
        worked((today - timedelta(days=days), until, "laid_off" if until else ""))
    found = lines(today)["S8 (12)"]
    assert (found.value, found.numerator, found.denominator) == ("60%", "3", "5")
    assert found.note.startswith("Selang 95%: 23,1%–88,2%")


def test_few_elapsed_windows_give_no_share(today):
    worked((today - timedelta(days=500), None, ""))
    assert lines(today)["S8 (12)"].value == ""


def test_skills_of_steps(today):
    masters(2, born=born(today, 30))
    masters(4, born=born(today, 60))
    masters(3, "CLT", level=4, born=born(today, 50))
    found = lines(today)
    # Nglowong has fewer young than old; colet has nobody old to compare with.
    assert (found["S13"].value, found["S13"].denominator) == ("1", "1")
    assert (found["S12"].value, found["S12"].numerator) == ("100%", "3")
    # Three masters at colet; the other steps have none, and none works there.
    assert found["S14"].numerator == "21"


def test_apprentices_by_hand(today):
    cohort = CohortFactory(seats=99)
    for days in (200, 150, 120, 100, 20):
        finished(today - timedelta(days=days), cohort=cohort)
    for one in Placement.objects.order_by("pk")[:2]:
        EngagementFactory(person=one.person, from_on=one.ended_on + timedelta(days=30))
    late = Placement.objects.order_by("pk")[2]
    EngagementFactory(person=late.person, from_on=late.ended_on + timedelta(days=91))
    learning(cohort=cohort)
    found = lines(today)
    assert (found["S9"].value, found["S9"].denominator) == ("100%", "5")
    assert found["S9"].note == "1 masih belajar dan belum dihitung."
    # Twenty days ago is too early to tell; 91 days after the end is too late.
    assert (found["S10"].value, found["S10"].numerator, found["S10"].denominator) == ("50%", "2", "4")
    assert (found["S11"].value, found["S12"].value) == ("1,00", "100%")


def test_apprentices_learn_the_steps_of_their_placement(today):
    learning().placement_steps.create(step=step("CLT"))
    EngagementFactory(person__number=None, role="trainee", steps=["CLT"])
    found = {one.step.code: one.learners for one in queries.gathered(today).steps}
    assert found["CLT"] == 2


def test_firms_with_an_heir(today):
    owner = EngagementFactory(person__birth_on=born(today, 60), role="own_account").person
    firm = owner.engagements.get().enterprise
    assert (lines(today)["S15"].value, lines(today)["S15"].denominator) == ("0%", "1")
    CandidateFactory(plan__kind="owner", plan__person=owner, plan__enterprise=firm, plan__step=None)
    assert lines(today)["S15"].value == "100%"


def test_what_is_not_recorded_cannot_be_told(today):
    found = lines(today)
    assert all(not found[code].value for code in ("S9", "S10", "S12", "S13", "S14", "S15", "S16"))
    assert found["S14"].note == "Belum dapat dikatakan: keahlian belum dicatat."


# --- Who sees what --------------------------------------------------------------------------------------------------


def test_without_names_small_counts_are_hidden(registry, today):
    found = lines(today, sees_people=False)
    assert [found[code].value for code in ("S3", "S4", "S5", "S6", "S7")] == [""] * 5
    assert found["S2"].value == "41,0"


def test_pages_of_leaders_hold_no_names(registry, leader):
    for name in ("succession", "succession-moves", "succession-retention"):
        page = leader.get(reverse(f"workforce:{name}"))
        assert page.status_code == 200
        assert "Pekerja Contoh" not in page.content.decode()
    moves = {line.label: line for line in leader.get(reverse("workforce:succession-moves")).context["lines"]}
    assert (moves["Masuk bersih"].total, moves["Berhenti karena usia"].total) == (None, 7)


@pytest.mark.parametrize("name", ["succession", "succession-moves", "succession-retention"])
@pytest.mark.parametrize("role", ["market_officer", "cadre"])
def test_others_are_refused(client, name, role):
    client.force_login(portal.StaffFactory(role=role, office="dindagkop"))
    assert client.get(reverse(f"workforce:{name}")).status_code == 403


# --- Rows -----------------------------------------------------------------------------------------------------------


def test_figures_open_the_people_they_count(registry, head, today):
    found = lines(today)
    for code, count in (("S1", 12), ("S3", 4), ("S4", 3)):
        assert head.get(found[code].url).context["page"].paginator.count == count
    page = head.get(found["S6"].url)
    ways = [str(way) for _one, _person, way in page.context["rows"]]
    assert (ways.count("Masuk bersih"), ways.count("Berhenti karena usia"), len(ways)) == (3, 7, 11)
    stayed = head.get(found["S8 (12)"].url)
    assert stayed.context["page"].paginator.count == 3


def test_people_outside_the_area_of_an_officer_are_not_named(registry, client):
    elsewhere = Area.objects.get(code="33.75.01", valid_until__isnull=True)
    officer = portal.StaffFactory(role="workforce_officer", office="dinperinaker")
    officer.role_assignments.update(area=elsewhere)
    client.force_login(officer)
    page = client.get(reverse("workforce:succession-moves"))
    assert {person for _one, person, _way in page.context["rows"]} == {None}
    assert "Pekerja Contoh" not in page.content.decode()


def test_the_page_asks_the_same_number_of_queries(registry, head, today):
    url = reverse("workforce:succession-moves")
    head.get(url)
    with CaptureQueriesContext(connection) as few:
        head.get(url)
    for _n in range(20):
        worked((today - timedelta(days=50), None, ""))
    with CaptureQueriesContext(connection) as many:
        head.get(url)
    assert len(many) == len(few)


# --- Contributions --------------------------------------------------------------------------------------------------


def test_replacement_stands_beside_total_replacement(registry, today):
    for age in (21, 22, 23):
        worked((today - timedelta(days=90), None, ""), born=born(today, age))
    asked = scope(today)
    young, total = indicators.read_replacement(asked), indicators.read_total_replacement(asked)
    assert (young.numerator, young.denominator, str(young.value)) == (6, 7, "0.86")
    assert (total.numerator, total.denominator, str(total.value)) == (6, 8, "0.75")
    assert "0,75" in young.note


def test_indicators_withhold_small_counts_and_know_no_data(registry, today):
    assert indicators.read_replacement(scope(today)).withheld
    Person.objects.all().delete()
    for read in (indicators.read_replacement, indicators.read_total_replacement, indicators.read_retention,
                 indicators.read_steps_at_risk):  # fmt: skip
        assert (read(scope(today)).value, read(scope(today)).withheld) == (None, "")


def test_steps_at_risk_are_those_of_the_page(head, today):
    masters(2)
    masters(4, "CLT")
    reading = indicators.read_steps_at_risk(scope(today))
    page = head.get(indicators.INDICATORS[3].rows(scope(today)))
    assert reading.value == page.context["red_count"]
    district = Area.objects.get(code="33.75.02", valid_until__isnull=True)
    assert indicators.read_steps_at_risk(scope(today, district)).withheld


def test_flows_of_a_district_are_those_of_its_residents(registry, today):
    there, elsewhere = (Area.objects.get(code=code, valid_until__isnull=True) for code in ("33.75.02", "33.75.01"))
    assert indicators.read_total_replacement(scope(today, elsewhere)).value is None
    assert queries.gathered(today, area=there).flows.exits_total == 8


def test_open_data_hide_small_cells_and_their_neighbours(today):
    masters(3)
    masters(6, "CLT")
    found = {row[1]: row[3] for row in datasets.rows_of_masters()}
    assert (found["NGL"], found["CLT"]) == (None, 6)
    for age in (30, 31, 32, 33, 34):
        worked((today - timedelta(days=300), None, ""), born=born(today, age))
    worked((today - timedelta(days=300), None, ""), born=born(today, 22))
    ages = {row[1]: row[2] for row in datasets.rows_of_ages()}
    assert (ages["20–24"], ages["30–34"], ages["55–59"]) == (None, None, 9)


def test_the_map_shows_median_ages_of_five_and_more(registry, today):
    shown = {value.area_code: value.value for value in layers.read_median_age(scope(today))}
    assert shown == {"33.75.02.1004": 41.0}
    Person.objects.filter(pk__in=Person.objects.order_by("pk").values("pk")[3:]).delete()
    assert [value.value for value in layers.read_median_age(scope(today))] == [None]


def test_a_year_ends_today(today):
    assert queries.gathered(today).flows.start == months_after(today, -12)
