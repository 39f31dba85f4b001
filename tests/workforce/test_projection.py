"""Scenarios of succession: what the registry tells, what is kept for ever, who may do what, and what is hidden."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import portal
from tests.factories.workforce import EngagementFactory, PersonFactory, step, ward
from workforce.actions import projection as actions
from workforce.models import (
    Engagement,
    EngagementStep,
    Person,
    ProjectionCell,
    ProjectionRun,
    ProjectionScenario,
    RateAssumption,
)
from workforce.queries import projection as queries
from workforce.queries import scenarios
from workforce.rules.retention import Spell, months_after
from workforce.rules.scenarios import Plan

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 27)
AT = datetime(2026, 11, 27, 3, tzinfo=UTC)
LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


def worked(
    *spans: tuple[date, date | None, str], born: date | None = date(1990, 3, 5), created_at: datetime = LONG_AGO
) -> Person:
    """Somebody registered long ago with these engagements: from, until, reason of the end."""
    somebody = PersonFactory(number=None, birth_on=born)
    Person.objects.filter(pk=somebody.pk).update(created_at=created_at)
    for from_on, until_on, reason in spans:
        EngagementFactory(
            person=somebody, from_on=from_on, until_on=until_on, exit_reason=reason, is_main=until_on is None
        )
    return somebody


def workers(count: int, born: date | None = date(1980, 1, 1)) -> None:
    """People at work since 2020, registered long ago, at nglowong."""
    home, waxing = ward(), step()
    people = Person.objects.bulk_create(
        Person(name=f"Pekerja Contoh {n}", birth_on=born, sex="F", ward=home, created_at=LONG_AGO) for n in range(count)
    )
    made = Engagement.objects.bulk_create(
        Engagement(person=person, role="own_account", from_on=date(2020, 1, 1)) for person in people
    )
    EngagementStep.objects.bulk_create(EngagementStep(engagement=one, step=waxing) for one in made)


@pytest.fixture
def run(db) -> ProjectionRun:
    workers(12)
    return actions.save_scenario(name="Dasar", plan=Plan(intake=3), on=ON, by=portal.UserFactory(), at=AT)


# --- What the registry tells ----------------------------------------------------------------------------------------


def test_stock_counts_people_once_by_age_and_unknown_ages_apart():
    somebody = worked((date(2020, 1, 1), None, ""), born=date(1996, 11, 28))
    EngagementFactory(person=somebody, is_main=False, steps=["CLT"])
    worked((date(2020, 1, 1), None, ""), born=None)
    year_only = worked((date(2020, 1, 1), None, ""), born=None)
    Person.objects.filter(pk=year_only.pk).update(birth_year=1950)
    worked((date(2020, 1, 1), date(2026, 11, 26), "retired"))
    worked((date(2020, 1, 1), date(2026, 11, 27), "retired"), born=date(2012, 1, 1))

    found = queries.stock(ON)

    assert (found.ages[29 - 15], found.ages[-1], found.unknown, found.total) == (1, 1, 2, 4)
    assert queries.stock(ON, step("CLT")).total == 1
    assert queries.stock(date(2019, 6, 1)).total == 0


def test_people_registered_later_are_not_in_the_stock_of_a_day():
    worked((date(2020, 1, 1), None, ""), created_at=datetime(2026, 5, 1, tzinfo=UTC))
    assert queries.stock(date(2026, 4, 30)).total == 0
    now = queries.stock(ON, then=date(2025, 11, 27))
    assert (now.total, now.late) == (0, 1)


def test_moving_to_another_workshop_within_ninety_days_is_one_spell():
    begun = date(2024, 1, 1)
    worked((begun, date(2024, 6, 30), "other_principal"), (date(2024, 9, 28), None, ""))
    worked((begun, date(2024, 6, 30), "laid_off"), (date(2024, 9, 29), None, ""))

    spells = [one.spell for one in queries.newcomers(date(2023, 1, 1), ON)]

    assert sorted(spells, key=lambda spell: (spell.from_on, spell.until_on or ON)) == [
        Spell(begun, date(2024, 6, 30)), Spell(begun), Spell(date(2024, 9, 29)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("until_on", "reason", "left"),
    [
        (date(2025, 6, 1), "laid_off", True),
        (date(2025, 6, 1), "died", True),
        (date(2025, 6, 1), "unknown", None),
        # Moved long ago, and nobody registered where to.
        (date(2025, 6, 1), "other_principal", None),
        (date(2026, 10, 1), "other_principal", False),
    ],
)
def test_how_the_end_of_a_spell_is_read(until_on, reason, left):
    worked((date(2024, 1, 1), until_on, reason))
    assert [one.spell.left for one in queries.newcomers(date(2023, 1, 1), ON)] == [left]


def test_a_beginning_of_unknown_date_is_no_newcomer():
    somebody = worked((date(2026, 1, 1), None, ""))
    Engagement.objects.filter(person=somebody).update(start_is_unknown=True)
    assert queries.newcomers(date(2023, 1, 1), ON) == []
    flows = queries.flows(date(2025, 11, 27), ON)
    assert (flows.entrants_total, flows.undated) == (0, 1)


def test_flows_compare_who_was_at_work_then_and_now():
    start = date(2025, 11, 27)
    worked((date(2020, 1, 1), None, ""))
    worked((date(2026, 1, 1), None, ""), born=date(2000, 1, 1))
    worked((date(2020, 1, 1), date(2026, 2, 1), "retired"), born=date(1970, 1, 1))
    worked((date(2020, 1, 1), date(2026, 2, 1), "unknown"), born=None)
    # Came and went within the year: neither.
    worked((date(2026, 1, 1), date(2026, 3, 1), "laid_off"))
    # Moved lately: still in the craft.
    worked((date(2020, 1, 1), date(2026, 11, 1), "other_principal"))

    flows = queries.flows(start, ON)

    assert (flows.entrants_total, flows.entrants_young, flows.exits_total, flows.exits_old) == (1, 1, 2, 1)
    assert flows.exits_unknown_age["unknown"] == 1


def test_person_years_begin_with_registration():
    registered = datetime(2026, 5, 27, 12, tzinfo=UTC)
    worked((date(2010, 1, 1), None, ""), born=date(1970, 1, 1), created_at=registered)
    worked((date(2010, 1, 1), date(2026, 1, 1), "retired"), born=date(1970, 1, 1), created_at=registered)

    seen = queries.exposures(ON)[8]

    assert seen.person_years == pytest.approx((ON - date(2026, 5, 27)).days / 365.25)
    assert seen.retire == 0


def test_person_years_and_events_of_three_years_by_age_then():
    worked((date(2010, 1, 1), date(2026, 1, 1), "laid_off"), born=date(1976, 1, 1))
    worked((date(2010, 1, 1), date(2023, 1, 1), "died"), born=date(1976, 1, 1))

    seen = queries.exposures(ON)

    assert sum(one.person_years for one in seen) == pytest.approx(768 / 365.25, abs=0.01)
    # 47 at first, 49 in the year of leaving.
    assert (seen[6].leave, seen[6].death, seen[7].leave) == (1, 0, 0)


def test_a_suggestion_goes_on_as_the_registry_saw():
    for _n in range(20):
        worked((date(2025, 1, 1), None, ""), born=date(2005, 1, 1))
    worked((date(2026, 6, 1), None, ""), born=date(1980, 1, 1))

    found = scenarios.suggested(ON)

    assert (found.plan.intake, found.plan.retention, found.newcomers) == (1, 100.0, 1)
    assert (found.plan.share_20, found.plan.share_35) == (95, 0)
    assert found.retention.elapsed == 20


def test_with_few_newcomers_the_suggestion_says_that_it_assumes():
    found = scenarios.suggested(ON)
    assert (found.plan.retention, found.retention) == (65.0, None)


def test_missing_assumptions_are_told_and_never_zero(client):
    RateAssumption.objects.filter(cause="death", first_age=40).delete()
    with pytest.raises(queries.MissingAssumption):
        queries.assumptions(ON)
    client.force_login(portal.StaffFactory(role="planner", office="bappeda"))
    answer = client.get(reverse("workforce:projection"))
    assert answer.status_code == 200
    assert "belum lengkap" in answer.content.decode()


# --- What is kept ---------------------------------------------------------------------------------------------------


def test_a_run_reads_back_as_it_was_worked_out(run):
    fresh = scenarios.worked_out(run.scenario.plan, None, True, ON)
    kept = scenarios.read_back([run])[0]
    assert kept.outlook == fresh.outlook
    assert kept.plan == fresh.plan
    assert kept.rates == fresh.rates
    assert kept.stock.total == 12
    assert ProjectionCell.objects.filter(run=run).count() == 3 * 11 * 13


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE workforce_projectionrun SET "on" = current_date',
        "DELETE FROM workforce_projectionrun",
        "UPDATE workforce_projectioncell SET people = 1",
        "DELETE FROM workforce_projectioncell",
        "UPDATE workforce_projectionscenario SET intake = 5",
        "UPDATE workforce_projectionscenario SET note = 'x'",
        "DELETE FROM workforce_projectionscenario",
    ],
)
def test_nothing_kept_is_changed_by_any_path(run, statement):
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"years": 31}, "years_within"),
        ({"retires_from": 44}, "years_within"),
        ({"intake": -1}, "people_within"),
        ({"share_15": 50, "share_20": 40, "share_25": 11}, "shares_make_a_whole"),
        ({"share_35": 1}, "shares_make_a_whole"),
        ({"retention": 101}, "changes_within"),
        ({"wage_change": -51}, "changes_within"),
        ({"archived_at": AT}, "archived_by_somebody"),
    ],
)
def test_the_database_refuses_impossible_assumptions(changes, constraint):
    values = {name: getattr(Plan(), name) for name in ProjectionScenario.ASSUMPTIONS} | changes
    with pytest.raises(IntegrityError, match=f"projectionscenario_{constraint}"), transaction.atomic():
        ProjectionScenario.objects.create(name="x", **values)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"probability": 1.2}, "is_a_probability"),
        ({"first_age": 17}, "age_group"),
        ({"cause": "retire", "first_age": 45}, "nobody_retires_before_fifty"),
    ],
)
def test_the_database_refuses_impossible_rates(changes, constraint):
    given = {"cause": "leave", "first_age": 20, "probability": 0.1, "valid_from": ON, "source_text": "x"} | changes
    with pytest.raises(IntegrityError, match=f"rateassumption_{constraint}"), transaction.atomic():
        RateAssumption.objects.create(**given)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"people": -1}, "not_negative"), ({"first_age": 16}, "age_group"), ({"first_age": None}, "once")],
)
def test_the_database_refuses_impossible_cells(run, changes, constraint):
    given = {"case": "base", "year": 0, "first_age": 15, "people": 1, "leave": 0, "death": 0, "retire": 0,
             "entrants": 0} | changes  # fmt: skip
    with pytest.raises(IntegrityError, match=f"projectioncell_{constraint}"), transaction.atomic():
        ProjectionCell.objects.create(run=run, **given)


def test_a_name_is_given_once_until_it_is_archived(run):
    again = {"name": "Dasar", "plan": Plan(), "on": ON, "by": run.created_by, "at": AT}
    with pytest.raises(actions.ScenarioNameTaken):
        actions.save_scenario(**again)
    actions.archive_scenario(scenario=run.scenario, by=run.created_by, at=AT)
    actions.save_scenario(**again)
    with pytest.raises(actions.ScenarioNameTaken):
        actions.restore_scenario(scenario=run.scenario, by=run.created_by, at=AT)
    with pytest.raises(actions.ScenarioIsArchived):
        actions.run_scenario(scenario=run.scenario, on=ON, by=run.created_by, at=AT)


# --- Back-test ------------------------------------------------------------------------------------------------------


def test_back_test_sets_last_years_run_against_the_registry():
    workers(20)
    year_ago = date(2025, 11, 27)
    old = actions.save_scenario(name="Lalu", plan=Plan(intake=0), on=year_ago, by=None, at=AT)
    late = worked((date(2020, 1, 1), None, ""), created_at=datetime(2026, 5, 1, tzinfo=UTC))
    Engagement.objects.exclude(person=late).filter(pk__in=Engagement.objects.order_by("pk")[:3].values("pk")).update(
        until_on=date(2026, 2, 1), exit_reason="retired"
    )

    result = scenarios.read_back([old])[0]
    found = scenarios.back_test(result, ON)

    assert (found.year, found.day, found.actual.total, found.actual.late) == (1, ON, 17, 1)
    base = result.outlook.courses["base"][1].total
    assert found.error == pytest.approx((base - 17) / 17)
    assert scenarios.back_test(result, date(2026, 11, 26)) is None


# --- Pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def head(client):
    client.force_login(portal.StaffFactory(role="workforce_head", office="dinperinaker"))
    return client


@pytest.fixture
def planner(client):
    client.force_login(portal.StaffFactory(role="planner", office="bappeda"))
    return client


TYPED = {
    "step": "", "years": "10", "intake": "60", "retention": "65", "direct_hires": "0", "share_15": "51,3",
    "share_20": "35,9", "share_25": "12,8", "share_30": "0", "share_35": "0", "retires_from": "50",
    "leave_change": "-10", "wage_change": "20", "wage_keeps": "5", "wage_draws": "0", "uncertainty": "20",
    "method": "m0",
}  # fmt: skip


def test_the_page_answers_at_once_and_with_typed_assumptions(head):
    workers(6)
    plain = head.get(reverse("workforce:projection"))
    assert plain.context["shown"].first.people == 6
    typed = head.get(reverse("workforce:projection"), TYPED)
    assert typed.context["plan"].net_entrants == pytest.approx(39)
    assert typed.context["plan"].leave_change == -10
    assert len(typed.context["shown"].years) == 11


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"years": "31"}, "30"),
        ({"intake": "banyak"}, "banyak"),
        ({"retention": "101"}, "100"),
        ({"share_15": "70"}, "lebih dari 100%"),
        ({"step": "XXX"}, "Masukkan pilihan yang valid"),
        ({"method": "m9"}, "m9"),
        ({"intake": ""}, "Isi"),
    ],
)
def test_bad_assumptions_are_told_and_nothing_typed_is_lost(head, change, words):
    answer = head.get(reverse("workforce:projection"), TYPED | change)
    assert answer.status_code == 200
    assert "shown" not in answer.context
    assert any(words in str(errors) for errors in answer.context["form"].errors.values())
    assert answer.context["form"]["direct_hires"].value() == "0"


def test_saving_keeps_the_plan_with_its_run(planner):
    workers(6)
    answer = planner.post(reverse("workforce:projection-save"), TYPED | {"name": "Magang 60", "note": "Rencana"})
    run = ProjectionRun.objects.get()
    assert answer.url == reverse("workforce:projection-run", args=[run.public_id])
    assert run.scenario.plan.share_15 == 51.3
    page = planner.get(answer.url)
    assert "Magang 60" in page.content.decode()
    copied = planner.get(f"{reverse('workforce:projection')}?{page.context['query']}")
    assert copied.context["form"].plan() == run.scenario.plan


def test_saving_without_a_name_or_under_a_known_one_keeps_nothing(planner, run):
    for name in ("", "Dasar"):
        answer = planner.post(reverse("workforce:projection-save"), TYPED | {"name": name})
        assert answer.status_code == 422
        assert answer.context["form"]["intake"].value() == "60"
        assert answer.context["naming"].errors
    assert ProjectionScenario.objects.count() == 1


def test_scenarios_are_compared_side_by_side(planner, run):
    other = actions.save_scenario(
        name="Lebih lama", plan=Plan(intake=9, years=15, method="m1"), on=ON, by=run.created_by, at=AT
    )
    page = planner.get(reverse("workforce:projection-compare"), {"s": [run.public_id, other.public_id]})
    assert page.context["runs"] == [run, other]
    assert len(page.context["chart"].paths) == 2
    assert all(len(line.cells) == 2 for line in [*page.context["lines"], *page.context["assumptions"]])


def test_comparing_needs_two_to_four_and_knows_no_strangers(planner, run):
    url = reverse("workforce:projection-compare")
    assert planner.get(url, {"s": run.public_id}).url == reverse("workforce:projection-list")
    assert planner.get(url, {"s": [run.public_id, "00000000-0000-4000-8000-000000000000"]}).status_code == 404
    assert planner.get(url, {"s": "x"}).status_code == 404


def test_list_finds_archives_and_restores(planner, run):
    url = reverse("workforce:projection-list")
    assert [one.name for one in planner.get(url, {"cari": "das"}).context["page"]] == ["Dasar"]
    planner.post(reverse("workforce:projection-archive", args=[run.scenario.public_id]))
    assert list(planner.get(url).context["page"]) == []
    assert [one.name for one in planner.get(url, {"arsip": "on"}).context["page"]] == ["Dasar"]
    planner.post(reverse("workforce:projection-restore", args=[run.scenario.public_id]))
    assert len(planner.get(url).context["page"]) == 1


def test_running_again_keeps_the_run_before(planner, run):
    planner.post(reverse("workforce:projection-rerun", args=[run.scenario.public_id]))
    newer = run.scenario.runs.exclude(pk=run.pk).get()
    assert newer.on == timezone.localdate()
    page = planner.get(newer.get_absolute_url())
    assert list(page.context["runs"]) == sorted([newer, run], key=lambda one: one.on, reverse=True)


def test_list_asks_the_same_number_of_queries(planner, run):
    url = reverse("workforce:projection-list")
    with CaptureQueriesContext(connection) as few:
        planner.get(url)
    for n in range(29):
        actions.run_scenario(scenario=run.scenario, on=ON, by=None, at=AT) if n < 2 else None
        actions.save_scenario(name=f"Skenario {n}", plan=Plan(years=1), on=ON, by=None, at=AT)
    with CaptureQueriesContext(connection) as many:
        planner.get(url)
    assert len(many) == len(few)


def test_csv_holds_every_year_band_and_case(head, run):
    answer = head.get(reverse("workforce:projection-export"), {"s": run.public_id})
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3 * 11 * 14
    assert lines[1].startswith("Dasar;2026-11-27;Semua proses;Rendah;2026;15–19;0,00;")


# --- Who sees what --------------------------------------------------------------------------------------------------


def pages(run: ProjectionRun) -> list[str]:
    return [
        reverse("workforce:projection"),
        reverse("workforce:projection-list"),
        run.get_absolute_url(),
        f"{reverse('workforce:projection-compare')}?s={run.public_id}&s={run.public_id}",
        f"{reverse('workforce:projection-export')}?s={run.public_id}",
    ]


@pytest.mark.parametrize(("role", "office"), [("market_officer", "dindagkop"), ("cadre", "dinperinaker")])
def test_others_see_no_projection(client, run, role, office):
    client.force_login(portal.StaffFactory(role=role, office=office))
    assert [client.get(page).status_code for page in pages(run)] == [403] * 5


def test_leaders_read_and_change_nothing(client, run):
    client.force_login(portal.StaffFactory(role="leader", office="mayor"))
    assert client.get(run.get_absolute_url()).status_code == 200
    assert client.post(reverse("workforce:projection-save"), TYPED | {"name": "x"}).status_code == 403
    for door in ("rerun", "archive", "restore"):
        url = reverse(f"workforce:projection-{door}", args=[run.scenario.public_id])
        assert client.post(url).status_code == 403


def test_without_names_few_people_are_hidden_everywhere(planner):
    workers(3)
    small = actions.save_scenario(name="Sedikit", plan=Plan(), on=ON, by=None, at=AT)
    workers(9, born=date(1960, 1, 1))
    medium = actions.save_scenario(name="Sedang", plan=Plan(), on=ON, by=None, at=AT)

    assert planner.get(small.get_absolute_url()).context["shown"].bands is None
    assert len(planner.get(f"{reverse('workforce:projection-export')}?s={small.public_id}").content.splitlines()) == 1
    shown = planner.get(medium.get_absolute_url()).context["shown"]
    assert (shown.bands, shown.first.people, shown.first.labelled) == ([], 12, [])
    compared = planner.get(reverse("workforce:projection-compare"), {"s": [small.public_id, medium.public_id]})
    assert (compared.context["runs"], compared.context["hidden"]) == ([medium], [small])


def test_without_names_ages_are_shown_in_bands_that_point_at_nobody(planner):
    workers(3)
    workers(3, born=date(1988, 1, 1))
    workers(9, born=date(1960, 1, 1))
    shown = planner.get(reverse("workforce:projection")).context["shown"]
    assert shown.bands == ["15–34", "35–49", "50+", "Umur tidak diketahui"]
    assert shown.first.labelled == [("15–34", 0), ("35–49", 6), ("50+", 9), ("Umur tidak diketahui", 0)]


def test_those_who_see_people_see_all_bands(head):
    workers(3)
    assert len(head.get(reverse("workforce:projection")).context["shown"].bands) == 13


def test_a_run_may_be_printed_after_a_year_with_its_back_test(head):
    workers(8)
    old = actions.save_scenario(
        name="Lalu", plan=Plan(intake=1), on=months_after(timezone.localdate(), -12), by=None, at=AT
    )
    page = head.get(old.get_absolute_url())
    assert page.context["tested"].year == 1
    assert "Uji balik" in page.content.decode()
