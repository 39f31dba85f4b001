"""The treatment-gap balance sheet: what adds up, what is unknown, who sees it, and what the public may see."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from batikportal.contracts import Period, Scope
from batikportal.models import Area
from tests.factories import portal
from tests.factories import wastewater as factories
from wastewater import models
from wastewater.choices.discharge_logs import LogKind
from wastewater.choices.plants import FlowMethod
from wastewater.datasets import balance as datasets
from wastewater.indicators import balance as indicators
from wastewater.layers import balance as layers
from wastewater.queries import balance as queries
from wastewater.rules import balance as rules
from wastewater.rules.balance import Sums

OCTOBER = date(2026, 10, 1)
END = date(2026, 10, 31)
D = Decimal
LIST = "wastewater:balance"
OCTOBER_PAGE = {"masa": "2026-10"}


@pytest.fixture
def no_factor(db):
    """Without the factor, so that only what enterprises said counts."""
    models.BalanceFactor.objects.filter(code="enterprise_m3_per_day").delete()


def line(enterprise, litres, destination="untreated", **more) -> models.DischargeLog:
    month, _made = models.LogMonth.objects.get_or_create(
        enterprise=enterprise, first_day=OCTOBER, defaults={"due_on": date(2026, 11, 10)}
    )
    return factories.DischargeLogFactory(month=month, volume_l=litres, destination=destination, **more)


def october() -> queries.Balance:
    return queries.balance(OCTOBER, END)


def of(found: queries.Balance, ward: str = "Kauman") -> Sums:
    return next(one.sums for one in found.wards if one.ward.name == ward)


def test_shares_of_a_plant():
    assert rules.treated_share(D(90), D(120)) == D("0.75")
    assert rules.treated_share(D(180), D(120)) == 1
    assert rules.treated_share(None, D(120)) is None
    assert rules.treated_share(D(180), D(0)) is None
    assert (rules.of_unknown_origin(D(180), D(120)), rules.of_unknown_origin(None, D(120))) == (60, 0)


def test_sums_by_hand():
    """Generated 40 + 20 + 30 + 10 (8 to 15); treated 25 + 5 + 15: 45 %, and between 42.9 and 45.9 %."""
    one = Sums(measured=D(40), noted=D(20), treated_by_own_plant=D(5), treated_by_log=D(25), untreated=D(30),
               enterprises=2, own_count=2)  # fmt: skip
    other = Sums(declared=D(30), collected_declared=D(30), treated_declared=D(15), factor_low=D(8), factor=D(10),
                 factor_high=D(15), factor_months=1, enterprises=2, own_count=1)  # fmt: skip
    whole = one + other
    assert (whole.generated, whole.generated_low, whole.generated_high) == (100, 98, 105)
    assert (whole.treated, whole.gap, whole.untreated, whole.fate_unknown) == (45, 55, 30, 25)
    assert (whole.coverage, whole.own_share) == (D("0.45"), D("0.9"))
    assert [(how.value, share) for how, share in whole.shares] == [
        ("measured", D("0.4")), ("noted", D("0.2")), ("declared", D("0.3")), ("factor", D("0.1")),
    ]  # fmt: skip


def test_nothing_known_is_no_zero():
    empty = Sums(enterprises=3, unknown_months=3)
    assert (empty.generated, empty.collected, empty.treated, empty.gap, empty.coverage) == (None,) * 5
    sent = Sums(declared=D(10), collected_declared=D(10), treatment_unknown=D(10), own_count=1)
    assert (sent.treated, sent.gap, sent.coverage) == (None, 10, None)
    assert Sums(noted=D(10), untreated=D(10), own_count=1).treated == 0


def test_more_treated_than_known_gives_no_share():
    assert Sums(noted=D(10), treated_by_log=D(11), own_count=1).coverage is None


def test_quarters_that_are_over():
    assert rules.last_quarters(date(2026, 2, 3), 3) == [
        (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2025, 7, 1), date(2025, 9, 30)),
        (date(2025, 4, 1), date(2025, 6, 30)),
    ]


def test_logbook_then_connection_then_factor(db):
    """Jenggot's factor: 3.4 (3.3 to 4.7) m³ × 31 days; the logbook of an enterprise beats its connection."""
    logged, declared, _silent = (portal.EnterpriseFactory() for _number in range(3))
    plant = factories.TreatmentPlantFactory(status="stopped")
    factories.ConnectionFactory(plant=plant, enterprise=logged, declared_m3_per_day=9)
    factories.ConnectionFactory(plant=plant, enterprise=declared, declared_m3_per_day=2, valid_from=date(2026, 10, 22))
    line(logged, 1500)
    sums = of(october())
    assert (sums.measured, sums.noted, sums.declared, sums.factor) == (0, D("1.5"), 20, D("105.4"))
    assert (sums.generated, sums.generated_low, sums.generated_high) == (D("126.9"), D("123.8"), D("167.2"))
    assert (sums.enterprises, sums.own_count, sums.factor_months) == (3, 2, 1)
    assert (sums.collected, sums.treated, sums.untreated) == (20, None, D("1.5"))


