""" "ttd" in laboratory files: read as less than the laboratory's limit where that is known, and said so."""

from datetime import date
from decimal import Decimal

import pytest

from batikportal.imports.queries import Preview
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import methods, wastewater
from wastewater.models import LabMethod, Result, Sample
from wastewater.sheets import lab_results, lab_results_wide

pytestmark = pytest.mark.django_db

BASE = ["Laboratorium", "No Lab", "Titik", "Tanggal ambil"]
START = ["Laboratorium A", "AL-1", "IPAL-1", "2 Maret 2026"]
LONG = [*BASE, "Parameter", "Hasil", "Satuan", "Batas deteksi", "Metode"]
WIDE = [*BASE, "Fenol (µg/L)", "pH", "COD (mg/L)"]
PHENOL = "SNI 06-6989.21-2004"


@pytest.fixture(autouse=True)
def phenol(db):
    """Laboratory A measures phenol down to 0,005 mg/L since 2025, and pH to 0,01."""
    laboratory = wastewater.LaboratoryFactory(code="lab-a", name="Laboratorium A")
    wastewater.PlantPointFactory(code="IPAL-1")
    for code, method, limit in (("FENOL", PHENOL, "0.005"), ("PH", "SNI 6989.11:2019", "0.01")):
        methods.LabMethodFactory(
            laboratory=laboratory,
            parameter=wastewater.parameter(code),
            method=method,
            quantification_limit=Decimal(limit),
        )


def long_file(user, now, *cells: str, do=applied):
    return do(user, now, [], sheet=lab_results.SHEET, data=csv_bytes([LONG, [*START, *cells]]))


def wide_file(user, now, *cells: str, do=applied, start=START):
    return do(user, now, [], sheet=lab_results_wide.SHEET, data=csv_bytes([WIDE, [*start, *cells]]))


def stored() -> tuple:
    row = Result.objects.get(parameter__code="FENOL")
    return row.qualifier, row.value, row.unit, row.detection_limit, row.method


@pytest.mark.parametrize("word", ["ttd", "Tidak terdeteksi", "ND"])
def test_the_long_file_reads_the_limit_of_the_laboratory_and_says_so(data_clerk, now, as_user, word):
    long_file(data_clerk, now, "Fenol", word, "mg/L", "", "")

    assert stored() == ("<", Decimal("0.005"), "mg/L", Decimal("0.005"), PHENOL)
    note = f"Tertulis “{word}” pada berkas; dibaca kurang dari batas laboratorium."
    assert Result.objects.get().note == note
    assert note in as_user(data_clerk).get(Sample.objects.get().get_absolute_url()).content.decode()


def test_the_wide_file_reads_it_in_the_unit_of_its_heading(data_clerk, now):
    run = wide_file(data_clerk, now, "ttd", "7,2", "30", do=checked)
    shown = Preview(run, lab_results_wide.SHEET).show(run.rows.all())
    assert {cell.text for cell in shown[0].cells} == {*START, "<5 (ttd)", "7,2", "30"} - {START[3]} | {"02/03/2026"}
    wide_file(data_clerk, now, "ttd", "7,2", "30")

    assert stored() == ("<", Decimal(5), "µg/L", Decimal(5), PHENOL)


def test_the_limit_of_the_line_comes_first(data_clerk, now):
    long_file(data_clerk, now, "Fenol", "ttd", "mg/L", "0,002", "")

    assert stored() == ("<", Decimal("0.002"), "mg/L", Decimal("0.002"), PHENOL)


@pytest.mark.parametrize(
    "cells",
    [
        ("COD", "ttd", "mg/L", "", ""),
        ("Fenol", "ttd", "mg/L", "", "Metode lain"),
        ("pH", "ttd", "", "", ""),
        ("Fenol", "ttd", "NTU", "", ""),
    ],
)
def test_without_a_known_limit_it_is_refused_with_what_to_do(data_clerk, now, cells):
    run = long_file(data_clerk, now, *cells, do=checked)

    assert [row.outcome for row in run.rows.all()] == ["refused"]
    assert "mintalah pengelola mencatat LoQ-nya" in run.rows.get().errors["result"][0]


def test_a_limit_of_another_time_says_nothing(data_clerk, now):
    LabMethod.objects.update(valid_until=date(2026, 2, 1))
    run = wide_file(data_clerk, now, "ttd", "7,2", "30", do=checked)

    assert list(run.rows.get().errors) == ["FENOL"]


def test_the_other_layout_finds_the_same_and_a_figure_takes_the_note_away(data_clerk, now):
    wide_file(data_clerk, now, "ttd", "7,2", "")
    run = long_file(data_clerk, now, "Fenol", "ttd", "µg/L", "", "", do=checked)
    assert [row.outcome for row in run.rows.all()] == ["same"]
    long_file(data_clerk, now, "Fenol", "8", "µg/L", "", "")

    assert stored()[:3] == ("=", Decimal(8), "µg/L")
    assert Result.objects.get(parameter__code="FENOL").note == ""
