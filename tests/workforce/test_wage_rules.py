"""Wages made comparable, to the printed precision of the published vectors."""

from dataclasses import replace
from decimal import Decimal

import pytest

from workforce.rules import wages
from workforce.rules.wages import WageFacts, WageReference

YEAR_2026 = WageReference(
    minimum_idr=Decimal(2_700_926),
    poverty_line_idr=Decimal(537_812),
    six_day_month=Decimal(25),
    five_day_month=Decimal(21),
    full_time_hours=Decimal(173),
)
YEAR_2023 = replace(
    YEAR_2026,
    minimum_idr=Decimal("2305822.66"),
    consumption_idr=Decimal(1_320_000),
    poverty_line_idr=Decimal(477_580),
)
YEAR_2019 = replace(YEAR_2026, minimum_idr=Decimal("1906922.47"))


def cents(value) -> Decimal:
    return value.quantize(Decimal("0.01"))


def test_earned_and_full_time_ratio():
    """Pay 1,250,000 for 118 hours in a month, city minimum of 2026."""
    facts = WageFacts(Decimal(1_250_000), "month", days=20, hours_per_day=Decimal("5.9"))

    reading = wages.read_wage(facts, YEAR_2026)

    assert facts.hours == 118
    assert round(reading.earned.ratio, 6) == Decimal("0.462804")
    assert cents(reading.full_time.amount_idr) == Decimal("1832627.12")
    assert round(reading.full_time.ratio, 6) == Decimal("0.678518")


def test_the_city_minimum_by_hour_and_by_day():
    minimum = YEAR_2026.minimum_idr

    assert cents(minimum / YEAR_2026.full_time_hours) == Decimal("15612.29")
    assert cents(minimum / YEAR_2026.six_day_month) == Decimal("108037.04")
    assert cents(minimum / YEAR_2026.five_day_month) == Decimal("128615.52")


@pytest.mark.parametrize(
    ("pay", "period", "days", "week_days", "month", "method"),
    [
        # The daily minimum comes back as the monthly one.
        ("108037.04", "batch", 1, 6, "2700926.00", "six_days"),
        ("128615.52", "batch", 1, 5, "2700925.92", "five_days"),
        ("180000", "week", 6, None, "750000.00", "six_days"),
        ("180000", "week", 5, None, "756000.00", "five_days"),
        # A slack week of three days is the month of somebody who works three days a week, not six.
        ("90000", "week", 3, None, "375000.00", "other_days"),
        ("90000", "batch", 2, 3, "562500.00", "other_days"),
        ("1500000", "month", 25, None, "1500000.00", "as_paid"),
        ("3600000", "quarter", 60, None, "1200000.00", "mean"),
        ("12000000", "year", 240, None, "1000000.00", "mean"),
    ],
)
def test_each_period_becomes_a_month(pay, period, days, week_days, month, method):
    reading = wages.read_wage(WageFacts(Decimal(pay), period, days, week_days=week_days), YEAR_2026)

    assert (cents(reading.earned.amount_idr), reading.method) == (Decimal(month), method)


def test_piece_work_of_a_certified_canting_worker():
    """Gamer 2019: 30,000 a piece, two pieces a day, 25 days = 1,500,000 = 78.7 % of the city minimum."""
    pay = wages.piece_pay(Decimal(50), Decimal(30_000))

    reading = wages.read_wage(WageFacts(pay, "month", 25), YEAR_2019)

    assert pay == 1_500_000
    assert round(reading.earned.ratio * 100, 1) == Decimal("78.7")


def test_weekly_workers_of_2019_earned_52_to_79_per_cent():
    found = [wages.ratio_to_minimum(Decimal(pay), YEAR_2019.minimum_idr) for pay in (1_000_000, 1_500_000)]

    assert [round(ratio * 100) for ratio in found] == [52, 79]


def test_five_kodi_for_50_000_are_500_a_piece():
    assert wages.piece_pay(Decimal(5), Decimal(10_000)) == wages.piece_pay(Decimal(100), Decimal(500)) == 50_000


def test_without_hours_there_is_no_full_time_wage():
    reading = wages.read_wage(WageFacts(Decimal(1_250_000), "month", 20), YEAR_2023)

    assert (reading.full_time, reading.gaps) == (None, ("no_hours",))


def test_deductions_leave_the_rate_alone():
    facts = WageFacts(Decimal(200_000), "week", 6, hours_per_day=Decimal(8), deductions_idr=Decimal(50_000))

    reading = wages.read_wage(facts, YEAR_2023)

    assert cents(reading.earned.amount_idr) == Decimal("833333.33")
    assert reading.net.amount_idr == 625_000
    assert cents(reading.full_time.amount_idr) == Decimal("720833.33")


def test_the_floor_of_small_firms_is_the_higher_of_both():
    assert wages.small_firm_wage_floor(Decimal(1_320_000), Decimal(477_580)) == Decimal(660_000)
    assert wages.small_firm_wage_floor(Decimal(0), Decimal(477_580)) == Decimal("596975.00")
    assert wages.small_firm_wage_floor(Decimal(0), Decimal(507_001)) == Decimal("633751.25")
    assert wages.small_firm_wage_floor(Decimal(0), Decimal(537_812)) == Decimal("672265.00")
    assert wages.small_firm_wage_floor(None, Decimal(537_812)) is None


@pytest.mark.parametrize(
    ("amount", "reference", "position"),
    [
        ("659999.99", YEAR_2023, "below"),
        ("660000", YEAR_2023, "above"),
        # Under the one floor that is known is under both; over it nobody can tell.
        ("672264.99", YEAR_2026, "below"),
        ("672265", YEAR_2026, "unknown"),
        ("100", replace(YEAR_2026, poverty_line_idr=None), "unknown"),
    ],
)
def test_position_against_the_floor(amount, reference, position):
    assert wages.floor_position(Decimal(amount), reference) == position


def test_a_missing_figure_is_named_and_nothing_is_made_up():
    facts = WageFacts(Decimal(180_000), "week", 6, hours_per_day=Decimal(8))

    reading = wages.read_wage(facts, WageReference())

    assert (reading.earned, reading.net, reading.full_time) == (None, None, None)
    assert reading.gaps == ("no_conversion", "no_minimum", "no_consumption", "no_poverty_line")


def test_a_month_needs_no_conversion_figure():
    reading = wages.read_wage(WageFacts(Decimal(1_500_000), "month", 25), WageReference())

    assert (reading.earned.amount_idr, reading.earned.ratio, reading.earned.floor) == (1_500_000, None, "unknown")