def test_a_factor_ends_and_the_rest_of_the_time_is_unknown(db):
    portal.EnterpriseFactory()
    models.BalanceFactor.objects.filter(code="enterprise_m3_per_day").update(effective_until=date(2026, 9, 30))
    sums = of(queries.balance(date(2026, 9, 1), END))
    assert (sums.factor, sums.factor_months, sums.unknown_months) == (D("102.0"), 1, 1)


def test_a_plant_treats_the_part_that_it_logged(no_factor):
    """200 m³ were sent, 155 logged (5 × 31): three quarters and a bit, shared out by what each ward sent."""
    plant = factories.TreatmentPlantFactory()
    line(portal.EnterpriseFactory(), 150_000, "connection")
    line(portal.EnterpriseFactory(ward=portal.ward("Jenggot")), 50_000, "connection")
    for enterprise in portal.models.Enterprise.objects.all():
        factories.ConnectionFactory(plant=plant, enterprise=enterprise)
    factories.PlantLogFactory(plant=plant, day=OCTOBER, inflow_m3=5)
    found = october()
    assert (of(found).collected, of(found).treated, of(found).gap) == (150, D("116.25"), D("33.75"))
    assert (of(found, "Jenggot").treated, of(found, "Jenggot").gap) == (D("38.75"), D("11.25"))
    assert (found.whole.generated, found.whole.treated, found.unknown_origin) == (200, 155, None)


def test_what_a_plant_logs_beyond_its_senders_stands_in_a_line_of_its_own(no_factor):
    plant = factories.TreatmentPlantFactory()
    enterprise = portal.EnterpriseFactory()
    factories.ConnectionFactory(plant=plant, enterprise=enterprise, declared_m3_per_day=1)
    factories.PlantLogFactory(plant=plant, day=OCTOBER, inflow_m3=3)
    found = october()
    assert (of(found).treated, of(found).gap) == (31, 0)
    assert found.unknown_origin is not None
    assert (found.unknown_origin.treated, found.unknown_origin.generated, found.unknown_origin.gap) == (62, None, -62)
    assert found.whole.treated == 93
    district = found.within([portal.ward().parent])
    assert (district.unknown_origin, district.whole.treated) == (None, 31)


def test_own_plants_declared_plants_and_trucks(no_factor):
    plant = factories.TreatmentPlantFactory()
    factories.ConnectionFactory(plant=plant, enterprise=portal.EnterpriseFactory(), declared_m3_per_day=2)
    line(portal.EnterpriseFactory(), 7000, "own_plant")
    line(portal.EnterpriseFactory(), 4000, "truck")
    sums = of(october())
    assert (sums.treated_declared, sums.treated_by_own_plant, sums.treated_by_log) == (62, 7, 0)
    assert (sums.collected, sums.treatment_unknown, sums.gap) == (66, 4, 4)


