"""Retention: the domain's vectors, and made-up spells whose answer can be counted by hand."""

from datetime import date, timedelta

import pytest

from workforce.rules import retention as rules
from workforce.rules.retention import LOST, NOT_YET, RETAINED, UNKNOWN, Spell

ON = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("successes", "trials", "printed"),
    [
        (18, 30, ("0.600000", "0.423204", "0.754094")),
        (13, 24, ("0.541667", "0.350749", "0.721087")),
        (0, 12, ("0.000000", "0.000000", "0.242494")),
        (12, 12, ("1.000000", "0.757506", "1.000000")),
    ],
)
def test_wilson_interval(successes, trials, printed):
    found = rules.wilson(successes, trials)
    assert (f"{found.share:.6f}", f"{found.low:.6f}", f"{found.high:.6f}") == printed


def test_an_interval_of_nobody_is_no_interval():
    assert rules.wilson(0, 0) is None
    assert rules.Retention(unknown=3).interval is None


@pytest.mark.parametrize(
    ("spell", "expected"),
    [
        (Spell(date(2025, 11, 27)), RETAINED),
        (Spell(date(2025, 11, 28)), NOT_YET),
        (Spell(date(2025, 1, 1), date(2025, 6, 1)), LOST),
        # The last day is the day of the window.
        (Spell(date(2025, 1, 1), date(2026, 1, 1)), RETAINED),
        (Spell(date(2025, 1, 1), date(2025, 12, 31)), LOST),
        (Spell(date(2025, 1, 1), date(2025, 6, 1), left=None), UNKNOWN),
        (Spell(date(2025, 1, 1), date(2025, 6, 1), left=False), RETAINED),
        # Somebody who has already left counts only when the window of all is over.
        (Spell(date(2026, 6, 1), date(2026, 7, 1)), NOT_YET),
    ],
)
def test_fate_after_twelve_months(spell, expected):
    assert rules.fate(spell, 12, ON) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
    ],
)
def test_months_end_with_the_month(day, months, expected):
    assert rules.months_after(day, months) == expected


def test_denominator_is_of_elapsed_windows_and_unknown_makes_the_bounds():
    begun = date(2025, 1, 1)
    spells = [
        *[Spell(begun)] * 18,
        *[Spell(begun, date(2025, 3, 1))] * 12,
        *[Spell(begun, date(2025, 3, 1), left=None)] * 10,
        *[Spell(date(2026, 9, 1))] * 7,
    ]
    found = rules.retention(spells, 12, ON)
    assert (found.retained, found.lost, found.unknown, found.not_yet, found.elapsed) == (18, 12, 10, 7, 40)
    assert f"{found.interval.low:.6f}" == "0.423204"
    assert (found.lower, found.upper) == (18 / 40, 28 / 40)


def test_nobody_elapsed_has_no_share():
    found = rules.retention([Spell(date(2026, 9, 1))], 12, ON)
    assert (found.elapsed, found.interval, found.lower, found.upper) == (0, None, None, None)


def days(length: int, left: bool | None = True, entry: int = 0) -> Spell:
    begun = date(2020, 1, 1)
    return Spell(begun, begun + timedelta(days=length), left, begun + timedelta(days=entry) if entry else None)


def test_kaplan_meier_by_hand():
    # Leavers at 6, 6, 6, 7, 10; of unknown fate at 6, 9, 10, 11; by hand 1 - 3/10, then 1 - 1/6, then 1 - 1/4.
    spells = [*[days(6)] * 3, days(7), days(10), *(days(n, left=None) for n in (6, 9, 10, 11)), days(12, left=False)]
    curve = rules.kaplan_meier(spells, ON)
    assert [(step.days, step.at_risk, step.left) for step in curve] == [(6, 10, 3), (7, 6, 1), (10, 4, 1)]
    assert [round(step.survival, 6) for step in curve] == [0.7, 0.583333, 0.4375]
    # Greenwood: S sqrt(sum d / (n (n - d))).
    assert round(curve[0].error, 6) == 0.144914
    assert rules.survival_after(curve, 5) == 1
    assert rules.survival_after(curve, 9) == curve[1].survival


def test_who_is_watched_later_is_not_at_risk_before():
    # One leaves on day 5 of two watched; the third was registered on day 8, having survived until then.
    curve = rules.kaplan_meier([days(5), days(20, left=None), days(9, entry=8)], ON)
    assert [(step.days, step.at_risk) for step in curve] == [(5, 2), (9, 2)]


def test_still_there_counts_until_today():
    curve = rules.kaplan_meier([Spell(date(2026, 1, 1)), Spell(date(2026, 1, 1), date(2026, 1, 31))], ON)
    assert [(step.days, step.at_risk, step.survival) for step in curve] == [(30, 2, 0.5)]


def test_nobody_left_gives_an_empty_curve():
    curve = rules.kaplan_meier([Spell(date(2026, 1, 1))], ON)
    assert curve == []
    assert rules.survival_after(curve, 365) == 1
