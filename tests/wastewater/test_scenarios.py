"""The plant simulator: vectors by hand, what a plan reaches, frozen assumptions, pages, what the database refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.actions import scenarios as actions
from wastewater.choices.scenarios import ScenarioKind, ScenarioReach
from wastewater.queries import scenarios as queries
from wastewater.rules import scenarios as rules
from wastewater.rules.scenarios import Span

D = Decimal
exactly = Span.exactly


def given(**changes) -> rules.Assumptions:
    """Capacity 100, reached 80 / 120 / 150 m³/day; COD 400 / 650 / 1,100 mg/L; 56 / 62 / 85 %; 1.5 bn over 20 years."""
    usual = {
        "capacity_m3_per_day": D(100),
        "reached_m3_per_day": Span(D(80), D(120), D(150)),
        "cod_in_mg_per_l": Span(D(400), D(650), D(1100)),
        "removal_per_cent": Span(D(56), D(62), D(85)),
        "investment_idr": exactly(D(1_500_000_000)),
        "operation_idr_per_year": exactly(D(40_000_000)),
        "life_years": 20,
        "city_generated_m3_per_day": Span(D(900), D(1000), D(1250)),
        "city_treated_m3_per_day": D(200),
    }
    return rules.Assumptions(**usual | changes)


def test_vector_by_hand():
    """80 × 0.4 × 0.56 = 17.92; 100 × 0.65 × 0.62 = 40.3; 100 × 1.1 × 0.85 = 93.5 kg; 75 + 40 = 115 million a year."""
    found = rules.outcome(given())
    assert found.treated_m3_per_day == (80, 100, 100)
    assert found.beyond_m3_per_day == (0, 20, 50)
    assert found.removed_kg_per_day == (D("17.92"), D("40.3"), D("93.5"))
    assert found.cost_idr_per_year == exactly(D(115_000_000))
    assert found.cost_idr_per_kg is not None
    # 115,000,000 ÷ (93.5 × 365), ÷ (40.3 × 365) and ÷ (17.92 × 365).
    assert [f"{cost:.2f}" for cost in found.cost_idr_per_kg] == ["3369.72", "7818.08", "17581.95"]
    assert found.coverage_before == (D("0.16"), D("0.2"), D(200) / 900)
    assert found.coverage_after == (D("0.24"), D("0.3"), D(280) / 900)
    assert found.use_of_capacity == 1


def test_domain_vector_of_a_plant():
    """Q 180 m³/day, COD 620 → 138: 111.6 in, 86.76 kg/day removed."""
    removal = D(482) * 100 / 620
    found = rules.outcome(
        given(
            capacity_m3_per_day=D(400), reached_m3_per_day=exactly(D(180)), cod_in_mg_per_l=exactly(D(620)),
            removal_per_cent=exactly(removal),
        )
    )  # fmt: skip
    assert f"{removal:.4f}" == "77.7419"
    assert round(found.removed_kg_per_day.central, 6) == D("86.76")
    assert found.use_of_capacity == D("0.45")


def test_uncertain_costs_span_with_the_load():
    found = rules.outcome(
        given(
            reached_m3_per_day=exactly(D(100)), cod_in_mg_per_l=exactly(D(1000)), removal_per_cent=exactly(D(50)),
            investment_idr=Span(D(365), D(730), D(1095)), operation_idr_per_year=exactly(D(0)), life_years=1,
        )
    )  # fmt: skip
    assert found.cost_idr_per_kg == (D("0.02"), D("0.04"), D("0.06"))


def test_what_cannot_be_told():
    found = rules.outcome(given(reached_m3_per_day=Span(D(0), D(0), D(5)), city_generated_m3_per_day=exactly(D(0))))
    assert (found.cost_idr_per_kg, found.coverage_before, found.coverage_after) == (None, None, None)


def test_the_nearest_are_served_first():
    volumes = [D(3), D(4), D(5)]
    assert [rules.served_count(volumes, D(limit)) for limit in (2, 3, 7, 11, 12)] == [0, 1, 2, 2, 3]


def test_free_capacity():
    assert rules.free_capacity(D(200), D(140)) == 60
    assert rules.free_capacity(D(150), D(180)) == 0
    assert rules.free_capacity(None, D(180)) is None
    assert rules.free_capacity(D(150), None) is None


TODAY = date(2026, 11, 23)
PLACE = queries.Place(D("-6.88869"), D("109.67601"))


def money(amount: int, basis: str = "Taksiran contoh") -> actions.Money:
    return actions.Money(exactly(D(amount)), basis)


def plan(**changes) -> actions.Plan:
    usual = {
        "name": "Skenario contoh",
        "kind": ScenarioKind.NEW_PLANT,
        "reach": ScenarioReach.RADIUS,
        "radius_m": 1000,
        "place": PLACE,
        "capacity_m3_per_day": D(100),
        "capacity_basis": "Rancangan contoh",
        "investment": money(1_500_000_000),
        "operation": money(40_000_000),
        "life_years": 20,
    }
    return actions.Plan(**usual | changes)


def draft(**changes) -> actions.Draft:
    return actions.draft_scenario(plan=plan(**changes), today=TODAY)


def saved(by=None, **changes) -> models.PlantScenario:
    return actions.save_scenario(draft=draft(**changes), by=by)


def enterprise(metres_north: int = 0, **more):
    latitude = PLACE.latitude + (D(metres_north) / D(111_195)).quantize(D("0.00001"))
    return portal.EnterpriseFactory(latitude=latitude, longitude=PLACE.longitude, **more)


def test_a_radius_takes_the_nearest_first_and_leaves_out_what_is_treated(db):
    far, near, _beyond = enterprise(900), enterprise(100), enterprise(1100)
    treated = enterprise(50)
    factories.ConnectionFactory(enterprise=treated, declared_m3_per_day=5, valid_from=date(2020, 1, 1))
    enterprise(10, status="closed")
    found = draft()
    assert [row.enterprise for row in found.rows] == [near, far]
    assert [row.distance_m // 100 for row in found.rows] == [1, 9]
    first = found.rows[0]
    assert (first.low_m3_per_day, first.m3_per_day, first.high_m3_per_day) == (D("3.3"), D("3.4"), D("4.7"))
    assert (found.result.reached.central, found.result.served_count) == (D("6.8"), 2)
    # City: three without a figure and one with 5 m³/day, all of that treated.
    assert (found.scenario.city_generated, found.scenario.city_treated) == (D("15.200"), 5)


def test_an_enterprise_without_a_place_stands_at_the_centre_of_its_ward(db):
    portal.EnterpriseFactory()
    (row,) = draft(place=None, ward=portal.ward(), reach=ScenarioReach.WARD, radius_m=None).rows
    assert (row.location_estimated, row.distance_m) == (True, 0)


def test_a_list_takes_exactly_its_enterprises(db):
    one, _other = enterprise(100), enterprise(200)
    found = draft(reach=ScenarioReach.LIST, radius_m=None, enterprises=[one])
    assert [row.enterprise for row in found.rows] == [one]
    assert found.scenario.radius_m is None


def test_connections_count_on_what_a_plant_has_left(db):
    """200 m³/day stated, 140 logged and 30 declared: 60 are free; who is connected already is left out."""
    plant = factories.PlantCapacityFactory(capacity_m3_per_day=200).plant
    factories.PlantLogFactory(plant=plant, day=date(2026, 11, 1), inflow_m3=140)
    factories.ConnectionFactory(plant=plant, enterprise=enterprise(10), declared_m3_per_day=30)
    new = enterprise(20)
    found = draft(kind=ScenarioKind.CONNECT, plant=plant, place=None, capacity_m3_per_day=None)
    assert found.scenario.capacity_m3_per_day == 60
    assert [row.enterprise for row in found.rows] == [new]
    assert "200" in found.scenario.capacity_basis
    assert "140" in found.scenario.capacity_basis


@pytest.mark.parametrize(
    ("make", "changes", "sentence"),
    [
        (lambda: factories.TreatmentPlantFactory(), {}, "belum diterbitkan"),
        (
            lambda: (
                factories.PlantLogFactory(
                    plant=factories.PlantCapacityFactory(capacity_m3_per_day=100).plant, day=date(2026, 11, 1)
                ).plant
            ),
            {},
            "sudah penuh",
        ),
        (lambda: None, {}, "Pilih IPAL"),
    ],
)
def test_a_plant_without_room_is_refused_with_the_reason(db, make, changes, sentence):
    enterprise()
    with pytest.raises(actions.ScenarioRefused, match=sentence):
        draft(kind=ScenarioKind.CONNECT, plant=make(), **changes)


def test_nothing_in_reach_and_no_factor_are_refused(db):
    with pytest.raises(actions.ScenarioRefused, match="Perluas"):
        draft()
    models.BalanceFactor.objects.filter(code="cod_in_mg_per_l").delete()
    with pytest.raises(actions.ScenarioRefused, match="Angka baku COD"):
        draft()


def test_assumptions_stay_as_they_were_saved(db, waste_officer):
    one = enterprise()
    scenario = saved(by=waste_officer)
    before = queries.compared(models.PlantScenario.objects.all())[0].outcome
    models.BalanceFactor.objects.filter(code="cod_in_mg_per_l").update(low=1, central=2, high=3)
    factories.ConnectionFactory(enterprise=one, declared_m3_per_day=99, valid_from=date(2020, 1, 1))
    after = queries.compared(models.PlantScenario.objects.all())[0]
    assert after.outcome == before
    assert (after.scenario, after.reached_count, scenario.created_by) == (scenario, 1, waste_officer)


def test_a_name_is_used_once_until_its_scenario_is_archived(db, waste_officer):
    enterprise()
    first = saved()
    with pytest.raises(actions.ScenarioRefused, match="sudah dipakai"):
        saved()
    actions.archive_scenario(scenario=first, by=waste_officer, at=timezone.now())
    saved()
    with pytest.raises(actions.ScenarioRefused, match="Arsipkan dahulu"):
        actions.restore_scenario(scenario=first, by=waste_officer, at=timezone.now())
    assert models.PlantScenario.objects.count() == 2


# What the database refuses


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("capacity_m3_per_day", 0, "scenario_capacity_positive"),
        ("investment_low_idr", -1, "scenario_investment_in_order"),
        ("investment_high_idr", 1, "scenario_investment_in_order"),
        ("operation_low_idr_per_year", -1, "scenario_operation_in_order"),
        ("life_years", 0, "scenario_life_positive"),
        ("cod_low_mg_per_l", 0, "scenario_cod_in_order"),
        ("removal_high_per_cent", 101, "scenario_removal_in_order"),
        ("city_treated", -1, "scenario_city_in_order"),
        ("radius_m", None, "scenario_radius_fits_reach"),
        ("latitude", 91, "scenario_on_earth"),
        ("investment_basis", "", "scenario_has_sources"),
        ("kind", "connect", "scenario_plant_fits_kind"),
        ("basis_end", date(2000, 1, 1), "scenario_basis_in_order"),
    ],
)
def test_impossible_scenarios_are_refused_by_the_database(db, column, value, constraint):
    enterprise()
    made = draft().scenario
    setattr(made, column, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        models.PlantScenario.objects.bulk_create([made])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE wastewater_plantscenario SET investment_idr = investment_idr + 1",
        "DELETE FROM wastewater_plantscenario",
        "UPDATE wastewater_scenarioenterprise SET m3_per_day = 0",
        "DELETE FROM wastewater_scenarioenterprise",
    ],
)
def test_a_saved_scenario_is_frozen_by_the_database(db, sql):
    enterprise()
    saved()
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# Pages

NEW = "wastewater:scenario-new"
LIST = "wastewater:scenario-list"
ENTRY = {
    "name": "IPAL Contoh Timur", "note": "", "kind": "new_plant", "plant": "", "ward": "", "latitude": "-6,88869",
    "longitude": "109.67601", "reach": "radius", "radius_m": "1.000", "enterprises": "",
    "capacity_m3_per_day": "100", "capacity_basis": "Rancangan contoh", "investment_idr": "1.500.000.000",
    "investment_low_idr": "", "investment_high_idr": "2.000.000.000", "investment_basis": "Taksiran contoh",
    "operation_idr": "40.000.000", "operation_low_idr": "", "operation_high_idr": "",
    "operation_basis": "Anggaran contoh", "life_years": "20",
}  # fmt: skip


def test_a_planner_reckons_saves_copies_and_archives(as_user, planner):
    enterprise()
    browser = as_user(planner)
    shown = browser.post(reverse(NEW), ENTRY | {"hitung": "1"})
    assert shown.context["draft"].result.reached_count == 1
    assert not models.PlantScenario.objects.exists()
    assert browser.post(reverse(NEW), ENTRY | {"simpan": "1"}).status_code == 302
    scenario = models.PlantScenario.objects.get()
    assert (scenario.investment_low_idr, scenario.investment_high_idr) == (1_500_000_000, 2_000_000_000)
    assert (scenario.ward, scenario.created_by, scenario.location_estimated) == (portal.ward(), planner, False)
    page = browser.get(scenario.get_absolute_url())
    assert "Batik Contoh" in page.text
    copy = browser.get(reverse(NEW), {"salin": scenario.public_id})
    assert copy.context["form"].initial["investment_idr"] == 1_500_000_000
    again = browser.post(f"{reverse(NEW)}?salin={scenario.public_id}", ENTRY | {"simpan": "1"})
    assert "sudah dipakai" in str(again.context["form"].non_field_errors())
    browser.post(f"{reverse(NEW)}?salin={scenario.public_id}", ENTRY | {"simpan": "1", "name": "Salinan contoh"})
    assert models.PlantScenario.objects.get(name="Salinan contoh").copied_from == scenario
    browser.post(reverse("wastewater:scenario-archive", args=[scenario.public_id]))
    assert [one.scenario.name for one in browser.get(reverse(LIST)).context["results"]] == ["Salinan contoh"]
    archived = browser.get(reverse(LIST), {"arsip": "on"})
    assert [one.scenario.name for one in archived.context["results"]] == ["IPAL Contoh Timur"]
    browser.post(reverse("wastewater:scenario-restore", args=[scenario.public_id]))
    assert len(browser.get(reverse(LIST)).context["results"]) == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"capacity_m3_per_day": "0"}, "capacity_m3_per_day"),
        ({"capacity_m3_per_day": "banyak"}, "capacity_m3_per_day"),
        ({"capacity_basis": ""}, "capacity_basis"),
        ({"kind": "connect"}, "plant"),
        ({"latitude": "", "longitude": ""}, "ward"),
        ({"latitude": ""}, "latitude"),
        ({"latitude": "6,88869"}, "latitude"),
        ({"radius_m": ""}, "radius_m"),
        ({"reach": "list"}, "enterprises"),
        ({"reach": "list", "enterprises": "PKL-999999"}, "enterprises"),
        ({"investment_idr": "-5"}, "investment_idr"),
        ({"investment_idr": ""}, "investment_idr"),
        ({"investment_low_idr": "1.600.000.000"}, "investment_low_idr"),
        ({"investment_high_idr": "1"}, "investment_high_idr"),
        ({"investment_basis": ""}, "investment_basis"),
        ({"life_years": "0"}, "life_years"),
        ({"life_years": "x"}, "life_years"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_lost(as_user, planner, changes, field):
    enterprise()
    page = as_user(planner).post(reverse(NEW), ENTRY | changes | {"simpan": "1"})
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["operation_basis"].value() == "Anggaran contoh"
    assert not models.PlantScenario.objects.exists()


def test_two_to_four_are_compared_side_by_side(as_user, leader):
    enterprise()
    scenarios = [saved(name=f"Contoh {number}", capacity_m3_per_day=D(number)) for number in range(1, 6)]
    ids = [str(one.public_id) for one in scenarios]
    browser = as_user(leader)
    page = browser.get(reverse("wastewater:scenario-compare"), {"s": ids[:3]})
    treated = next(line for line in page.context["lines"] if line.label == "Air yang diolah (m³/hari)")
    assert [cell.text for cell in treated.cells] == ["1,0", "2,0", "3,0"]
    for wrong in (ids[:1], ids):
        assert browser.get(reverse("wastewater:scenario-compare"), {"s": wrong}).status_code == 302
    for unknown in ("x", "00000000-0000-4000-8000-000000000000"):
        assert browser.get(reverse("wastewater:scenario-compare"), {"s": [*ids[:2], unknown]}).status_code == 404
    assert browser.get(reverse("wastewater:scenario-pdf"), {"s": ids[:4]}).content.startswith(b"%PDF")
    lines = browser.get(reverse("wastewater:scenario-export"), {"s": ids[:2]}).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Angka;Contoh 1;Rentang;Contoh 2;Rentang"
    assert "Air yang diolah (m³/hari);1,0;;2,0;" in lines
    rows = browser.get(reverse("wastewater:scenario-enterprises", args=[ids[0]])).content.decode("utf-8-sig")
    assert rows.splitlines()[1].split(";")[7] == "3,400"


def test_who_may_open_and_who_may_save(as_user, leader, owner, lab, field_officer, planner, waste_head, client):
    enterprise()
    scenario = saved()
    archive = reverse("wastewater:scenario-archive", args=[scenario.public_id])
    for person, sees, plans in (
        (leader, 200, 403), (field_officer, 200, 403), (planner, 200, 200), (waste_head, 200, 200),
        (owner, 403, 403), (lab, 403, 403),
    ):  # fmt: skip
        browser = as_user(person)
        assert browser.get(reverse(LIST)).status_code == sees, person
        assert browser.get(scenario.get_absolute_url()).status_code == sees, person
        assert browser.get(reverse(NEW)).status_code == plans, person
        if plans == 403:
            assert browser.post(archive).status_code == 403, person
    assert client.get(reverse(LIST)).status_code == 302


def test_another_district_answers_as_if_there_were_none(as_user, db):
    enterprise()
    scenario = saved()
    officer = portal.UserFactory()
    portal.RoleAssignmentFactory(user=officer, role="field_officer", office="dlh", area=portal.ward("Jenggot").parent)
    browser = as_user(officer)
    assert browser.get(scenario.get_absolute_url()).status_code == 404
    assert browser.get(reverse("wastewater:scenario-pdf"), {"s": scenario.public_id}).status_code == 404
    assert browser.get(reverse(LIST)).context["results"] == []


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_many(as_user, leader, django_assert_max_num_queries):
    enterprise()
    browser = as_user(leader)
    saved()
    browser.get(reverse(LIST))
    for number in range(20):
        saved(name=f"Contoh {number}")
    with django_assert_max_num_queries(9):
        browser.get(reverse(LIST))