def test_a_connection_that_is_not_on_record_is_collected_and_no_more(no_factor):
    line(portal.EnterpriseFactory(), 4000, "connection")
    sums = of(october())
    assert (sums.collected, sums.treated, sums.fate_unknown) == (4, None, 4)


def test_a_day_without_production_is_a_known_zero(no_factor):
    month = factories.LogMonthFactory(enterprise=portal.EnterpriseFactory())
    for day in range(1, 32):
        factories.DischargeLogFactory(
            month=month, day=date(2026, 10, day), kind=LogKind.IDLE, volume_l=None, volume_method="", process="",
            destination="",
        )  # fmt: skip
    sums = of(october())
    assert (sums.generated, sums.treated, sums.gap, sums.last_on) == (0, 0, 0, END)


def test_closed_enterprises_count_for_what_they_wrote_and_get_no_factor(db):
    closed = portal.EnterpriseFactory(status="closed")
    line(closed, 1000)
    line(portal.EnterpriseFactory(status="merged", merged_into=closed), 9000)
    sums = of(october())
    assert (sums.generated, sums.factor, sums.enterprises) == (1, 0, 1)


def test_districts_and_wards_add_up_to_the_city(db):
    for name in ("Kauman", "Jenggot", "Krapyak", "Kauman"):
        line(portal.EnterpriseFactory(ward=portal.ward(name)), 1234, "own_plant")
        portal.EnterpriseFactory(ward=portal.ward(name))
    plant = factories.TreatmentPlantFactory()
    factories.PlantLogFactory(plant=plant, day=OCTOBER, inflow_m3=3, inflow_method=FlowMethod.ESTIMATE)
    found = october()
    districts = rules.total(one.sums for one in found.districts)
    wards = rules.total(one.sums for one in found.wards)
    assert districts == wards
    assert wards + found.unknown_origin == found.whole
    assert (found.whole.generated, found.whole.treated) == (D("4.936") + 4 * D("105.4"), D("4.936") + 93)


def test_enterprises_of_a_ward_add_up_to_it(db):
    plant = factories.TreatmentPlantFactory()
    factories.ConnectionFactory(plant=plant, enterprise=portal.EnterpriseFactory(), declared_m3_per_day=2)
    line(portal.EnterpriseFactory(), 7000, "own_plant")
    portal.EnterpriseFactory()
    found = queries.balance(date(2026, 9, 1), END)
    ward = portal.ward()
    rows = queries.enterprise_balances(found, [ward])
    whole = rules.total(row.sums for row in rows)
    for name in ("generated", "collected", "treated", "gap", "untreated", "enterprises", "own_count", "factor_months"):
        assert getattr(whole, name) == getattr(of(found), name), name
    assert [row.sources for row in rows] == [("factor",), ("connection",), ("logbook", "factor")]


def test_seven_queries_however_many_enterprises(django_assert_num_queries, db):
    def make(count: int) -> None:
        plant = factories.TreatmentPlantFactory()
        for _number in range(count):
            factories.ConnectionFactory(plant=plant)
            line(portal.EnterpriseFactory(), 1000)

    for count in (1, 30):
        make(count)
        with django_assert_num_queries(7):
            october()


# Pages


def get(browser, name: str = LIST, *args, **query):
    return browser.get(reverse(name, args=args), query)


