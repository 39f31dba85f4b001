"""Periods, last days and the management rule of the quarterly status, without a database."""

from datetime import date
from decimal import Decimal

import pytest

from wastewater.rules import compliance as rules
from wastewater.rules import duties

THRESHOLDS = rules.Thresholds(
    minimum_results=2,
    chronic_share=Decimal("0.66"),
    severe_share=Decimal("0.33"),
    factor_conventional=Decimal("1.4"),
    factor_other=Decimal("1.2"),
    conventional=frozenset({"BOD5", "TSS", "OG"}),
    without_factor=frozenset({"PH"}),
    late_days=45,
)


@pytest.mark.parametrize(
    ("frequency", "start", "end"),
    [
        ("monthly", date(2026, 5, 1), date(2026, 5, 31)),
        ("quarterly", date(2026, 4, 1), date(2026, 6, 30)),
        ("half", date(2026, 1, 1), date(2026, 6, 30)),
        ("yearly", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period_of_a_day(frequency, start, end):
    assert duties.period_of(date(2026, 5, 17), frequency) == duties.DutyPeriod(start, end)


def test_periods_begin_within_the_days_asked_for():
    found = duties.periods_between(date(2025, 11, 15), date(2026, 2, 1), "monthly")
    assert [period.start for period in found] == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


@pytest.mark.parametrize(
    ("due_day", "grace", "due"),
    [
        (15, 0, date(2026, 2, 15)),
        (None, 0, date(2026, 2, 28)),
        (31, 0, date(2026, 2, 28)),
        (None, 10, date(2026, 3, 10)),
        (1, 30, date(2026, 3, 3)),
    ],
)
def test_last_day_in_time(due_day, grace, due):
    assert duties.due_on(duties.period_of(date(2026, 2, 3), "monthly"), due_day, grace) == due


def test_days_late_are_never_negative():
    assert [duties.days_late(date(2026, 4, 15), day) for day in (date(2026, 4, 1), date(2026, 4, 18))] == [0, 3]


@pytest.mark.parametrize(
    "code", ["2026-T0", "2026-T5", "2026T1", "26-T1", "", "abcd-T1", "1999-T1", "2026-T1x", "²026-T1"]
)
def test_no_quarter_of_that_name(code):
    assert duties.quarter_from_code(code) is None


def test_quarters_by_name_and_back():
    assert duties.quarter_from_code("2026-T3") == duties.DutyPeriod(date(2026, 7, 1), date(2026, 9, 30))
    assert [duties.quarter_code(quarter.start) for quarter in duties.quarters_back(date(2026, 2, 3), 3)] == [
        "2026-T1", "2025-T4", "2025-T3",
    ]  # fmt: skip
    assert duties.rolling_start(duties.quarter_of(date(2026, 2, 3)), 6) == date(2025, 10, 1)


def test_planned_day_moves_to_the_working_day_before_or_else_after():
    june = duties.period_of(date(2026, 6, 3), "monthly")
    weekday = lambda day: day.weekday() < 5  # noqa: E731 - one line of a test
    assert duties.working_day_near(date(2026, 6, 14), june, weekday) == date(2026, 6, 12)
    august = duties.period_of(date(2026, 8, 1), "monthly")
    assert duties.working_day_near(date(2026, 8, 1), august, weekday) == date(2026, 8, 3)


def level(*tallies: tuple, **facts) -> str:
    return rules.status(rules.Facts([rules.Tally(*tally) for tally in tallies], **facts), THRESHOLDS).level


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (("COD", 3, 2, 0), "significant"),  # 66.7 % over the limit
        (("COD", 100, 66, 0), "significant"),  # exactly 66 %
        (("COD", 100, 65, 32), "minor"),
        (("COD", 100, 33, 33), "significant"),  # exactly 33 % far over it
        (("COD", 3, 1, 1), "significant"),
        (("PH", 3, 1, 1), "minor"),  # pH has no factor
        (("PH", 3, 2, 0), "significant"),
        (("COD", 1, 1, 1), "minor"),  # one result is too few
    ],
)
def test_significant_by_results(tally, expected):
    assert level(tally, meets=1, exceeds=1, violations=1) == expected


def test_factor_depends_on_the_parameter():
    assert [THRESHOLDS.factor(code) for code in ("BOD5", "TSS", "OG", "COD", "PH")] == [
        Decimal("1.4"), Decimal("1.4"), Decimal("1.4"), Decimal("1.2"), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"longest_late_days": 45, "meets": 3}, "significant"),
        ({"longest_late_days": 44, "meets": 3, "violations": 1}, "minor"),
        ({"meets": 3}, "compliant"),
        ({}, "undecided"),
        ({"undecided": 4}, "undecided"),
        ({"undecided": 4, "received": 1}, "undecided"),
        ({"owes_samples": True, "received": 2}, "undecided"),
        ({"received": 2}, "compliant"),
        ({"meets": 2, "undecided": 4}, "compliant"),
    ],
)
def test_level_by_other_facts(facts, expected):
    assert level(**facts) == expected


def test_grounds_name_parameter_and_figures():
    status = rules.status(
        rules.Facts([rules.Tally("BOD5", 3, 2, 1), rules.Tally("COD", 6, 2, 2)], longest_late_days=50), THRESHOLDS
    )
    assert [(one.reason, one.parameter, one.count, one.of) for one in status.grounds] == [
        ("chronic", "BOD5", 2, 3),
        ("severe", "COD", 2, 6),
        ("late", "", 50, 45),
    ]
