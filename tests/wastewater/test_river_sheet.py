"""The river campaign file: one line per sampling, what is read, refused and changed."""

from decimal import Decimal

import pytest

from batikportal.imports.choices import RunState
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models
from wastewater.sheets import river_results

pytestmark = pytest.mark.django_db

SHEET = river_results.SHEET
HEADER = ["Laboratorium", "No Lab", "Titik", "Tanggal ambil", "Jam", "Suhu udara", "Pasang surut", "Cuaca", "pH",
          "COD (mg/L)", "BOD 5", "Fenol"]  # fmt: skip


@pytest.fixture(autouse=True)
def places(db):
    factories.LaboratoryFactory(code="lab-a", name="Laboratorium A")
    factories.PlantPointFactory(code="IPAL-1")
    factories.RiverPointFactory(code="LOJI-1")
    factories.RiverPointFactory(code="LOJI-2")


def line(**changes) -> list[str]:
    values = {
        "lab": "lab-a", "number": "AL-1", "point": "LOJI-1", "day": "2 Maret 2026", "clock": "09.30", "air": "29",
        "tide": "Surut", "weather": "mendung", "ph": "7,4", "cod": "32", "bod": "4,1", "fenol": "<0,005",
    } | changes  # fmt: skip
    return list(values.values())


def imported(user, now, *lines, name="sungai.csv"):
    return applied(user, now, [], sheet=SHEET, data=csv_bytes([HEADER, *lines]), name=name)


def checked_lines(user, now, *lines, name="sungai.csv"):
    return checked(user, now, [], sheet=SHEET, data=csv_bytes([HEADER, *lines]), name=name)


def problems(run) -> list[str]:
    return [
        text
        for errors in run.rows.order_by("line").values_list("errors", flat=True)
        for texts in errors.values()
        for text in texts
    ]


def outcomes(run) -> list[str]:
    return list(run.rows.order_by("line").values_list("outcome", flat=True))


def test_a_campaign_becomes_samples_results_and_conditions(data_clerk, now):
    run = imported(data_clerk, now, line(), line(number="AL-2", point="loji-2", fenol="", tide="Rob", weather=""))
    assert run.state == RunState.APPLIED
    first, second = models.Sample.objects.order_by("lab_number")
    assert {one.parameter.code: one.reported for one in first.results.all()} == {
        "PH": "7,4", "COD": "32 mg/L", "BOD5": "4,1 mg/L", "FENOL": "<0,005 mg/L"
    }  # fmt: skip
    assert (first.state, first.air_temperature_c, first.river_condition.tide, first.river_condition.weather) == (
        "resulted", Decimal("29.0"), "low", "cloudy"
    )  # fmt: skip
    assert (second.results.count(), second.river_condition.tide, second.river_condition.weather) == (3, "flood", "")


def test_the_same_file_again_changes_nothing_and_a_changed_figure_is_corrected(data_clerk, now):
    imported(data_clerk, now, line())
    again = checked_lines(data_clerk, now, line(), line(number="AL-2", point="LOJI-2"), name="lagi.csv")
    assert outcomes(again) == ["same", "new"]
    imported(data_clerk, now, line(cod="33", tide="Pasang"), name="ralat.csv")
    sample = models.Sample.objects.get()
    assert sample.results.get(parameter__code="COD").value == 33
    assert (sample.river_condition.tide, sample.river_condition.weather) == ("high", "cloudy")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"point": "IPAL-1"}, "Titik ini bukan titik sungai. Pakai lembar hasil uji laboratorium."),
        ({"ph": "", "cod": "", "bod": "", "fenol": ""},
         "Baris ini tidak punya satu pun hasil. Isi sedikitnya satu parameter."),
        ({"day": "2 Maret 2027"}, "Tanggal pengambilan masih di depan. Periksa tanggalnya."),
        ({"point": "LOJI-9"}, "Titik “LOJI-9” tidak dikenal. Tulis kode titik dari daftar titik pantau."),
    ],
)  # fmt: skip
def test_bad_lines_are_refused_with_a_sentence(data_clerk, now, changes, problem):
    assert problems(checked_lines(data_clerk, now, line(**changes))) == [problem]


@pytest.mark.parametrize("changes", [{"ph": "15"}, {"cod": "-1"}, {"tide": "entah"}])
def test_impossible_cells_are_refused(data_clerk, now, changes):
    assert len(problems(checked_lines(data_clerk, now, line(**changes)))) == 1


def test_verified_samples_are_not_changed_by_a_file(data_clerk, now):
    imported(data_clerk, now, line())
    actions.verify_sample(sample=models.Sample.objects.get(), by=portal.UserFactory(), at=now)
    run = checked_lines(data_clerk, now, line(cod="33"), name="ralat.csv")
    assert problems(run) == [
        "Sampel AL-1 sudah diverifikasi. Bila keliru, ajukan koreksi dengan bukti pada halaman sampelnya."
    ]
