"""Laboratory methods: dated rows, what they fill in, what lies outside the scope, and limits too high to judge."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from tests.batikportal.importing import applied
from tests.batikportal.spreadsheets import csv_bytes
from tests.factories import methods as factories
from tests.factories import wastewater
from wastewater.models import AnalysisMethod, LabMethod, Result
from wastewater.queries import methods as queries
from wastewater.sheets import lab_results_wide

pytestmark = pytest.mark.django_db

entry = wastewater.entry
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


def stored(code: str = "COD") -> tuple:
    return Result.objects.values_list("method", "detection_limit").get(parameter__code=code)


def test_the_reference_carries_the_methods_of_the_field():
    rows = AnalysisMethod.objects.filter(parameter__code__in=["BOD5", "CR6", "SULFIDA"])

    assert list(
        rows.order_by("parameter__code", "method").values_list("method", "quantification_limit", "holding_hours")
    ) == [
        ("SNI 6989.72:2009", Decimal(2), Decimal(48)),
        ("SNI 6989.71:2009", Decimal("0.02"), Decimal(24)),
        ("SNI 6989.70:2009", Decimal("0.02"), Decimal(168)),
        ("SNI 6989.75:2009", Decimal("0.5"), Decimal(168)),
    ]


@pytest.mark.parametrize(
    ("dates", "refused"),
    [
        ((date(2024, 1, 1), date(2024, 12, 31)), False),
        ((date(2024, 1, 1), date(2025, 1, 1)), True),
        ((date(2026, 1, 1), None), True),
    ],
)
def test_two_methods_of_one_parameter_never_share_a_day(dates, refused):
    first = factories.LabMethodFactory()
    more = {"laboratory": first.laboratory, "valid_from": dates[0], "valid_until": dates[1]}
    if refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.LabMethodFactory(**more)
    else:
        factories.LabMethodFactory(**more)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantification_limit": 0},
        {"detection_limit": 11},
        {"valid_until": date(2024, 1, 1)},
    ],
)
def test_the_database_refuses_impossible_methods(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.LabMethodFactory(**wrong)


def test_methods_are_ended_and_never_deleted():
    factories.LabMethodFactory()
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM wastewater_labmethod")
    assert LabMethod.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ("SNI 6989.2:2019", Decimal(10))),
        ({"detection_limit": Decimal(3)}, ("SNI 6989.2:2019", Decimal(3))),
        ({"method": "SNI 6989.73:2019"}, ("SNI 6989.73:2019", None)),
        ({"method": "SNI 6989.2:2019"}, ("SNI 6989.2:2019", Decimal(10))),
        ({"unit": "g/L"}, ("SNI 6989.2:2019", Decimal("0.01"))),
    ],
)
def test_what_a_typed_result_leaves_out_is_filled_in(said, expected):
    row = factories.LabMethodFactory()
    wastewater.resulted(entry("COD", 1, **said), laboratory=row.laboratory)

    assert stored() == expected


@pytest.mark.parametrize("ended", [date(2026, 3, 1), None])
def test_only_the_method_of_the_sampling_day_is_filled_in(ended):
    row = factories.LabMethodFactory(valid_until=ended)
    wastewater.resulted(entry("COD", 100), laboratory=row.laboratory)

    assert stored() == (("", None) if ended else ("SNI 6989.2:2019", Decimal(10)))


def test_a_file_is_filled_in_too_and_repeats_without_a_change(data_clerk, now):
    row = factories.LabMethodFactory(laboratory__name="Laboratorium A")
    point = wastewater.EnterprisePointFactory()
    header = ["Laboratorium", "No Lab", "Titik", "Tanggal ambil", "COD (mg/L)", "TSS (mg/L)"]
    lines = [[row.laboratory.name, "AL-1", point.code, "2 Maret 2026", "138", "20"]]
    applied(data_clerk, now, [], sheet=lab_results_wide.SHEET, data=csv_bytes([header, *lines]), name="hasil.csv")

    assert stored("COD") == ("SNI 6989.2:2019", Decimal(10))
    assert stored("TSS") == ("", None)


def test_a_result_outside_the_scope_is_marked_and_never_blocked(as_user, waste_head):
    row = factories.LabMethodFactory()
    factories.LabMethodFactory(
        laboratory=row.laboratory, parameter=wastewater.parameter("TSS"), is_accredited=False, quantification_limit=2
    )
    sample = wastewater.verified(entry("COD", 100), entry("TSS", 20), entry("BOD5", 30), laboratory=row.laboratory)
    results = list(sample.results.all())

    outside = queries.outside_scope(sample, results)
    assert sorted(one.parameter.code for one in results if one.parameter_id in outside) == ["BOD5", "TSS"]
    page = as_user(waste_head).get(sample.get_absolute_url()).content.decode()
    assert page.count("di luar lingkup akreditasi") == 2


def test_nothing_is_said_about_a_laboratory_without_rows():
    sample = wastewater.resulted(entry("COD", 100), laboratory=wastewater.LaboratoryFactory())

    assert queries.outside_scope(sample, list(sample.results.all())) == set()


@pytest.mark.parametrize(("limit", "told"), [("0.5", True), ("0.3", False), ("0.02", False)])
def test_an_iodometric_sulphide_method_cannot_be_judged(limit, told):
    """The trap of the field: a limit of 0,5 mg/L against a standard of 0,3."""
    row = factories.LabMethodFactory(
        parameter=wastewater.parameter("SULFIDA"), method="SNI 6989.75:2009", quantification_limit=Decimal(limit)
    )

    assert queries.limits_too_high(wastewater.SampleFactory(), row.laboratory) == ([row] if told else [])


def test_the_sender_is_told_once_and_may_still_send(as_user, waste_officer):
    row = factories.LabMethodFactory(
        parameter=wastewater.parameter("SULFIDA"), method="SNI 6989.75:2009", quantification_limit=Decimal("0.5")
    )
    sample = wastewater.SampleFactory()
    url = f"/air-limbah/sampel/{sample.public_id}/laboratorium/"
    browser, form = as_user(waste_officer), {"laboratory": row.laboratory_id, "sent_on": "2026-03-03"}

    answer = browser.post(url, form)
    assert "LoQ laboratorium ini di atas baku mutu untuk Sulfida" in answer.content.decode()
    sample.refresh_from_db()
    assert sample.state == "taken"
    assert f'name="told" value="{row.laboratory_id}"' in answer.content.decode()
    browser.post(url, form | {"told": row.laboratory_id})
    sample.refresh_from_db()
    assert (sample.state, sample.laboratory) == ("at_lab", row.laboratory)


def test_pages_of_laboratories(as_user, leader, owner):
    row = factories.LabMethodFactory()
    browser = as_user(leader)

    page = browser.get("/air-limbah/laboratorium/").content.decode()
    assert row.laboratory.get_absolute_url() in page
    assert "SNI 6989.72:2009" in page
    assert "dalam lingkup" in browser.get(row.laboratory.get_absolute_url()).content.decode()
    assert browser.get("/air-limbah/laboratorium/tidak-ada/").status_code == 404
    assert as_user(owner).get("/air-limbah/laboratorium/").status_code == 403
