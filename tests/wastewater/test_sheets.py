"""The laboratory file: what is read, what is refused and why, and that a second file changes only what differs."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from batikportal.imports import matching
from batikportal.imports.choices import RunState
from tests.batikportal.importing import applied, checked
from tests.batikportal.spreadsheets import csv_bytes, xlsx_bytes
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import actions, models, sheets

pytestmark = pytest.mark.django_db

SHEET = sheets.SHEETS[0]
HEADER = ["Laboratorium", "No Lab", "Titik", "Tanggal ambil", "Jam", "Parameter", "Hasil", "Satuan", "Batas deteksi",
          "Metode", "Suhu udara"]  # fmt: skip
UNDETECTED = (
    "“ttd” tidak menyebut batas deteksi, dan LoQ laboratorium untuk parameter dan tanggal ini belum tercatat. "
    "Tulis dengan batasnya, misalnya <0,01, atau mintalah pengelola mencatat LoQ-nya."
)


@pytest.fixture(autouse=True)
def places(db):
    """A laboratory, an outlet and a river point."""
    factories.LaboratoryFactory(code="lab-a", name="Laboratorium A")
    factories.PlantPointFactory(code="IPAL-1")
    factories.RiverPointFactory(code="LOJI-1")


def line(**changes) -> list[str]:
    values = {
        "lab": "Laboratorium A", "number": "AL-1", "point": "IPAL-1", "day": "2 Maret 2026", "clock": "09.30",
        "parameter": "COD", "result": "138", "unit": "mg/L", "limit": "", "method": "SNI 6989.2:2019", "air": "",
    } | changes  # fmt: skip
    return list(values.values())


def data(*lines) -> bytes:
    return csv_bytes([HEADER, *lines])


def imported(user, now, *lines, name="hasil.csv"):
    return applied(user, now, [], sheet=SHEET, data=data(*lines), name=name)


def problems(user, now, *lines) -> list[str]:
    """What the check says about the lines, in order."""
    run = checked(user, now, [], sheet=SHEET, data=data(*lines))
    return [
        text
        for errors in run.rows.order_by("line").values_list("errors", flat=True)
        for texts in errors.values()
        for text in texts
    ]


def outcomes(run) -> list[str]:
    return list(run.rows.order_by("line").values_list("outcome", flat=True))


def test_a_file_becomes_samples_results_and_verdicts(data_clerk, now):
    run = imported(
        data_clerk,
        now,
        line(),
        line(parameter="Fenol", result="<0,01", limit="0,01"),
        line(number="AL-2", point="loji-1", parameter="Suhu", result="31,5", unit="oC", air="27,5"),
        line(number="AL-2", point="loji-1", parameter="Nitrat", result="44,27", unit="mg/L NO3"),
    )
    assert run.state == RunState.APPLIED, run.problem
    first, _second = models.Sample.objects.order_by("lab_number")
    assert (first.state, first.results_entered_by, first.source) == ("resulted", data_clerk, "import")
    assert first.taken_at == datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
    verdicts = {
        (sample, code): (verdict, limit)
        for sample, code, verdict, limit in models.Evaluation.objects.values_list(
            "result__sample__lab_number", "result__parameter__code", "verdict", "limit__standard_set__code"
        )
    }
    assert verdicts == {
        ("AL-1", "COD"): ("exceeds", "permen-12-2025-b"),
        ("AL-1", "FENOL"): ("meets", "permen-12-2025-b"),
        ("AL-2", "SUHU"): ("exceeds", "pp-22-2021-ii"),
        ("AL-2", "NO3N"): ("meets", "pp-22-2021-ii"),
    }
    assert (first.exceeds_count, first.meets_count) == (1, 1)
    stored = models.Result.objects.get(parameter__code="FENOL")
    assert (stored.qualifier, stored.value, stored.detection_limit) == ("<", Decimal("0.01"), Decimal("0.01"))


def test_a_spreadsheet_is_read_like_a_csv(data_clerk, now):
    run = applied(data_clerk, now, [], sheet=SHEET, data=xlsx_bytes([HEADER, line(result=138.5)]), name="hasil.xlsx")
    assert run.state == RunState.APPLIED, run.problem
    assert models.Result.objects.get().value == Decimal("138.5")


def test_the_same_results_again_change_nothing(data_clerk, now):
    imported(data_clerk, now, line(), line(parameter="BOD", result="40"))
    run = checked(data_clerk, now, [], sheet=SHEET, data=data(line(), line(parameter="BOD", result="40,0")))
    assert outcomes(run) == ["same", "same"]
    assert models.Evaluation.objects.count() == 2


def test_a_changed_result_is_corrected_and_judged_again(data_clerk, now):
    imported(data_clerk, now, line(), line(parameter="BOD", result="40"))
    run = imported(
        data_clerk, now, line(result="120"), line(parameter="BOD", result="40"), line(parameter="TSS", result="9")
    )
    assert outcomes(run) == ["changed", "same", "new"]
    assert models.Sample.objects.count() == 1
    history = models.Evaluation.objects.filter(result__parameter__code="COD").order_by("pk")
    assert list(history.values_list("verdict", "is_current")) == [("exceeds", False), ("meets", True)]
    assert models.Sample.objects.get().meets_count == 3


def test_an_empty_cell_never_erases_what_is_stored(data_clerk, now):
    imported(data_clerk, now, line(limit="5"))
    imported(data_clerk, now, line(result="120", limit="", method=""))
    stored = models.Result.objects.get()
    assert (stored.value, stored.detection_limit, stored.method) == (120, 5, "SNI 6989.2:2019")


def test_verified_results_are_refused_but_may_be_repeated(data_clerk, waste_head, now):
    imported(data_clerk, now, line())
    actions.verify_sample(sample=models.Sample.objects.get(), by=waste_head, at=now)
    assert outcomes(checked(data_clerk, now, [], sheet=SHEET, data=data(line(result="138,0")))) == ["same"]
    assert problems(data_clerk, now, line(result="120")) == [
        "Sampel AL-1 sudah diverifikasi. Bila keliru, ajukan koreksi dengan bukti pada halaman sampelnya."
    ]


def test_a_void_number_may_be_used_again(data_clerk, now):
    imported(data_clerk, now, line())
    actions.void_sample(sample=models.Sample.objects.get(), reason="Botol tertukar", by=None, at=now)
    imported(data_clerk, now, line(result="120"))
    assert list(models.Sample.objects.order_by("pk").values_list("state", flat=True)) == ["void", "resulted"]


def test_results_find_the_sample_that_waits_at_the_laboratory(data_clerk, now):
    waiting = factories.SampleFactory(
        point=models.DischargePoint.objects.get(code="IPAL-1"),
        state="at_lab",
        laboratory=models.Laboratory.objects.get(),
        sent_on="2026-03-02",
        air_temperature_c=29,
    )
    imported(data_clerk, now, line())
    waiting.refresh_from_db()
    assert (waiting.state, waiting.lab_number, waiting.air_temperature_c) == ("resulted", "AL-1", 29)
    assert models.Sample.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"lab": "Lab Entah"},
            "Laboratorium “Lab Entah” tidak dikenal, atau bukan laboratorium Anda. Tulis nama atau kodenya. "
            "Yang dikenal: Laboratorium A.",
        ),
        ({"point": "X-9"}, "Titik “X-9” tidak dikenal. Tulis kode titik dari daftar titik pantau."),
        ({"parameter": "Emas"}, "Parameter “Emas” tidak dikenal."),
        ({"unit": "furlong"}, "Satuan “furlong” tidak dikenal. Tulis misalnya mg/L."),
        ({"clock": "pagi"}, "Jam “pagi” tidak dikenal. Tulis misalnya 09.30."),
        ({"day": "1 Januari 2099"}, "Tanggal pengambilan masih di depan. Periksa tanggalnya."),
        ({"parameter": "pH", "unit": "", "result": "15"}, "pH harus antara 0 dan 14."),
        ({"result": "-3"}, "Hasil tidak boleh negatif."),
        (
            {"parameter": "Suhu", "unit": "", "result": "250"},
            "Suhu air harus antara 0 dan 100 °C. Periksa angka dan satuannya.",
        ),
        (
            {"parameter": "Suhu", "unit": "oC", "result": "-1"},
            "Suhu air harus antara 0 dan 100 °C. Periksa angka dan satuannya.",
        ),
        ({"result": ""}, "Wajib diisi."),
        ({"result": "1.250"}, "“1.250” dapat berarti 1250 atau 1,250. Tulis 1250 tanpa titik, atau 1,250."),
        ({"result": "ttd"}, UNDETECTED),
    ],
)
def test_a_line_that_cannot_be_understood_is_refused(data_clerk, now, changes, message):
    assert problems(data_clerk, now, line(**changes)) == [message]


def test_everything_wrong_with_a_line_is_said_at_once(data_clerk, now):
    run = checked(
        data_clerk,
        now,
        [],
        sheet=SHEET,
        data=data(
            line(lab="Lab Entah", point="X-9", parameter="Emas", unit="furlong", clock="pagi", result="ttd"),
            line(parameter="Emas", unit="furlong", clock="pagi", result="-3"),
            line(parameter="BOD", result=""),
        ),
    )
    unreadable, understood, empty = (row.errors for row in run.rows.order_by("line"))
    assert set(unreadable) == {"laboratory", "point", "parameter", "unit", "taken_time", "result"}
    assert unreadable["result"] == [UNDETECTED]
    assert set(understood) == {"parameter", "unit", "taken_time", "result"}
    assert empty == {"result": ["Wajib diisi."]}


def test_one_number_names_one_place_and_moment(data_clerk, now):
    found = problems(
        data_clerk, now, line(), line(parameter="BOD", point="LOJI-1"), line(parameter="TSS", clock="10.00")
    )
    assert found == ["Nomor AL-1 sudah dipakai baris lain dengan titik atau waktu yang berbeda."] * 2


def test_a_number_of_another_point_or_day_is_refused(data_clerk, now):
    imported(data_clerk, now, line())
    assert problems(data_clerk, now, line(point="LOJI-1")) == ["Nomor AL-1 sudah tercatat untuk titik lain."]
    assert problems(data_clerk, now, line(day="3 Maret 2026")) == ["Nomor AL-1 sudah tercatat dengan tanggal lain."]


def test_a_bare_number_has_the_unit_of_its_parameter(data_clerk, now):
    imported(data_clerk, now, line(parameter="Amonia", unit="", result="3"))
    stored = models.Result.objects.get()
    assert (stored.unit, stored.expressed_as) == ("mg/L", "N")


@pytest.mark.parametrize("name", ["COD", "cod", "Chemical Oxygen Demand"])
def test_a_parameter_by_any_of_its_names(data_clerk, now, name):
    imported(data_clerk, now, line(parameter=name))
    assert models.Result.objects.get().parameter.code == "COD"


def test_no_name_means_two_parameters():
    names = [
        matching.fold(text)
        for parameter in models.Parameter.objects.all()
        for text in {matching.fold(one) for one in (parameter.code, parameter.name, *parameter.aliases)}
    ]
    assert len(names) == len(set(names))


def test_a_laboratory_sends_its_own_results_only(lab, now):
    own = factories.LaboratoryFactory(name="Laboratorium Sendiri")
    own.analysts.add(lab)
    assert imported(lab, now, line(lab="Laboratorium Sendiri")).state == RunState.APPLIED
    assert problems(lab, now, line(number="AL-2"))[0].startswith("Laboratorium “Laboratorium A” tidak dikenal")


def test_an_officer_of_one_district_is_refused_elsewhere(now):
    officer = portal.StaffFactory(role="waste_officer", office="dlh")
    officer.role_assignments.update(area=portal.ward("Krapyak").parent)
    assert problems(officer, now, line()) == [
        "Titik “IPAL-1” tidak dikenal. Tulis kode titik dari daftar titik pantau."
    ]


def test_a_file_of_many_lines_takes_the_same_queries(data_clerk, now):
    codes = ["BOD5", "COD", "TSS", "PH", "OG"]

    def queries_for(numbers: range) -> int:
        lines = [
            line(number=f"N-{number}", parameter=code, unit="", result="5") for number in numbers for code in codes
        ]
        with CaptureQueriesContext(connection) as captured:
            run = imported(data_clerk, now, *lines, name=f"{numbers.start}.csv")
        assert run.state == RunState.APPLIED, run.problem
        return len(captured)

    queries_for(range(100, 101))
    assert queries_for(range(1)) == queries_for(range(1, 31))
    assert models.Result.objects.count() == 32 * len(codes)