def test_the_page_takes_the_same_number_of_queries_for_one_and_for_many(as_user, leader, django_assert_max_num_queries):
    browser = as_user(leader)
    line(portal.EnterpriseFactory(), 1000)
    get(browser)
    for _number in range(30):
        line(portal.EnterpriseFactory(), 1000)
    with django_assert_max_num_queries(20):
        get(browser)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ({}, date(2025, 12, 1), date(2026, 11, 23)),
        ({"masa": "2025"}, date(2025, 1, 1), date(2025, 12, 31)),
        ({"masa": "2026"}, date(2026, 1, 1), date(2026, 11, 23)),
        ({"masa": "2026-T1"}, date(2026, 1, 1), date(2026, 3, 31)),
        ({"masa": "2026-02"}, date(2026, 2, 1), date(2026, 2, 28)),
        ({"dari": "2026-03-05", "sampai": "2026-04-10"}, date(2026, 3, 5), date(2026, 4, 10)),
        ({"dari": "2026-04-10", "sampai": "2026-03-05"}, date(2025, 12, 1), date(2026, 11, 23)),
        ({"masa": "kapan-kapan"}, date(2025, 12, 1), date(2026, 11, 23)),
        ({"dari": "0001-01-01", "sampai": "9999-12-31"}, date(2025, 12, 1), date(2026, 11, 23)),
    ],
)
def test_periods(as_user, leader, monkeypatch, query, start, end):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 11, 23))
    page = get(as_user(leader), **query)
    assert page.status_code == 200
    assert (page.context["found"].start, page.context["found"].end) == (start, end)


def test_wrong_dates_are_told_at_their_field(as_user, leader):
    page = get(as_user(leader), dari="2026-04-10", sampai="2026-03-05")
    assert "Tukar kedua tanggal" in str(page.context["filter"].errors["sampai"])


def test_figures_open_their_rows_and_conflicting_sources_stand_side_by_side(as_user, leader):
    line(portal.EnterpriseFactory(name="Batik Neraca"), 1500)
    browser = as_user(leader)
    page = get(browser, **OCTOBER_PAGE)
    code = portal.ward().code
    where = reverse("wastewater:balance-ward", args=[code])
    for anchor in ("dihasilkan", "dikumpulkan", "diolah", "selisih"):
        assert f'href="{where}?masa=2026-10#{anchor}"' in page.text
    assert "3.131" in page.text
    assert "5.190" in page.text
    assert "Survei DLH, Tribun 14 Agustus 2019" in page.text
    behind = browser.get(where, OCTOBER_PAGE)
    assert "Batik Neraca" in behind.text
    assert behind.context["place"].sums.generated == D("1.5")


def test_sorting_puts_the_unknown_last(as_user, leader, no_factor):
    for name, litres in (("Kauman", 1000), ("Jenggot", 3000), ("Krapyak", 2000)):
        line(portal.EnterpriseFactory(ward=portal.ward(name)), litres)
    browser = as_user(leader)
    for order, expected in (
        ("-dihasilkan", ["Jenggot", "Krapyak", "Kauman"]),
        ("dihasilkan", ["Kauman", "Krapyak", "Jenggot"]),
    ):
        wards = get(browser, urut=order, **OCTOBER_PAGE).context["wards"]
        assert [one.ward.name for one in wards[:3]] == expected
        assert wards[3].sums.generated is None
    names = [one.ward.name for one in get(browser, urut="-kelurahan").context["wards"]]
    assert names == sorted(names, reverse=True)


def test_only_staff_who_see_logbooks_open_it(as_user, owner, lab, client):
    for person in (owner, lab):
        assert get(as_user(person)).status_code == 403
    assert get(client).status_code == 302


def test_a_role_of_one_district_sees_its_wards_only(as_user, db):
    line(portal.EnterpriseFactory(), 1000)
    line(portal.EnterpriseFactory(ward=portal.ward("Jenggot"), name="Batik Seberang"), 5000)
    district = portal.ward().parent
    officer = portal.UserFactory()
    portal.RoleAssignmentFactory(user=officer, role="field_officer", office="dlh", area=district)
    browser = as_user(officer)
    page = get(browser, **OCTOBER_PAGE)
    assert {one.ward.parent_id for one in page.context["wards"]} == {district.pk}
    assert (page.context["sees_all"], page.context["figures"]) == (False, [])
    assert get(browser, "wastewater:balance-ward", portal.ward("Jenggot").code).status_code == 404
    assert get(browser, "wastewater:balance-ward", "tidak-ada").status_code == 404
    text = get(browser, "wastewater:balance-export", **OCTOBER_PAGE).content.decode()
    assert "Jenggot" not in text
    assert "Kauman" in text


