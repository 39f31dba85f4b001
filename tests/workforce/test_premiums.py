"""Premiums: the vectors of the law, what is not known, the discount that public budgets do not get, and the page."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from workforce.models import ReferenceFigure
from workforce.queries import premiums as queries
from workforce.rules import premiums as rules

MONTH = date(2026, 2, 1)
WAGE = Decimal(2_700_926)


def dec(text: str) -> Decimal:
    return Decimal(text)


PER_CENT = {
    "pu_jkk_rate_1": "0.24",
    "pu_jkk_rate_2": "0.54",
    "pu_jkk_rate_3": "0.89",
    "pu_jkk_rate_4": "1.27",
    "pu_jkk_rate_5": "1.74",
    "pu_jkm_rate": "0.30",
    "pu_jht_employer_rate": "3.70",
    "pu_jht_worker_rate": "2",
    "pu_jp_employer_rate": "2",
    "pu_jp_worker_rate": "1",
    "pu_jkp_within_jkk_rate": "0.14",
    "pu_jkp_state_rate": "0.22",
}
WAGE_RATES = {code: dec(rate) for code, rate in PER_CENT.items()} | {"jp_wage_cap": dec("10547400")}
OWN_RATES = {
    "bpu_premium_jkk": dec("10000"),
    "bpu_premium_jkm": dec("6800"),
    "bpu_premium_jht": dec("20000"),
    "bpu_jht_rate": dec("2"),
}


def earner(*programmes: str, wage: Decimal = WAGE, risk_class: int = 2) -> rules.MonthOfPremiums:
    return rules.wage_earner_month(rules.WageEarner(wage, risk_class, programmes), WAGE_RATES, MONTH)


def amounts(month: rules.MonthOfPremiums) -> dict[tuple[str, str], str]:
    return {(one.programme, one.payer): f"{one.amount_idr:.2f}" for one in month.premiums}


def test_the_vector_of_a_wage_earner():
    month = earner("jkk", "jkm", "jht", "jp")

    assert amounts(month) == {
        ("jkk", "employer"): "14585.00",
        ("jkm", "employer"): "8102.78",
        ("jht", "employer"): "99934.26",
        ("jht", "worker"): "54018.52",
        ("jp", "employer"): "54018.52",
        ("jp", "worker"): "27009.26",
    }
    assert f"{month.total('employer'):.2f}" == "176640.56"
    assert f"{month.total('worker'):.2f}" == "81027.78"
    assert f"{month.total('employer') / WAGE * 100:.2f}" == "6.54"
    assert f"{month.total('worker') / WAGE * 100:.2f}" == "3.00"


@pytest.mark.parametrize(
    ("risk_class", "rate", "net"),
    [(1, "0.24", "0.10"), (2, "0.54", "0.40"), (3, "0.89", "0.75"), (4, "1.27", "1.13"), (5, "1.74", "1.60")],
)
def test_jkp_is_carved_out_of_jkk_and_costs_the_employer_nothing(risk_class, rate, net):
    alone, with_jkp = earner("jkk", risk_class=risk_class), earner("jkk", "jkp", risk_class=risk_class)

    assert alone.premiums[0].rate == dec(rate)
    assert with_jkp.premiums[0].rate == dec(net)
    assert with_jkp.total("employer") == alone.total("employer")
    assert with_jkp.total("nation") == WAGE * dec("0.22") / 100


def test_the_pension_premium_ends_at_the_cap():
    month = earner("jp", wage=dec("20000000"))

    assert [one.base_idr for one in month.premiums] == [dec("10547400")] * 2
    assert month.total("employer") == dec("210948")


def test_a_missing_rate_is_no_zero():
    month = rules.wage_earner_month(rules.WageEarner(WAGE, 2, ("jkk", "jkn")), WAGE_RATES, MONTH)

    assert month.total() is None
    assert month.missing == ("jkn_ppu_employer_rate", "jkn_ppu_wage_cap", "jkn_ppu_worker_rate")
    assert rules.sum_of([earner("jkk"), month]) is None


def own(payer: str, *programmes: str, rates: dict[str, Decimal], income: str = "0") -> Decimal | None:
    person = rules.OwnAccount(payer, programmes, dec(income))
    return rules.own_account_month(person, rates, MONTH).total()


@pytest.mark.parametrize("payer", ["city", "dbhcht", "province", "nation"])
def test_a_public_budget_pays_in_full(payer):
    with_discount = OWN_RATES | {"bpu_discount_self_paid": dec("50")}

    assert own(payer, "jkk", "jkm", rates=with_discount) == dec("16800")
    assert own("worker", "jkk", "jkm", rates=with_discount) == dec("8400")
    assert own("worker", "jkk", "jkm", rates=OWN_RATES) == dec("16800")


@pytest.mark.parametrize(("income", "jht"), [("0", "20000"), ("1000000", "20000"), ("1500000", "30000")])
def test_own_savings_are_a_share_but_never_less_than_the_smallest(income, jht):
    assert own("worker", "jht", rates=OWN_RATES, income=income) == dec(jht)


def test_an_income_without_the_rate_of_own_savings_cannot_be_told():
    unknown = {code: rate for code, rate in OWN_RATES.items() if code != "bpu_jht_rate"}

    assert own("worker", "jht", rates=unknown, income="1500000") is None
    assert own("worker", "jht", rates=unknown) == dec("20000")


def test_months_follow_each_other_over_the_year():
    assert rules.months_from(date(2026, 11, 20), 3) == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


# --- With the rows of the portal ------------------------------------------------------------------------------------


def year_of(payer: str, *programmes: str) -> list[rules.MonthOfPremiums]:
    days = rules.months_from(date(2026, 1, 1), 12)
    rates = queries.dated_rates(rules.OWN_CODES, days)
    return [rules.own_account_month(rules.OwnAccount(payer, programmes), rates.on(day), day) for day in days]


@pytest.mark.django_db
def test_a_year_by_the_dated_rows():
    assert rules.sum_of(year_of("city", "jkk", "jkm")) == 201_600
    # Three months in full, nine in the discount window of 2026.
    assert rules.sum_of(year_of("worker", "jkk", "jkm")) == 3 * 16_800 + 75_600
    assert rules.sum_of(year_of("city", "jkk", "jkm", "jht")) == 441_600


@pytest.mark.django_db
def test_the_package_is_the_sum_of_its_two_rows():
    rows = ReferenceFigure.objects.filter(series__code__startswith="bpu_premium_jk")
    values = dict(rows.values_list("series__code", "value"))

    assert values["bpu_premium_jkk"] + values["bpu_premium_jkm"] == values["bpu_premium_jkk_jkm"]


ASKED = {
    "segment": "bpu", "programmes": ["jkk", "jkm"], "payer": "city", "health_class": "three", "risk_class": "2",
    "people": "1000", "first_on": "2026-01-01", "months": "12", "wage_idr": "",
}  # fmt: skip


def ask(client, **changes):
    return client.post(reverse("workforce:premium-calculator"), ASKED | changes)


@pytest.mark.django_db
def test_anybody_reads_the_budget_of_a_thousand_workers(client):
    response = ask(client)

    assert response.context["total"] == 201_600_000
    page = response.content.decode()
    assert "Rp201.600.000" in page
    assert "dihitung penuh" in page
    assert "PP 44/2015" in page


@pytest.mark.django_db
def test_the_months_of_the_discount_stand_out(client):
    response = ask(client, payer="worker", people="1")

    assert [total for _month, _amounts, total in response.context["rows"]] == [16_800] * 3 + [8_400] * 9
    assert "Sebagian bulan mendapat potongan" in response.content.decode()


@pytest.mark.django_db
def test_a_month_without_a_cap_is_told_and_not_summed(client):
    response = ask(client, segment="pu", programmes=["jp"], wage_idr="2.700.926", first_on="2026-02-01", months="2")

    # The cap of March 2026 on is not recorded yet.
    assert [total for _month, _amounts, total in response.context["rows"]][1] is None
    assert response.context["total"] is None
    assert "Batas upah untuk iuran JP" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"segment": "pu"}, ["wage_idr"]),
        ({"segment": "pu", "wage_idr": "2,5"}, ["wage_idr"]),
        ({"segment": "pu", "wage_idr": "0"}, ["wage_idr"]),
        ({"programmes": ["jp"]}, ["programmes"]),
        ({"programmes": []}, ["programmes"]),
        ({"months": "25"}, ["months"]),
        ({"people": "0"}, ["people"]),
        ({"first_on": "1999-01-01"}, ["first_on"]),
        ({"payer": "employer"}, ["payer"]),
        ({"risk_class": "9"}, ["risk_class"]),
    ],
)
def test_what_cannot_be_is_told_at_its_field(changes, fields, client):
    response = ask(client, **changes)

    assert sorted(response.context["form"].errors) == fields
    assert "total" not in response.context
