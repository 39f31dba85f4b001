"""The import of daily plant logs, and the pages of permits and panels that go with a plant."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from batikportal.contracts import Period, Scope
from batikportal.imports.choices import Outcome
from batikportal.imports.contract import Context, Row, Stop
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.choices.plants import DowntimeCause, FlowMethod
from wastewater.layers import places
from wastewater.panels import water
from wastewater.sheets import plant_log as sheet

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
EMPTY = dict.fromkeys(sheet.SHEET.by_name)


@pytest.fixture
def plant():
    return factories.TreatmentPlantFactory(code="contoh", name="IPAL Contoh")


def row(line: int, day: int, plant: str = "ipal contoh", **values) -> Row:
    return Row(line=line, values=EMPTY | {"plant": plant, "day": date(2026, 11, day)} | values)


def run(rows: list[Row], by) -> list[str]:
    ctx = Context(
        sheet=sheet.SHEET, by=by, at=AT, columns=frozenset(sheet.SHEET.by_name), run_id=1, file_name="catatan.csv"
    )
    sheet.check_logs(rows, ctx)
    sheet.apply_logs([one for one in rows if one.outcome in (Outcome.NEW, Outcome.CHANGED)], ctx)
    return [str(one.outcome) for one in rows]


def test_sheet_writes_days_meters_and_chemicals(plant, waste_officer):
    outcomes = run(
        [
            row(2, 1, meter_in=Decimal(1000), ph_out=Decimal(7), chemicals="Tawas 12,5; kapur 3 kg"),
            row(3, 2, meter_in=Decimal(1150), downtime_hours=Decimal(2), downtime_cause=DowntimeCause.POWER),
            row(4, 3, plant="contoh", inflow_m3=Decimal(90), is_estimate=True),
        ],
        waste_officer,
    )
    assert outcomes == [Outcome.NEW] * 3
    logs = models.PlantLog.objects.filter(plant=plant).order_by("day")
    assert [(log.inflow_m3, log.inflow_method) for log in logs] == [
        (None, ""),
        (Decimal(150), FlowMethod.METER),
        (Decimal(90), FlowMethod.ESTIMATE),
    ]
    assert {log.source for log in logs} == {"import"}
    assert list(logs[0].doses.order_by("kg").values_list("chemical__code", "kg")) == [
        ("kapur", Decimal(3)),
        ("tawas", Decimal("12.5")),
    ]


def test_sheet_again_changes_nothing_and_corrects_only_what_differs(plant, waste_officer):
    first = {"ph_out": Decimal("7.1"), "inflow_m3": Decimal(100), "chemicals": "Tawas 10", "note": "Bau"}
    run([row(2, 1, **first)], waste_officer)
    assert run([row(2, 1, **first)], waste_officer) == [Outcome.SAME]
    corrected = [row(2, 1, ph_out=Decimal("7.4"))]
    assert run(corrected, waste_officer) == [Outcome.CHANGED]
    assert corrected[0].before == {"ph_out": Decimal("7.10")}
    log = models.PlantLog.objects.get()
    # Empty cells erase nothing.
    assert (log.ph_out, log.inflow_m3, log.inflow_method, log.note) == (
        Decimal("7.4"), Decimal(100), FlowMethod.MEASURED, "Bau",
    )  # fmt: skip
    assert list(log.doses.values_list("kg", flat=True)) == [Decimal(10)]
    assert run([row(2, 1, chemicals="Tawas 11")], waste_officer) == [Outcome.CHANGED]
    assert list(log.doses.values_list("kg", flat=True)) == [Decimal(11)]


def test_sheet_refuses_line_by_line(plant, waste_officer):
    rows = [
        row(2, 1, plant="IPAL Antah", ph_out=Decimal(7)),
        row(3, 24, ph_out=Decimal(7)),
        row(4, 2),
        row(5, 3, ph_out=Decimal(7), downtime_hours=Decimal(2)),
        row(6, 4, ph_out=Decimal(7), chemicals="Tawas sedikit"),
        row(7, 5, ph_out=Decimal(7), chemicals="Garam 3"),
    ]
    run(rows, waste_officer)
    assert [list(one.errors) for one in rows] == [
        ["plant"], ["day"], [""], ["downtime_cause"], ["chemicals"], ["chemicals"],
    ]  # fmt: skip
    assert not models.PlantLog.objects.exists()


def test_a_meter_that_runs_backwards_stops_the_whole_file(plant, waste_officer):
    with pytest.raises(Stop, match="IPAL Contoh: Angka meter"):
        run([row(2, 1, meter_in=Decimal(1000)), row(3, 2, meter_in=Decimal(20))], waste_officer)
    assert not models.PlantLog.objects.exists()


# Permits


def test_a_permit_is_recorded_with_its_file_and_once(plant, as_user, waste_officer):
    browser = as_user(waste_officer)
    url = reverse("wastewater:permit-new", args=[plant.public_id])
    data = {"kind": "slo", "number": "SLO/1/2026", "issued_on": "2026-01-02", "valid_until": "2026-12-31"}
    wrong = browser.post(url, data | {"valid_until": "2025-12-31"})
    assert list(wrong.context["form"].errors) == ["valid_until"]
    file = SimpleUploadedFile("slo.pdf", b"%PDF-1.4 contoh", content_type="application/pdf")
    assert browser.post(url, data | {"file": file}).status_code == 302
    permit = models.PlantPermit.objects.get()
    assert (permit.number, permit.created_by, permit.file is not None) == ("SLO/1/2026", waste_officer, True)
    again = browser.post(url, data)
    assert "sudah tercatat" in str(again.context["form"].non_field_errors())


# Shared pages


def test_panel_says_where_the_water_goes(waste_officer, as_user):
    connection = factories.ConnectionFactory(declared_m3_per_day=Decimal("3.5"))
    text = as_user(waste_officer).get(connection.enterprise.get_absolute_url()).content.decode()
    assert reverse("wastewater:connection-volume", args=[connection.public_id]) in text
    alone = factories.EnterprisePointFactory().enterprise
    text = as_user(waste_officer).get(alone.get_absolute_url()).content.decode()
    assert f"{reverse('wastewater:connection-new')}?usaha={alone.registration_number}" in text
    assert water.read_staff(waste_officer, alone, TODAY)["enterprise"] == alone


def test_map_says_how_much_of_a_plant_is_used(plant):
    factories.PlantCapacityFactory(plant=plant, capacity_m3_per_day=Decimal(400))
    factories.PlantLogFactory(plant=plant, day=date(2026, 11, 22), inflow_m3=Decimal(180))
    (place,) = places.read_plants(Scope(Period(TODAY, TODAY), None, TODAY))
    assert "dipakai 45%" in place.note
