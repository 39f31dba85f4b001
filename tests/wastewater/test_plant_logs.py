"""The daily log of plants: what the database refuses, meters, the form, the month's sheet, alerts and the import."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batikportal.contracts import Period, Scope
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import alerts, models
from wastewater.actions import plant_logs as actions
from wastewater.alerts import plants as plant_alerts
from wastewater.choices import CapacityKind, PlantStatus
from wastewater.choices.plants import Certainty, DowntimeCause, FlowMethod, VolumeBasis
from wastewater.indicators import plants as indicators
from wastewater.queries import plant_logs as queries
from wastewater.queries.plant_volumes import treated_volumes

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def plant():
    return factories.TreatmentPlantFactory(code="contoh", name="IPAL Contoh")


def url(name: str, *args) -> str:
    return reverse(f"wastewater:{name}", args=args)


def record(plant, day: int, **facts) -> models.PlantLog:
    return actions.record_day(plant=plant, entry=actions.DayEntry(day=date(2026, 11, day), **facts), by=None, at=AT)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The pages' clock stands on 23 November 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


# What the database refuses, by any path


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"ph_out": 15}, "plant_log_ph_on_scale"),
        ({"inflow_m3": -1}, "plant_log_flow_not_negative"),
        ({"inflow_method": "''"}, "plant_log_flow_says_how"),
        ({"inflow_m3": "NULL"}, "plant_log_flow_says_how"),
        ({"downtime_hours": 3}, "plant_log_downtime_says_why"),
        ({"downtime_cause": "'power'"}, "plant_log_downtime_says_why"),
        ({"downtime_hours": 25, "downtime_cause": "'power'"}, "plant_log_downtime_says_why"),
        ({"inflow_m3": "NULL", "inflow_method": "''", "ph_out": "NULL"}, "plant_log_says_something"),
    ],
)
def test_database_refuses(plant, columns, constraint):
    log = factories.PlantLogFactory(plant=plant)
    changes = ", ".join(f"{name} = {value}" for name, value in columns.items())
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE wastewater_plantlog SET {changes} WHERE id = %s", [log.pk])


def test_database_keeps_one_log_per_plant_and_day(plant):
    factories.PlantLogFactory(plant=plant)
    with pytest.raises(IntegrityError, match="plant_log_once_per_day"):
        factories.PlantLogFactory(plant=plant)


# Meters


def test_volume_follows_from_the_meter_and_a_gap_is_its_mean(plant):
    first = record(plant, 1, meter_in=Decimal(1000))
    second = record(plant, 2, meter_in=Decimal(1150))
    after_gap = record(plant, 5, meter_in=Decimal(1450))
    assert (first.inflow_m3, first.inflow_method) == (None, "")
    assert (second.inflow_m3, second.inflow_method) == (Decimal(150), FlowMethod.METER)
    assert (after_gap.inflow_m3, after_gap.inflow_method) == (Decimal(100), FlowMethod.METER_MEAN)


def test_a_later_filled_day_and_a_correction_change_the_days_after(plant):
    record(plant, 1, meter_in=Decimal(1000))
    record(plant, 3, meter_in=Decimal(1300))
    record(plant, 2, meter_in=Decimal(1100))
    flows = dict(models.PlantLog.objects.values_list("day__day", "inflow_m3"))
    assert flows == {1: None, 2: Decimal(100), 3: Decimal(200)}
    record(plant, 2, meter_in=Decimal(1200))
    assert dict(models.PlantLog.objects.values_list("day__day", "inflow_m3"))[3] == Decimal(100)
    record(plant, 2, ph_out=Decimal(7))
    third = models.PlantLog.objects.get(day__day=3)
    assert (third.inflow_m3, third.inflow_method) == (Decimal(150), FlowMethod.METER_MEAN)


def test_a_meter_that_runs_backwards_is_refused_unless_the_volume_is_given(plant):
    record(plant, 1, meter_in=Decimal(1000))
    with pytest.raises(actions.LogRefused, match="lebih kecil") as refusal:
        record(plant, 2, meter_in=Decimal(20))
    assert refusal.value.field == "meter_in"
    assert models.PlantLog.objects.count() == 1
    replaced = record(plant, 2, meter_in=Decimal(20), inflow_m3=Decimal(130))
    assert (replaced.inflow_m3, replaced.inflow_method) == (Decimal(130), FlowMethod.MEASURED)
    assert record(plant, 3, meter_in=Decimal(160)).inflow_m3 == Decimal(140)


def test_a_reading_above_the_next_one_is_refused(plant):
    record(plant, 1, meter_in=Decimal(1000))
    record(plant, 3, meter_in=Decimal(1200))
    with pytest.raises(actions.LogRefused, match="3 Nov 2026"):
        record(plant, 2, meter_in=Decimal(1250))


def test_a_day_to_come_and_an_empty_day_are_refused(plant):
    with pytest.raises(actions.LogRefused, match="belum tiba"):
        record(plant, 24, ph_in=Decimal(7))
    with pytest.raises(actions.LogRefused, match="masih kosong"):
        record(plant, 22, operator_name="Petugas")


def test_correcting_a_day_keeps_the_old_figures_in_the_history(plant, waste_officer):
    log = record(plant, 20, ph_out=Decimal("7.0"), inflow_m3=Decimal(100))
    chemical = models.Chemical.objects.get(code="tawas")
    record(plant, 20, ph_out=Decimal("7.4"), inflow_m3=Decimal(100), doses={chemical.pk: Decimal(12)})
    event = models.PlantLog._meta.get_field("id").model.pgh_event_model
    assert list(event.objects.filter(pgh_obj=log).order_by("pgh_id").values_list("ph_out", flat=True)) == [
        Decimal("7.00"),
        Decimal("7.40"),
    ]
    assert list(log.doses.values_list("kg", flat=True)) == [Decimal(12)]
    record(plant, 20, ph_out=Decimal("7.4"), inflow_m3=Decimal(100))
    assert not log.doses.exists()


# Pages


def test_a_day_is_filled_on_the_phone(plant, as_user, field_officer):
    chemical = models.Chemical.objects.get(code="tawas")
    record(plant, 22, ph_out=Decimal("7.1"), meter_in=Decimal(1000), operator_name="Pak Contoh",
           doses={chemical.pk: Decimal(14)})  # fmt: skip
    browser = as_user(field_officer)
    page = text_of(browser.get(url("plant-log-day", plant.public_id, "2026-11-23")))
    assert "Kemarin: 1.000" in page
    assert 'value="Pak Contoh"' in page
    # Yesterday's figures stand beside the fields, never in them.
    assert 'value="1000"' not in page
    response = browser.post(
        url("plant-log-day", plant.public_id, "2026-11-23"),
        {"ph_in": "8,6", "ph_out": "9,4", "meter_in": "1150,5", "downtime_hours": "2", "downtime_cause": "power",
         "kg-tawas": "12,5"},
        follow=True,
    )  # fmt: skip
    log = models.PlantLog.objects.get(plant=plant, day=TODAY)
    assert (log.ph_in, log.inflow_m3, log.downtime_cause) == (Decimal("8.6"), Decimal("150.5"), DowntimeCause.POWER)
    assert log.created_by == field_officer
    assert [(dose.chemical.code, dose.kg) for dose in log.doses.all()] == [("tawas", Decimal("12.5"))]
    assert "pH outlet 9,4 di luar 6–9" in text_of(response)


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"ph_in": "15"}, "ph_in", "14"),
        ({"ph_in": "7", "downtime_hours": "3"}, "downtime_cause", "Pilih sebab"),
        ({"ph_in": "7", "downtime_cause": "power"}, "downtime_hours", "berapa jam"),
        ({"ph_in": "7", "inflow_estimated": "on"}, "inflow_m3", "taksirannya"),
        ({"inflow_m3": "1.234"}, "inflow_m3", "1234"),
        ({"kg-tawas": "-3", "ph_in": "7"}, "kg-tawas", "0"),
        ({}, "__all__", "masih kosong"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_saved(plant, as_user, field_officer, data, field, sentence):
    response = as_user(field_officer).post(url("plant-log-day", plant.public_id, "2026-11-23"), data)
    assert sentence in " ".join(response.context["form"].errors[field])
    assert not models.PlantLog.objects.exists()


def test_the_volume_of_a_meter_is_not_typed_again_when_a_day_is_corrected(plant, as_user, field_officer):
    record(plant, 21, meter_in=Decimal(1000))
    record(plant, 22, meter_in=Decimal(1150))
    record(plant, 20, inflow_m3=Decimal(99), inflow_method=FlowMethod.ESTIMATE)
    browser = as_user(field_officer)
    metered = browser.get(url("plant-log-day", plant.public_id, "2026-11-22")).context["form"]
    assert (metered.initial["meter_in"], metered.initial.get("inflow_m3")) == (Decimal(1150), None)
    estimated = browser.get(url("plant-log-day", plant.public_id, "2026-11-20")).context["form"]
    assert (estimated.initial["inflow_m3"], estimated.initial["inflow_estimated"]) == (Decimal(99), True)


@pytest.mark.parametrize("day", ["2026-11-24", "kemarin", "2026-13-01"])
def test_no_such_day_is_not_found(plant, as_user, field_officer, day):
    assert as_user(field_officer).get(url("plant-log-day", plant.public_id, day)).status_code == 404


def test_an_officer_of_another_district_meets_no_plant(as_user):
    near, far = portal.ward("Kauman"), portal.ward("Krapyak")
    officer = portal.StaffFactory(role="field_officer")
    assignment = officer.role_assignments.get() if hasattr(officer, "role_assignments") else None
    assignment = assignment or officer._meta.apps.get_model("batikportal.RoleAssignment").objects.get(user=officer)
    type(assignment).objects.filter(pk=assignment.pk).update(area=near.parent)
    own, other = (factories.TreatmentPlantFactory(ward=ward) for ward in (near, far))
    browser = as_user(officer)
    for name, more in (("plant-log-day", ["2026-11-23"]), ("plant-log-month", []), ("plant-sludge", [])):
        assert browser.get(url(name, own.public_id, *more)).status_code == 200
        assert browser.get(url(name, other.public_id, *more)).status_code == 404


def test_month_shows_missing_days_as_missing_and_sums_what_was_logged(plant, as_user, leader):
    record(plant, 3, inflow_m3=Decimal(100), ph_out=Decimal("9.5"), downtime_hours=Decimal(0), operator_name="Rahasia")
    record(plant, 5, inflow_m3=Decimal(200), outflow_m3=Decimal(180))
    response = as_user(leader).get(url("plant-log-month", plant.public_id), {"bulan": "2026-11"})
    sheet = response.context["sheet"]
    assert [one.day.day for one in sheet.days] == list(range(1, 24))
    assert (sheet.logged_days, sheet.missing_days) == (2, 21)
    assert (sheet.inflow_m3, sheet.inflow_days, sheet.mean_inflow_m3) == (Decimal(300), 2, Decimal(150))
    assert (sheet.outflow_m3, sheet.outflow_days) == (Decimal(180), 1)
    assert [one.ph_out_is_fine for one in sheet.days if one.log] == [False, None]
    text = text_of(response)
    assert text.count("tidak ada catatan</span>") == 21
    # Leaders see no personal detail.
    assert "Rahasia" not in text


def test_an_empty_month_has_no_zeros(plant, as_user, leader):
    sheet = as_user(leader).get(url("plant-log-month", plant.public_id), {"bulan": "2026-10"}).context["sheet"]
    assert (sheet.inflow_m3, sheet.outflow_m3, sheet.downtime_hours, sheet.mean_inflow_m3) == (None, None, None, None)
    assert len(sheet.days) == 31


def test_month_as_csv_names_the_missing_days(plant, as_user, leader):
    record(plant, 2, inflow_m3=Decimal("100.5"))
    content = as_user(leader).get(url("plant-log-export", plant.public_id), {"bulan": "2026-11"}).content.decode()
    lines = content.splitlines()
    assert len(lines) == 24
    assert lines[1] == f"2026-11-01{';' * 12}tidak ada catatan"
    assert "100,5" in lines[2]


@pytest.mark.parametrize("door", ["plant-list", "plant-log-list", "connection-list", "sludge-list"])
def test_list_takes_the_same_queries_for_1_and_30_rows(door, as_user, waste_head):
    browser = as_user(waste_head)

    def queries_for(count: int) -> int:
        for _ in range(count):
            log = factories.PlantLogFactory()
            factories.ConnectionFactory(plant=log.plant)
            factories.SludgeEntryFactory(plant=log.plant)
        browser.get(url(door))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(url(door)).status_code == 200
        return len(captured)

    assert queries_for(1) == queries_for(29)


def test_plant_pages_take_the_same_queries_for_1_and_30_rows(plant, as_user, waste_head):
    browser = as_user(waste_head)
    doors = [url(name, plant.public_id) for name in ("plant", "plant-log-month", "plant-sludge", "plant-load-list")]

    def queries_for(first: int, count: int) -> list[int]:
        for day in range(first, first + count):
            log = factories.PlantLogFactory(plant=plant, day=TODAY - timedelta(days=day))
            models.ChemicalDose.objects.create(log=log, chemical=models.Chemical.objects.get(code="tawas"), kg=3)
            factories.ConnectionFactory(plant=plant)
            factories.PlantUnitFactory(plant=plant)
            entry = factories.SludgeEntryFactory(plant=plant)
            models.DispatchLine.objects.create(
                dispatch=factories.SludgeDispatchFactory(plant=plant), entry=entry, kg=10
            )
        counts = []
        for door in doors:
            browser.get(door)
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(door).status_code == 200
            counts.append(len(captured))
        return counts

    assert queries_for(0, 1) == queries_for(1, 20)


# Alerts and figures


def scope(start: date = date(2026, 11, 1), end: date = TODAY) -> Scope:
    return Scope(Period(start, end), None, TODAY)


def test_missing_log_is_told_after_the_days_of_the_setting(plant):
    stopped = factories.TreatmentPlantFactory(status=PlantStatus.STOPPED)
    record(plant, 21, ph_out=Decimal(7))
    never = factories.TreatmentPlantFactory(name="IPAL A")
    found = plant_alerts.find_missing_logs(scope()).items
    assert [one.subject for one in found] == [never.name]
    models.PlantSetting.objects.filter(code="log_missing_days").update(value=2)
    found = plant_alerts.find_missing_logs(scope()).items
    assert [(one.subject, one.since) for one in found] == [(never.name, None), (plant.name, date(2026, 11, 22))]
    assert stopped.name not in [one.subject for one in found]


def test_downtime_ph_and_inflow_are_told(plant):
    factories.PlantCapacityFactory(plant=plant, capacity_m3_per_day=Decimal(150))
    record(plant, 20, inflow_m3=Decimal(180), downtime_hours=Decimal(6), downtime_cause=DowntimeCause.PUMP)
    record(plant, 21, inflow_m3=Decimal(180), ph_out=Decimal("9.6"), downtime_hours=Decimal(1),
           downtime_cause=DowntimeCause.PUMP)  # fmt: skip
    assert [one.since for one in plant_alerts.find_long_downtimes(scope()).items] == [date(2026, 11, 20)]
    assert [one.detail for one in plant_alerts.find_ph_outside(scope()).items] == ["pH outlet 9,6, yang diizinkan 6–9"]
    assert [one.detail for one in plant_alerts.find_inflow_over_capacity(scope()).items] == [
        "Air masuk rata-rata 180,0 m³/hari (2 hari), kapasitas 150 m³/hari"
    ]
    # A good reading afterwards closes the alert.
    record(plant, 22, inflow_m3=Decimal(20), ph_out=Decimal("7.6"))
    assert plant_alerts.find_ph_outside(scope()).items == []
    models.PlantCapacity.objects.update(capacity_m3_per_day=Decimal(400))
    assert plant_alerts.find_inflow_over_capacity(scope()).items == []


def test_ending_permit_is_told_until_a_later_one_stands(plant):
    old = factories.PlantPermitFactory(plant=plant, issued_on=date(2022, 1, 1), valid_until=date(2026, 12, 31))
    factories.PlantPermitFactory(plant=plant, issued_on=date(2022, 1, 1), valid_until=date(2027, 12, 31))
    assert [one.detail for one in plant_alerts.find_ending_permits(scope()).items] == [old.number]
    factories.PlantPermitFactory(plant=plant, issued_on=date(2026, 11, 1), valid_until=date(2031, 11, 1))
    assert plant_alerts.find_ending_permits(scope()).items == []


def test_log_completeness_counts_from_the_first_log_to_yesterday(plant):
    assert indicators.read_log_completeness(scope()).value is None
    for day in (13, 14, 20, 22, 23):
        record(plant, day, ph_out=Decimal(7))
    factories.TreatmentPlantFactory()
    found = indicators.read_log_completeness(scope())
    assert (found.numerator, found.denominator, found.value) == (4, 10, Decimal(40))


def test_utilisation_on_the_plant_page_names_both_capacities_and_the_chosen_figure(plant, as_user, waste_officer):
    factories.PlantCapacityFactory(plant=plant, capacity_m3_per_day=Decimal(400), stated_on=date(2022, 7, 6))
    factories.PlantCapacityFactory(
        plant=plant, kind=CapacityKind.CURRENT, capacity_m3_per_day=Decimal(150), stated_on=date(2023, 1, 1)
    )
    factories.PlantCapacityFactory(
        plant=plant, kind=CapacityKind.RECEIVED, capacity_m3_per_day=Decimal(1000), stated_on=date(2025, 1, 1)
    )
    record(plant, 22, inflow_m3=Decimal(180))
    response = as_user(waste_officer).get(plant.get_absolute_url())
    operation = response.context["operation"]
    assert (operation["of_design"], operation["of_design_tone"]) == ("45,0", "")
    assert (operation["of_current"], operation["of_current_tone"]) == ("120,0", "bad")
    used = [(int(one.capacity_m3_per_day), one.used_for) for one in response.context["capacities"]]
    assert used == [(1000, []), (150, ["any", "current"]), (400, ["design"])]


def test_the_public_sees_no_operation(plant, client):
    record(plant, 22, inflow_m3=Decimal(180))
    factories.PlantPermitFactory(plant=plant, number="CONTOH/PERTEK/9")
    response = client.get(plant.get_absolute_url())
    assert response.context["operation"] is None
    text = text_of(response)
    assert "CONTOH/PERTEK/9" in text
    assert "Cara kerjanya sekarang" not in text
    assert client.get(url("plant-log-month", plant.public_id)).status_code == 302


def test_treated_volume_names_its_basis_and_certainty(plant):
    declared = factories.ConnectionFactory(declared_m3_per_day=Decimal("3.5"), plant__name="IPAL B").plant
    unknown = factories.TreatmentPlantFactory(name="IPAL C")
    for day in range(1, 10):
        record(plant, day, inflow_m3=Decimal(100))
    record(plant, 10, ph_out=Decimal(7))
    found = {one.plant.pk: one for one in treated_volumes(date(2026, 11, 1), date(2026, 11, 10))}
    logged = found[plant.pk]
    assert (logged.m3_per_day, logged.basis, logged.certainty) == (Decimal(100), VolumeBasis.LOG, Certainty.HIGH)
    assert (logged.logged_m3, logged.known_days, logged.days, logged.m3) == (Decimal(900), 9, 10, Decimal(1000))
    stated = found[declared.pk]
    assert (stated.m3_per_day, stated.basis, stated.certainty) == (Decimal("3.5"), VolumeBasis.DECLARED, Certainty.LOW)
    assert (found[unknown.pk].m3_per_day, found[unknown.pk].m3, found[unknown.pk].certainty) == (
        None, None, Certainty.NONE,
    )  # fmt: skip
    longer = {one.plant.pk: one for one in treated_volumes(date(2026, 11, 1), date(2026, 11, 20))}
    assert longer[plant.pk].certainty == Certainty.MEDIUM


def test_open_data_sum_the_logged_days_only(plant):
    record(plant, 1, inflow_m3=Decimal(100), ph_out=Decimal(7))
    record(plant, 2, ph_out=Decimal(8), downtime_hours=Decimal(0))
    assert [tuple(row)[1:] for row in queries.monthly_operation()] == [
        ("IPAL Contoh", 2, 1, Decimal(100), 0, None, Decimal(7), Decimal(8), Decimal(0))
    ]


def test_every_alert_rule_of_plants_is_offered():
    assert {one.code for one in plant_alerts.ALERTS} <= {one.code for one in alerts.ALERTS}