def test_csv_and_pdf(as_user, leader):
    line(portal.EnterpriseFactory(), 1500, "own_plant")
    browser = as_user(leader)
    lines = get(browser, "wastewater:balance-export", **OCTOBER_PAGE).content.decode("utf-8-sig").splitlines()
    kauman = next(one for one in lines if ";Kauman;" in one).split(";")
    assert kauman[:11] == ["2026-10-01", "2026-10-31", "Kelurahan", portal.ward().code, "Kauman", "1", "1", "1,500",
                           "1,500", "1,500", "0,000"]  # fmt: skip
    empty = next(one for one in lines if ";Krapyak;" in one).split(";")
    assert empty[7:10] == ["", "", ""]
    paper = get(browser, "wastewater:balance-pdf", **OCTOBER_PAGE)
    assert paper.content.startswith(b"%PDF")


def test_a_ward_with_every_kind_of_row(as_user, waste_officer):
    plant = factories.TreatmentPlantFactory()
    factories.ConnectionFactory(plant=plant, declared_m3_per_day=2)
    line(portal.EnterpriseFactory(), 4000, "connection")
    line(portal.EnterpriseFactory(), 4000, "truck")
    portal.EnterpriseFactory(name="Batik Taksiran")
    browser = as_user(waste_officer)
    page = get(browser, "wastewater:balance-ward", portal.ward().code, **OCTOBER_PAGE)
    assert (page.context["connections_count"], page.context["sent_nowhere"], page.context["trucks"]) == (1, 4, 4)
    assert [volume for _one, volume in page.context["plants"]] == [62]
    guessed = get(browser, "wastewater:balance-ward", portal.ward().code, dasar="factor", **OCTOBER_PAGE)
    assert [enterprise.name for _row, enterprise in guessed.context["rows"]] == ["Batik Taksiran"]


# What the public sees


def crowd(ward: str, count: int, litres: int = 1000) -> None:
    for _number in range(count):
        line(portal.EnterpriseFactory(ward=portal.ward(ward)), litres, "own_plant")


def shown(wards: set[str]) -> dict[str, Sums | None]:
    return {one.ward.name: sums for one, sums in queries.publishable(october()) if one.ward.name in wards}


def test_small_cells_are_hidden_with_one_more_that_could_be_subtracted(no_factor):
    crowd("Kauman", 4)
    crowd("Bendan Kergon", 6)
    crowd("Jenggot", 5)
    kauman = portal.ward("Kauman")
    neighbour = Area.objects.filter(parent=kauman.parent).exclude(pk=kauman.pk).first()
    assert neighbour is not None
    crowd(neighbour.name, 7)
    found = shown({"Kauman", neighbour.name, "Jenggot"})
    assert found["Kauman"] is None
    assert found[neighbour.name] is None
    assert found["Jenggot"] is not None
    assert found["Jenggot"].generated == 5


def test_one_logbook_among_many_guesses_cannot_be_reckoned_back(db):
    """Nine enterprises by the same known factor and one by its own log: the rest is that one's own volume."""
    for _number in range(9):
        portal.EnterpriseFactory(ward=portal.ward("Jenggot"))
    crowd("Jenggot", 1)
    assert shown({"Jenggot"}) == {"Jenggot": None}


TODAY = date(2027, 1, 20)


def scope(area=None, start=OCTOBER, end=END) -> Scope:
    return Scope(Period(start, end), area, TODAY)


