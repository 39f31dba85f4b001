"""After an import its page leads to the rows of that file alone; the history tells which."""

import uuid

import pytest
from django.urls import reverse

from tests.batikportal.importing import applied
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import wastewater as factories
from wastewater import sheets
from wastewater.models import PlantLog, Sample

pytestmark = pytest.mark.django_db

BY_CODE = {one.code: one for one in sheets.SHEETS}
LAB_HEADER = ["Laboratorium", "No Lab", "Titik", "Tanggal ambil", "Parameter", "Hasil", "Satuan"]
LOG_HEADER = ["IPAL", "Hari", "pH outlet"]


@pytest.fixture(autouse=True)
def _places(db):
    factories.LaboratoryFactory(code="lab-a", name="Laboratorium A")
    factories.PlantPointFactory(code="IPAL-1")
    factories.RiverPointFactory(code="LOJI-1")


def lab_file(user, now, *numbers, result="138"):
    lines = [["Laboratorium A", number, "IPAL-1", "2 Maret 2026", "COD", result, "mg/L"] for number in numbers]
    name = "-".join(numbers) + f"-{result}.csv"
    return applied(user, now, [], sheet=BY_CODE["lab-results"], data=csv_bytes([LAB_HEADER, *lines]), name=name)


def seen(client, path: str, run) -> list:
    return list(client.get(path, {"impor": run.public_id}).context["page"])


def test_a_laboratory_file_opens_its_samples_new_and_corrected(as_user, data_clerk, now):
    first = lab_file(data_clerk, now, "AL-1", "AL-2")
    second = lab_file(data_clerk, now, "AL-3")
    corrected = lab_file(data_clerk, now, "AL-2", result="140")
    client = as_user(data_clerk)

    page = client.get(reverse("import-run", args=[second.public_id]))
    assert page.context["done_url"] == f"{reverse('wastewater:sample-list')}?impor={second.public_id}"
    listed = {
        run.pk: sorted(row.lab_number for row in seen(client, reverse("wastewater:sample-list"), run))
        for run in (first, second, corrected)
    }
    assert listed == {first.pk: ["AL-1", "AL-2"], second.pk: ["AL-3"], corrected.pk: ["AL-2"]}
    assert Sample.objects.count() == 3


def test_the_list_names_the_file_and_its_table_has_the_same_rows(as_user, data_clerk, now):
    run = lab_file(data_clerk, now, "AL-1")
    lab_file(data_clerk, now, "AL-2")
    client = as_user(data_clerk)

    assert (
        f"Dari berkas: {run.file_name}"
        in client.get(reverse("wastewater:sample-list"), {"impor": run.public_id}).content.decode()
    )
    table = client.get(reverse("wastewater:sample-export"), {"impor": run.public_id})
    assert [line.split(";")[0] for line in b"".join(table).decode("utf-8-sig").splitlines()[1:]] == ["AL-1"]


def test_an_import_of_somebody_else_and_a_missing_one_answer_alike(as_user, data_clerk, planner, now):
    run = lab_file(data_clerk, now, "AL-1")
    client = as_user(planner)
    path = reverse("wastewater:sample-list")
    assert [
        client.get(path, {"impor": text}).status_code for text in (str(run.public_id), str(uuid.uuid4()), "bukan-kode")
    ] == [404, 404, 404]


def test_a_river_file_opens_its_samples(as_user, data_clerk, now):
    lab_file(data_clerk, now, "AL-1")
    header = ["Laboratorium", "Nomor laboratorium", "Kode titik", "Tanggal ambil", "BOD (mg/L)"]
    line = ["Laboratorium A", "SG-1", "LOJI-1", "3 Maret 2026", "4"]
    run = applied(data_clerk, now, [], sheet=BY_CODE["river-results"], data=csv_bytes([header, line]), name="sg.csv")
    assert run.problem == ""

    rows = seen(as_user(data_clerk), reverse("wastewater:sample-list"), run)
    assert [row.lab_number for row in rows] == ["SG-1"]


def log_file(user, now, *days):
    lines = [["IPAL Contoh", day, "7,4"] for day in days]
    sheet = BY_CODE["plant-log"]
    return applied(user, now, [], sheet=sheet, data=csv_bytes([LOG_HEADER, *lines]), name=f"{days[0]}.csv")


def test_a_plant_log_file_opens_its_days(as_user, waste_officer, now):
    factories.TreatmentPlantFactory(code="contoh", name="IPAL Contoh")
    log_file(waste_officer, now, "1 Maret 2026")
    run = log_file(waste_officer, now, "2 Maret 2026", "3 Maret 2026")
    assert run.problem == ""
    client = as_user(waste_officer)

    page = client.get(reverse("import-run", args=[run.public_id]))
    assert page.context["done_url"] == f"{reverse('wastewater:plant-log-days')}?impor={run.public_id}"
    days = [log.day.day for log in seen(client, reverse("wastewater:plant-log-days"), run)]
    assert (days, PlantLog.objects.count()) == ([3, 2], 3)
    everything = client.get(reverse("wastewater:plant-log-days")).context["page"]
    assert len(list(everything)) == 3
