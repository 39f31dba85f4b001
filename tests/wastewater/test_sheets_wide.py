"""The wide laboratory file: headings as laboratories write them, errors in their cell, the long file's door."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from batikportal.imports import handouts
from batikportal.imports.choices import RunState
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes, xlsx_bytes
from tests.factories import wastewater as factories
from wastewater import actions, models
from wastewater.sheets import lab_results, lab_results_wide

pytestmark = pytest.mark.django_db

SHEET = lab_results_wide.SHEET
BASE = ["Laboratorium", "No Lab", "Titik", "Tanggal ambil", "Jam"]
HEADER = [*BASE, "COD (mg/L)", "Fenol Total (mg/L)", "pH", "Nitrat (mg/L NO3)", "Tembaga (µg/L)"]


@pytest.fixture(autouse=True)
def places(db):
    """A laboratory, an outlet and a river point."""
    factories.LaboratoryFactory(code="lab-a", name="Laboratorium A")
    factories.PlantPointFactory(code="IPAL-1")
    factories.RiverPointFactory(code="LOJI-1")


def line(*results: str, number: str = "AL-1", point: str = "IPAL-1", day: str = "2 Maret 2026") -> list[str]:
    return ["Laboratorium A", number, point, day, "09.30", *results]


def imported(user, now, *lines, header=HEADER):
    return applied(user, now, [], sheet=SHEET, data=csv_bytes([header, *lines]), name="hasil.csv")


def errors(user, now, *lines, header=HEADER) -> list[dict]:
    run = checked(user, now, [], sheet=SHEET, data=csv_bytes([header, *lines]))
    return list(run.rows.order_by("line").values_list("errors", flat=True))


def outcomes(run) -> list[str]:
    return list(run.rows.order_by("line").values_list("outcome", flat=True))


def again(user, now, *lines) -> list[str]:
    """What is said of the same lines under another heading: the very same file would be refused as a whole."""
    header = [*BASE, "Kolom bebas", *HEADER[len(BASE) :]]
    moved = [[*one[: len(BASE)], "", *one[len(BASE) :]] for one in lines]
    return outcomes(checked(user, now, [], sheet=SHEET, data=csv_bytes([header, *moved])))


def results(number: str = "AL-1") -> dict[str, str]:
    rows = models.Result.objects.filter(sample__lab_number=number).select_related("parameter")
    return {
        row.parameter.code: f"{row.qualifier}{row.value.normalize():f} {row.unit} {row.expressed_as}" for row in rows
    }


def test_one_line_per_sample_becomes_samples_results_and_verdicts(data_clerk, now):
    run = imported(
        data_clerk,
        now,
        line("138", "<0,01", "7,2", "-", ""),
        line("", "", "6,9", "44,27", "15", number="AL-2", point="LOJI-1"),
    )

    assert run.state == RunState.APPLIED, run.problem
    assert results("AL-1") == {"COD": "=138 mg/L ", "FENOL": "<0.01 mg/L ", "PH": "=7.2 pH "}
    assert results("AL-2") == {"PH": "=6.9 pH ", "NO3N": "=44.27 mg/L NO3", "CU": "=15 µg/L "}
    first = models.Sample.objects.get(lab_number="AL-1")
    assert (first.state, first.results_entered_by, first.source) == ("resulted", data_clerk, "import")
    assert (first.exceeds_count, first.meets_count) == (1, 2)
    nitrate = models.Evaluation.objects.get(result__parameter__code="NO3N")
    assert (nitrate.verdict, round(nitrate.converted_value, 4)) == ("meets", Decimal("10.0000"))


def test_the_long_file_finds_what_the_wide_one_wrote(data_clerk, now):
    imported(data_clerk, now, line("138", "<0,01", "7,2", "", ""))
    header = [*BASE, "Parameter", "Hasil", "Satuan"]
    lines = [line("COD", "138", "mg/L"), line("Fenol", "<0,01", "mg/L"), line("pH", "7,2", "")]
    run = checked(data_clerk, now, [], sheet=lab_results.SHEET, data=csv_bytes([header, *lines]))

    assert outcomes(run) == ["same", "same", "same"]


def test_again_changes_nothing_and_a_changed_cell_is_corrected_alone(data_clerk, now):
    imported(data_clerk, now, line("138", "<0,01", "7,2", "", ""))
    assert again(data_clerk, now, line("138", "<0,01", "7,2", "", "")) == ["same"]

    run = imported(data_clerk, now, line("120", "", "7,2", "", "4"))
    assert outcomes(run) == ["changed"]
    assert run.rows.get().before == {"COD": ["=", "138.000000"], "CU": None}
    assert results() == {"COD": "=120 mg/L ", "FENOL": "<0.01 mg/L ", "PH": "=7.2 pH ", "CU": "=4 µg/L "}


@pytest.mark.parametrize("cell", ["ttd", "tt", "TD", "Tidak terdeteksi"])
def test_not_detected_without_its_limit_is_refused_in_its_cell(data_clerk, now, cell):
    found = errors(data_clerk, now, line("138", cell, "7,2", "", ""))

    assert list(found[0]) == ["FENOL"]
    assert found[0]["FENOL"][0].startswith(f"“{cell}” tidak menyebut batas deteksi, dan LoQ laboratorium")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (line("-1", "", "15", "", ""), {"COD": ["Hasil tidak boleh negatif."], "PH": ["pH harus antara 0 dan 14."]}),
        (
            line("138", "", "", "", "", point="X-9"),
            {"point": ["Titik “X-9” tidak dikenal. Tulis kode titik dari daftar titik pantau."]},
        ),
        (line("", "-", "", "", ""), {"": ["Belum ada hasil pada baris ini. Isi sedikitnya satu parameter."]}),
    ],
)
def test_what_is_wrong_is_said_once_and_where_it_is(data_clerk, now, row, expected):
    assert errors(data_clerk, now, row) == [expected]


def test_everything_wrong_with_a_line_is_said_at_once(data_clerk, now):
    found = errors(data_clerk, now, line("138x", "", "15", "", "", point="X-9"))

    assert set(found[0]) == {"COD", "PH", "point"}
    assert {column: len(messages) for column, messages in found[0].items()} == {"COD": 1, "PH": 1, "point": 1}


def test_an_unknown_unit_in_a_heading_refuses_its_cells_only(data_clerk, now):
    found = errors(data_clerk, now, line("138"), header=[*BASE, "COD (mg/kg)"])

    assert found == [{"COD": ["Satuan “mg/kg” tidak dikenal. Tulis misalnya mg/L."]}]


@pytest.mark.parametrize("heading", ["COD", "cod (MG/L)", "COD mg/L", "Chemical Oxygen Demand (mg/l)", "COD\n(mg/L) *"])
def test_a_parameter_by_the_headings_of_real_tables(data_clerk, now, heading):
    imported(data_clerk, now, line("138"), header=[*BASE, heading])

    assert results() == {"COD": "=138 mg/L "}


def test_one_parameter_in_two_columns_is_refused(data_clerk, now):
    run = checked(data_clerk, now, [], sheet=SHEET, data=csv_bytes([[*BASE, "Fenol", "Phenol (mg/L)"], line("1", "2")]))

    assert run.state == RunState.FAILED
    assert "Kolom ganda" in run.problem


def test_verified_samples_are_refused_but_may_be_repeated(data_clerk, waste_head, now):
    imported(data_clerk, now, line("138", "", "", "", ""))
    actions.verify_sample(sample=models.Sample.objects.get(), by=waste_head, at=now)

    assert again(data_clerk, now, line("138", "", "", "", "")) == ["same"]
    found = errors(data_clerk, now, line("120", "", "", "", ""))
    assert list(found[0]) == [""]
    assert "ajukan koreksi dengan bukti" in found[0][""][0]


def test_the_template_comes_back_as_it_went_out(data_clerk, now):
    header = [str(column.label) for column in SHEET.columns]
    assert "Nitrat (sebagai N) (mg/L N)" in header
    filled = {"Laboratorium": "lab-a", "Nomor laboratorium": "AL-7", "Kode titik": "IPAL-1",
              "Tanggal ambil": "2 Maret 2026", "COD (mg/L)": "138"}  # fmt: skip
    rows = [header, [column.example for column in SHEET.columns], [filled.get(label, "") for label in header]]
    run = applied(data_clerk, now, [], sheet=SHEET, data=xlsx_bytes(rows), name="templat.xlsx")

    assert results("AL-7") == {"COD": "=138 mg/L "}
    assert run.rows.count() == 1
    assert handouts.template_xlsx(SHEET)


def test_a_wider_and_longer_file_takes_the_same_queries(data_clerk, now):
    def asked(count: int) -> int:
        lines = [line("138", "<0,01", "7,2", "44", "3", number=f"N-{count}-{place}") for place in range(count)]
        with CaptureQueriesContext(connection) as queries:
            imported(data_clerk, now, *lines)
        return len(queries)

    asked(1)
    assert asked(30) == asked(2)


def test_a_wide_file_on_the_long_sheet_is_shown_its_place(data_clerk, now):
    run = checked(
        data_clerk, now, [], sheet=lab_results.SHEET, data=csv_bytes([HEADER, line("90", "0,1", "7", "1", "2")])
    )
    assert run.problem.endswith(
        "Berkas ini cocok untuk lembar “Hasil uji laboratorium (satu baris per sampel)”. Unggah lagi di sana."
    )


def test_an_unknown_laboratory_is_answered_with_the_known_ones(data_clerk, now):
    stranger = ["Lab X", *line("90", "0,1", "7", "1", "2")[1:]]
    assert errors(data_clerk, now, stranger)[0]["laboratory"][0].endswith("Yang dikenal: Laboratorium A.")