def test_open_data_and_the_public_layer_hide_small_cells(no_factor, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    crowd("Jenggot", 5)
    crowd("Kauman", 2)
    rows = {(row[0], row[2]): row[4:] for row in datasets.gap_by_ward()}
    assert rows["2026-T4", "Jenggot"] == [5, 5.0, 0.0, 5.0, 0.0, 100.0]
    assert rows["2026-T4", "Kauman"] == [None] * 6
    assert len(rows) == 8 * 27
    public = {one.area_code: one.value for one in layers.read_published_gap(scope())}
    assert (public[portal.ward("Jenggot").code], public[portal.ward().code]) == (0, None)


def test_the_staff_layer_equals_the_balance_and_knows_no_data(no_factor):
    crowd("Kauman", 2)
    values = {one.area_code: one.value for one in layers.read_gap(scope())}
    assert (values[portal.ward().code], values[portal.ward("Jenggot").code]) == (0, None)
    assert [one.permission for one in layers.LAYERS] == ["wastewater.view_dischargelog", ""]


def test_coverage_is_the_figure_of_the_balance_sheet(as_user, leader):
    crowd("Kauman", 2)
    line(portal.EnterpriseFactory(), 2000)
    portal.EnterpriseFactory(ward=portal.ward("Jenggot"))
    [item] = indicators.INDICATORS
    for area in (None, portal.ward().parent):
        reading = item.read(scope(area))
        page = as_user(leader).get(item.rows(scope(area)))
        whole = page.context["whole"]
        assert (reading.value, reading.completeness) == (100 * whole.coverage, float(whole.own_share))
    assert reading.value == 50


def test_no_data_gives_no_coverage(no_factor):
    [item] = indicators.INDICATORS
    assert item.read(scope()).value is None


# What the database refuses


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("low = 5, central = 4", "balance_factor_span_in_order"),
        ("low = 0", "balance_factor_span_in_order"),
        ("high = 1", "balance_factor_span_in_order"),
        ("effective_until = '2000-01-01'", "balance_factor_in_order"),
        ("basis = ''", "balance_factor_has_basis"),
    ],
)
def test_impossible_factors_are_refused_by_the_database(db, changes, constraint):
    refused(f"UPDATE wastewater_balancefactor SET {changes} WHERE code = 'enterprise_m3_per_day'", constraint)


def test_removal_above_the_whole_and_two_factors_at_a_time_are_refused(db):
    refused(
        "UPDATE wastewater_balancefactor SET high = 101 WHERE code = 'cod_removal_per_cent'",
        "balance_factor_share_within_whole",
    )
    refused(
        "INSERT INTO wastewater_balancefactor (code, low, central, high, effective_from, basis, confidence) "
        "SELECT code, low, central, high, '2026-01-01', basis, confidence FROM wastewater_balancefactor LIMIT 1",
        "balance_factor_once_at_a_time",
    )


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ("value = -1", "published_figure_in_order"),
        ("value_high = value", "published_figure_in_order"),
        ("kind = 'treated_share', value = 101", "published_figure_share_within_whole"),
        ("origin = ''", "published_figure_has_origin"),
        ("kind = 'treated', origin = 'Survei DLH, Tribun 14 Agustus 2019'", "published_figure_once_per_source"),
    ],
)
def test_impossible_published_figures_are_refused_by_the_database(db, changes, constraint):
    refused(f"UPDATE wastewater_publishedfigure SET {changes} WHERE kind = 'generated' AND value = 3131", constraint)


def refused(sql: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_was_published_is_loaded_with_its_source(db):
    figures = models.PublishedFigure.objects.filter(kind="generated").order_by("stated_on")
    assert list(figures.values_list("value", flat=True)) == [3131, 5190, 5000]
    assert not models.PublishedFigure.objects.filter(origin="").exists()
    assert datetime(2025, 1, 6, tzinfo=UTC).date() == models.PublishedFigure.objects.get(value=27).stated_on
