"""Figures, alerts, cards, map layers and open data: each number equals the rows behind it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from batikportal import contracts
from batikportal.contracts import Period, Scope
from tests.factories import complaints, inspections, portal
from tests.factories import wastewater as factories
from wastewater import actions, alerts, datasets, indicators, layers, models, panels
from wastewater.actions import compliance
from wastewater.alerts import samples as sample_alerts
from wastewater.layers import places
from wastewater.rules.duties import quarter_of

pytestmark = pytest.mark.django_db

entry = factories.entry

TODAY = date(2026, 3, 31)

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def scope(area=None, start=date(2026, 1, 1), end=TODAY) -> Scope:
    return Scope(Period(start, end), area, TODAY)


def indicator(code: str) -> contracts.Indicator:
    return next(one for one in indicators.INDICATORS if one.code == f"wastewater.{code}")


def some_results() -> None:
    """Seven decided results, three of them over the limit; one undecided; and rows that must not count."""
    krapyak = portal.ward("Krapyak")
    factories.published(entry("COD", 200), entry("BOD5", 90), entry("PH", 7))
    factories.verified(entry("COD", 300), entry("SULFIDA", "0.5", "<"), entry("PH", 8), point__ward=krapyak)
    factories.published(entry("COD", 20), entry("TDS", 900), entry("TSS", 10))
    factories.resulted(entry("COD", 999))
    factories.published(entry("COD", 999), taken_at=datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    actions.void_sample(sample=factories.published(entry("COD", 999)), reason="Botol tertukar", by=None, at=AT)
    factories.published(entry("COD", 999), point=factories.PlantPointFactory(kind="influent"))


def rows_behind(browser, reading_url: str) -> int:
    return browser.get(reading_url).context["page"].paginator.count


@pytest.mark.parametrize("area", [None, "Pekalongan Utara"])
@pytest.mark.parametrize("code", ["exceedances", "compliance"])
def test_figure_equals_the_rows_behind_it(code, area, as_user, leader):
    some_results()
    chosen = scope(portal.models.Area.objects.get(name=area) if area else None)
    item = indicator(code)
    reading = item.read(chosen)
    assert reading.numerator == rows_behind(as_user(leader), item.rows(chosen))


def test_exceedances_count_verified_results_of_the_period_only():
    some_results()
    reading = indicator("exceedances").read(scope())
    assert (reading.value, reading.numerator, reading.denominator) == (3, 3, 7)
    assert reading.note == (
        "1 tidak dapat dinilai, 25 parameter tidak dilaporkan, 1 sampel menunggu verifikasi, "
        "0 kewajiban uji atau lapor tidak dipenuhi."
    )


def test_compliance_counts_decided_results_only():
    some_results()
    reading = indicator("compliance").read(scope())
    assert (reading.numerator, reading.denominator) == (4, 7)
    assert round(reading.value, 4) == Decimal("57.1429")
    # 8 of the 33 results that three monthly effluent samples must carry were reported; TDS is not among them.
    assert reading.completeness == 8 / 33


def test_compliance_of_one_district():
    some_results()
    reading = indicator("compliance").read(scope(portal.ward("Krapyak").parent))
    assert (reading.numerator, reading.denominator) == (1, 2)


@pytest.mark.parametrize("code", ["exceedances", "compliance", "treatment_use"])
def test_no_samples_is_no_data_and_never_zero(code):
    reading = indicator(code).read(scope())
    assert reading.value is None


def test_the_front_page_counts_the_same_days_as_the_dashboard(as_user, leader, monkeypatch):
    first = datetime(2025, 4, 1, 1, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    factories.published(entry("COD", 200), taken_at=first)
    factories.published(entry("COD", 300), taken_at=first - timedelta(days=1))
    client = as_user(leader)
    front = {figure.indicator.code: figure.reading for figure in client.get("/air-limbah/").context["figures"]}
    cards = client.get("/dasbor/").context["sectors"]
    shown = {figure.indicator.code: figure.reading for sector in cards for figure in sector.figures}
    assert front["wastewater.exceedances"].value == shown["wastewater.exceedances"].value == 1


def test_a_period_with_samples_and_no_exceedance_is_zero():
    factories.published(entry("COD", 20))
    assert indicator("exceedances").read(scope()).value == 0


def test_trend_covers_twelve_months_with_gaps():
    factories.published(entry("COD", 200), taken_at=datetime(2025, 6, 10, tzinfo=UTC))
    factories.published(entry("COD", 20), taken_at=datetime(2026, 3, 10, tzinfo=UTC))
    trend = list(indicator("exceedances").read(scope()).trend)
    assert [value for _label, value in trend] == [None, None, 1, None, None, None, None, None, None, None, None, 0]
    assert (trend[0][0], trend[-1][0]) == ("April 2025", "Maret 2026")


@pytest.mark.parametrize("item", indicators.INDICATORS, ids=lambda item: item.code)
def test_figure_takes_few_queries(item):
    some_results()
    factories.ConnectionFactory(plant=factories.PlantCapacityFactory().plant)
    with CaptureQueriesContext(connection) as captured:
        item.read(scope())
    # Removal joins samples, results and the daily log by a rule of its own; coverage is the whole balance sheet.
    assert len(captured) <= {"wastewater.removal": 4, "wastewater.treatment_coverage": 7}.get(item.code, 3)


def test_treatment_use_takes_the_latest_figure_and_tells_the_span(as_user, leader):
    plant = factories.PlantCapacityFactory(capacity_m3_per_day=400, stated_on=date(2022, 7, 6)).plant
    factories.PlantCapacityFactory(plant=plant, capacity_m3_per_day=150, stated_on=date(2023, 1, 1))
    factories.PlantCapacityFactory(plant__status="stopped", capacity_m3_per_day=999)
    factories.ConnectionFactory(plant=plant, declared_m3_per_day=60)
    factories.ConnectionFactory(plant=plant, declared_m3_per_day=30)
    factories.ConnectionFactory(plant=plant, declared_m3_per_day=500, valid_until=date(2025, 6, 1))
    item = indicator("treatment_use")
    reading = item.read(scope())
    assert (reading.numerator, reading.denominator, reading.value) == (90, 150, 60)
    assert reading.note.endswith("menyebut 150 sampai 400 m³/hari.")
    totals = as_user(leader).get(item.rows(scope())).context["totals"]
    assert (totals.declared_m3_per_day, totals.capacity_m3_per_day) == (reading.numerator, reading.denominator)


def test_a_working_plant_without_figure_lowers_completeness():
    factories.ConnectionFactory(plant=factories.PlantCapacityFactory().plant)
    factories.TreatmentPlantFactory()
    assert indicator("treatment_use").read(scope()).completeness == 0.5


# Alerts


def test_unverified_exceedance_is_an_alert_until_it_is_verified(now):
    sample = factories.resulted(entry("COD", 300), entry("BOD5", 90), by=portal.UserFactory())
    factories.resulted(entry("COD", 20))
    found = sample_alerts.find_unverified_exceedances(scope())
    assert found.total == 1
    alert = found.items[0]
    assert (alert.since, alert.due_on) == (date(2026, 3, 10), date(2026, 3, 17))
    assert (alert.url, alert.detail) == (sample.get_absolute_url(), "2 parameter melebihi baku mutu")
    actions.verify_sample(sample=sample, by=portal.UserFactory(), at=AT)
    assert sample_alerts.find_unverified_exceedances(scope()).total == 0


@pytest.mark.parametrize(("days", "expected"), [(21, 0), (22, 1)])
def test_sample_too_long_at_the_laboratory(days, expected):
    factories.SampleFactory(
        state="at_lab", laboratory=factories.LaboratoryFactory(), sent_on=TODAY - timedelta(days=days)
    )
    assert sample_alerts.find_long_at_lab(scope()).total == expected


@pytest.mark.parametrize(("days", "expected"), [(3, 0), (4, 1)])
def test_planned_sample_not_taken(days, expected):
    factories.SampleFactory(state="planned", taken_at=None, planned_on=TODAY - timedelta(days=days))
    assert sample_alerts.find_not_taken(scope()).total == expected


def test_overloaded_plant():
    plant = factories.PlantCapacityFactory(capacity_m3_per_day=10).plant
    factories.ConnectionFactory(plant=plant, declared_m3_per_day=10)
    assert sample_alerts.find_overloaded_plants(scope()).total == 0
    factories.ConnectionFactory(plant=plant, declared_m3_per_day=1)
    assert [one.subject for one in sample_alerts.find_overloaded_plants(scope()).items] == [plant.name]


def test_alerts_stay_inside_the_chosen_district():
    factories.resulted(entry("COD", 300), point__ward=portal.ward("Krapyak"))
    elsewhere = scope(portal.ward("Jenggot").parent)
    assert sample_alerts.find_unverified_exceedances(elsewhere).total == 0
    assert sample_alerts.find_unverified_exceedances(scope(portal.ward("Krapyak").parent)).total == 1


def test_at_most_fifty_alerts_with_the_true_total():
    for _ in range(53):
        factories.SampleFactory(state="planned", taken_at=None, planned_on=date(2026, 1, 1))
    found = sample_alerts.find_not_taken(scope())
    assert (len(found.items), found.total) == (50, 53)


@pytest.mark.parametrize("rule", alerts.ALERTS, ids=lambda rule: rule.code)
def test_alert_takes_two_queries_at_most(rule):
    for _ in range(3):
        factories.resulted(entry("COD", 300))
        factories.SampleFactory(state="planned", taken_at=None, planned_on=date(2026, 1, 1))
    with CaptureQueriesContext(connection) as captured:
        rule.find(scope())
    assert len(captured) <= 2


# Cards


def drawn(panel: contracts.Panel, user, enterprise) -> str:
    context = {"panel": panel.read(user, enterprise, TODAY), "enterprise": enterprise}
    return " ".join(render_to_string(panel.template, context).split())


def card(audience: str) -> contracts.Panel:
    return next(one for one in panels.PANELS if one.audience == audience)


def test_staff_card(leader):
    point = factories.EnterprisePointFactory(code="USH-7")
    factories.verified(entry("COD", 300), point=point)
    factories.ConnectionFactory(enterprise=point.enterprise, plant__name="IPAL Kita", declared_m3_per_day=4)
    text = drawn(card("staff"), leader, point.enterprise)
    assert all(words in text for words in ("IPAL Kita", "USH-7", "1 melebihi", "1 hasil melebihi baku mutu"))


def test_owner_card_tells_the_last_verified_sample(owner):
    point = factories.EnterprisePointFactory(enterprise=owner.enterprise)
    factories.verified(entry("COD", 300), point=point)
    factories.resulted(entry("COD", 20), point=point, taken_at=datetime(2026, 3, 9, tzinfo=UTC))
    text = drawn(card("owner"), owner, owner.enterprise)
    assert "Hasil uji terakhir, 2 Maret 2026:" in text
    assert "COD: 300 mg/L" in text


def test_owner_card_without_samples(owner):
    assert "Belum ada hasil uji" in drawn(card("owner"), owner, owner.enterprise)


def test_public_card_counts_points_over_the_limit(outsider):
    water = factories.WaterBodyFactory(name="Sungai Uji")
    for bod in (2, 9):
        factories.published(entry("BOD5", bod), point=factories.RiverPointFactory(water_body=water))
    factories.verified(entry("BOD5", 99), point=factories.RiverPointFactory(water_body=water))
    text = drawn(card("public"), outsider, None)
    assert "Sungai Uji" in text
    assert "1 dari 2 titik melebihi baku mutu" in text


# Map


def test_river_layer_shows_the_last_published_verdict():
    point = factories.RiverPointFactory(name="Titik A")
    factories.published(entry("BOD5", 9), point=point, taken_at=datetime(2026, 1, 5, tzinfo=UTC))
    factories.published(entry("BOD5", 2), point=point, taken_at=datetime(2026, 2, 5, tzinfo=UTC))
    factories.verified(entry("BOD5", 9), point=point, taken_at=datetime(2026, 3, 1, tzinfo=UTC))
    [place] = places.read_river_points(scope())
    assert (place.name, place.status, place.url) == ("Titik A", "good", point.water_body.get_absolute_url())
    assert "letak perkiraan" in place.note
    [earlier] = places.read_river_points(scope(end=date(2026, 1, 31)))
    assert earlier.status == "bad"


def test_point_without_samples_is_unknown_on_the_map():
    factories.RiverPointFactory()
    [place] = places.read_river_points(scope())
    assert (place.status, place.value) == ("unknown", "belum ada data")


def test_plant_layer_tells_capacity_and_state():
    plant = factories.PlantCapacityFactory(capacity_m3_per_day=250).plant
    factories.TreatmentPlantFactory(status="stopped")
    by_name = {place.name: place for place in places.read_plants(scope())}
    assert (by_name[plant.name].status, by_name[plant.name].value) == ("good", "250 m³/hari")
    assert {place.status for place in by_name.values()} == {"good", "bad"}


def test_outlets_of_enterprises_are_no_public_layer():
    public = [layer.code for layer in layers.LAYERS if not layer.permission]
    assert public == [
        "wastewater.rivers",
        "wastewater.plants",
        "wastewater.complaints",
        "wastewater.river_index",
        "wastewater.gap_public",
    ]


# Open data


def dataset(code: str) -> contracts.Dataset:
    return next(one for one in datasets.DATASETS if one.code == f"wastewater-{code}")


@pytest.mark.parametrize("item", datasets.DATASETS, ids=lambda item: item.code)
def test_every_row_of_open_data_fits_its_dictionary(item):
    some_results()
    factories.PlantLogFactory()
    factories.published(entry("BOD5", 9), point=factories.RiverPointFactory())
    factories.published(entry("COD", 90), point=factories.PlantPointFactory())
    factories.PlantCapacityFactory()
    complaints.filed()
    factories.SensorVerdictFactory(station__is_published=True)
    compliance.lock_quarter(quarter=quarter_of(date(2025, 12, 31)), by=portal.UserFactory(), at=AT)
    factories.DischargeLogFactory()
    models.LogMonth.objects.update(state="closed", closing="deadline", closed_at=AT)
    inspections.planned()
    rows = list(item.rows())
    assert rows
    assert {len(row) for row in rows} == {len(item.columns)}


def test_river_data_holds_published_results_only():
    point = factories.RiverPointFactory(code="SGI-X", water_body__name="Sungai Uji")
    factories.published(entry("BOD5", 9), entry("FENOL", "0.001", "<"), point=point, sent_on=date(2026, 3, 9))
    factories.verified(entry("BOD5", 99), point=point)
    rows = {row[4]: row for row in dataset("river-quality").rows()}
    month, water, code, position, _name, unit, *counts = rows["BOD"]
    assert (month, water, code, position, unit) == ("2026-03", "Sungai Uji", "SGI-X", "midstream", "mg/L")
    assert counts == [1, 0, 0, 1, 0, 9, 9, 1]
    assert list(rows["Fenol total"][6:]) == [1, 1, 1, 0, 0, None, None, 0]


def test_fewer_than_five_enterprises_are_not_shown():
    for _ in range(4):
        factories.published(entry("COD", 300))
    [(_quarter, _district, *cells)] = dataset("enterprise-compliance").rows()
    assert cells == [None] * 5
    factories.published(entry("COD", 20))
    [(quarter, district, *cells)] = dataset("enterprise-compliance").rows()
    assert (quarter, district, cells) == ("2026-T1", "Pekalongan Timur", [5, 5, 1, 4, 0])


def test_standards_as_open_data_are_complete():
    assert len(list(dataset("standards").rows())) == models.Limit.objects.count()
