"""Counts and lists agree with the rules, on made-up registries of many kinds of people."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories.workforce import (
    ConsentFactory,
    CoverageFactory,
    EngagementFactory,
    PersonFactory,
    covered,
    ward,
)
from workforce import demo, queries, rules
from workforce.choices import AgeBand, CoverageState
from workforce.models import Person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def registry(monkeypatch):
    """Three hundred demo workers without enterprises: every state of work, insurance and age."""
    monkeypatch.setattr(demo, "WORKERS_COUNT", 300)
    demo.seed(random.Random(7), [], timezone.make_aware(datetime(2026, 11, 23, 10)))


def test_coverage_state_of_the_database_is_that_of_the_rules(registry):
    people = queries.with_coverage_state(Person.objects.prefetch_related("coverage_periods"), TODAY)

    found = [
        (person.coverage_state, rules.coverage_state(list(person.coverage_periods.all()), TODAY)) for person in people
    ]

    assert len(found) == 300
    assert all(by_database == by_rule for by_database, by_rule in found)
    assert {state for state, _ in found} == set(CoverageState.values)


@pytest.mark.parametrize("on", [TODAY, date(2026, 3, 1), date(2025, 6, 30)])
def test_counts_of_a_day_are_those_of_the_lists(registry, on):
    active = queries.active_workers(Person.objects.all(), on)
    (counts,) = queries.coverage_counts([on], None)

    assert counts.active == active.count()
    assert counts.covered == queries.covered_people(active, on).count()
    assert counts.uncovered == queries.uncovered_people(active, on).count()
    assert counts.known == sum(
        1
        for person in active.prefetch_related("coverage_periods")
        if {"jkk", "jkm"} <= {period.programme for period in person.coverage_periods.all() if period.from_on <= on}
    )
    ages = [person.age_on(on).years for person in active]
    assert counts.aged == sum(years is not None for years in ages)
    assert counts.young == sum(years is not None and years < 35 for years in ages)


def test_counts_of_a_district_and_by_ward_add_up(registry):
    district = ward().parent
    (counts,) = queries.coverage_counts([TODAY], district)
    rows = queries.covered_by_ward(Person.objects.all(), TODAY)
    (city,) = queries.coverage_counts([TODAY], None)

    assert counts.active == sum(row.whole for row in rows if row.ward and row.ward.parent == district)
    assert city.active == sum(row.whole for row in rows)
    assert city.covered == sum(row.part for row in rows)
    assert rows[-1].ward is None


def test_age_bands_share_out_everybody(registry):
    bands = [band for band in AgeBand if band not in (AgeBand.UNDER_35_ALL, AgeBand.OVER_50)]

    counts = [Person.objects.filter(queries.aged(band, TODAY)).count() for band in bands]

    assert sum(counts) == Person.objects.count() >= 300
    assert Person.objects.filter(queries.aged(AgeBand.UNDER_35_ALL, TODAY)).count() == counts[0] + counts[1]


def test_month_ends_go_back_from_the_day():
    assert queries.month_ends(date(2026, 3, 15), 4) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 15),
    ]


def lapsing() -> list[str]:
    people = queries.active_workers(Person.objects.all(), TODAY)
    return [person.name for person in queries.lapsing_people(people, TODAY)]


@pytest.mark.parametrize(
    ("until_on", "found"),
    [
        (TODAY - timedelta(days=1), []),
        (TODAY, ["Siti"]),
        (TODAY + timedelta(days=30), ["Siti"]),
        (TODAY + timedelta(days=31), []),
        (None, []),
    ],
)
def test_lapses_are_foreseen_thirty_days_ahead(until_on, found):
    person = EngagementFactory(person__name="Siti").person
    covered(person, until_on=until_on)

    assert lapsing() == found


def test_a_membership_that_goes_on_does_not_lapse():
    person = EngagementFactory(person__name="Siti").person
    covered(person, until_on=date(2026, 12, 1))
    covered(person, from_on=date(2026, 12, 2))

    assert lapsing() == []


def test_a_membership_of_somebody_who_left_does_not_matter():
    person = EngagementFactory(until_on=date(2026, 1, 1), exit_reason="retired").person
    covered(person, until_on=date(2026, 12, 1))

    assert lapsing() == []


def test_lapsed_people_are_those_who_did_not_get_it_back():
    gone, back = PersonFactory(name="Hilang"), PersonFactory(name="Kembali")
    for person in (gone, back):
        covered(person, until_on=date(2026, 10, 31))
    covered(back, from_on=date(2026, 11, 1))
    PersonFactory(name="Belum pernah")

    found = queries.lapsed_people(Person.objects.all(), TODAY, since=date(2026, 9, 1))

    assert [(person.name, person.lapsed_on) for person in found] == [("Hilang", date(2026, 10, 31))]
    assert not queries.lapsed_people(Person.objects.all(), TODAY, since=date(2026, 11, 1)).exists()


def test_step_counts_count_a_person_once_a_step():
    engagement = EngagementFactory(steps=["NGL", "ISN"])
    EngagementFactory(person=engagement.person, is_main=False, steps=["NGL"])
    EngagementFactory(steps=["NGL"], until_on=date(2026, 1, 1), exit_reason="retired")

    counts = {step.code: count for step, count in queries.step_counts(TODAY)}

    assert (counts["NGL"], counts["ISN"], counts["CAP"]) == (1, 1, 0)
    assert len(counts) == 22


def test_uses_without_consent_are_those_paid_after_withdrawal():
    withdrawn, standing, never = (EngagementFactory(person__name=name).person for name in ("Tarik", "Setuju", "Tanpa"))
    for person in (withdrawn, standing, never):
        CoverageFactory(person=person)
    ConsentFactory(person=withdrawn, withdrawn_at=timezone.make_aware(datetime(2026, 6, 1)))
    ConsentFactory(person=standing)

    assert [person.name for person in queries.uses_without_consent(TODAY)] == ["Tarik"]


@pytest.mark.parametrize(
    ("on", "value"),
    [(date(2026, 1, 1), 2_700_926), (date(2025, 12, 31), 2_545_138), (date(2017, 12, 31), None)],
)
def test_a_reference_figure_is_that_of_its_day(on, value):
    figure = queries.figure_on("umk_pekalongan", on)

    assert (figure.value if figure else None) == value


def test_the_programme_window_comes_from_the_dated_table():
    assert queries.programme_age_window(TODAY) == (18, 65)
    assert queries.programme_age_window(date(2020, 1, 1)) is None
