"""Rates of leaving from events and person-years, and what a scenario makes of them."""

import math
from dataclasses import replace

import pytest

from tests.workforce.test_projection_rules import NOBODY, RISKS, STOCK
from workforce.rules import exit_rates, projection, scenarios
from workforce.rules.exit_rates import ASSUMED, MEASURED, POOLED, RULE, Exposure
from workforce.rules.scenarios import Plan

ASSUMPTIONS = {"leave": RISKS.leave, "death": RISKS.death, "retire": RISKS.retire}
NOTHING = [Exposure()] * 12


def seen(**groups: Exposure) -> list[Exposure]:
    """Exposures of the groups named by their first age (`g50=…`); the others saw nobody."""
    found = list(NOTHING)
    for name, exposure in groups.items():
        found[projection.GROUPS.index(int(name[1:]))] = exposure
    return found


def test_probability_of_a_rate():
    assert exit_rates.probability(10, 100) == pytest.approx(1 - math.exp(-0.1))
    assert exit_rates.probability(0, 20) == 0


@pytest.mark.parametrize(("events", "low", "high"), [(0, 0.0, 3.7), (1, 0.0, 5.6), (10, 4.8, 18.4), (100, 81.4, 121.6)])
def test_poisson_bounds_are_those_of_the_tables(events, low, high):
    found = exit_rates.poisson_bounds(events)
    assert found == pytest.approx((low, high), abs=0.06)


def test_enough_person_years_are_measured():
    found = exit_rates.rates(seen(g50=Exposure(20, leave=2, unknown=1)), ASSUMPTIONS, 0.2)
    rate = found["leave"][7]
    assert (rate.basis, rate.events, rate.person_years, rate.first_age, rate.last_age) == (MEASURED, 3, 20, 50, 54)
    assert rate.base == pytest.approx(1 - math.exp(-3 / 20))
    # Where the outlook is good, the unknown exit is none.
    assert rate.low < 1 - math.exp(-2 / 20) < rate.base < rate.high


def test_too_few_join_their_neighbours():
    years = Exposure(19.9, leave=1)
    found = exit_rates.rates(seen(g20=years, g25=years), ASSUMPTIONS, 0.2)
    assert [rate.basis for rate in found["leave"][:6]] == [POOLED, POOLED, POOLED, POOLED, ASSUMED, ASSUMED]
    assert (found["leave"][1].first_age, found["leave"][1].last_age, found["leave"][1].events) == (15, 29, 2)


def test_who_is_fifty_is_never_pooled_with_the_younger():
    found = exit_rates.rates(seen(g45=Exposure(500, retire=3), g50=Exposure(1)), ASSUMPTIONS, 0.2)
    assert found["retire"][7].basis == ASSUMED
    assert found["retire"][6] == exit_rates.Rate(0, 0, 0, RULE, 45, 49)
    # Stopping because of age before fifty is leaving.
    assert found["leave"][6].events == 3


def test_without_exposure_the_assumption_stands_with_its_spread():
    rate = exit_rates.rates(NOTHING, ASSUMPTIONS, 0.2)["leave"][0]
    assert (rate.basis, rate.base) == (ASSUMED, 0.20)
    assert (rate.low, rate.high) == pytest.approx((0.16, 0.24))


def test_measured_rates_may_be_set_aside():
    found = exit_rates.rates(seen(g50=Exposure(500, leave=9)), ASSUMPTIONS, 0.2, measured=False)
    assert exit_rates.risks(found) == RISKS


# --- What if --------------------------------------------------------------------------------------------------------

RATES = exit_rates.rates(NOTHING, ASSUMPTIONS, 0.2)
# The vector of scenario B: 60 newcomers, of whom 65 % stay, spread 20 / 14 / 5.
NEWCOMERS = Plan(intake=60, share_15=100 * 20 / 39, share_20=100 * 14 / 39, share_25=100 * 5 / 39)


def outlook(plan: Plan) -> scenarios.Outlook:
    return scenarios.outlook(plan, projection.spread(STOCK), 0, RATES)


def test_intake_times_retention_are_the_net_entrants_of_the_vector():
    assert NEWCOMERS.net_entrants == pytest.approx(39)
    assert NEWCOMERS.entrants() == pytest.approx((20, 14, 5, *NOBODY[3:]))


def test_what_the_shares_leave_is_forty_five_and_older():
    plan = Plan(intake=100, retention=100, share_15=40, share_20=30, share_25=10, share_30=4, share_35=6)
    assert plan.entrants()[3:9] == pytest.approx((4, 3, 3, 5, 5, 0))
    assert sum(plan.mix) == pytest.approx(1)


def test_low_base_and_high_stand_in_order_and_base_is_the_course_itself():
    found = outlook(NEWCOMERS)
    course = projection.Course(projection.spread(STOCK), RISKS, NEWCOMERS.entrants())
    assert found.courses["base"] == projection.project(course, 10)
    for low, base, high in zip(*(found.courses[case] for case in scenarios.CASES), strict=True):
        assert low.total <= base.total <= high.total
    assert len({found.courses[case][10].total for case in scenarios.CASES}) == 3


def test_without_uncertainty_the_band_closes():
    plan = replace(NEWCOMERS, uncertainty=0)
    found = scenarios.outlook(plan, projection.spread(STOCK), 0, exit_rates.rates(NOTHING, ASSUMPTIONS, 0))
    assert len({found.courses[case][10].total for case in scenarios.CASES}) == 1


def test_wages_act_only_through_their_named_effects():
    assert replace(NEWCOMERS, wage_change=30).leave_factor == 1
    assert replace(NEWCOMERS, wage_change=30, wage_keeps=10).leave_factor == pytest.approx(0.7)
    assert replace(NEWCOMERS, wage_change=30, wage_draws=10).net_entrants == pytest.approx(39 * 1.3)
    assert replace(NEWCOMERS, wage_change=-20, wage_keeps=10).leave_factor == pytest.approx(1.2)
    assert replace(NEWCOMERS, wage_change=100, wage_keeps=200).leave_factor == 0
    better = outlook(replace(NEWCOMERS, wage_change=30, wage_keeps=10)).courses["base"][10].total
    assert better > outlook(NEWCOMERS).courses["base"][10].total


def test_break_even_counts_newcomers_after_retention():
    found = outlook(NEWCOMERS)
    assert found.needed_intake == pytest.approx(found.needed_entrants / 0.65)
    kept = replace(NEWCOMERS, intake=found.needed_intake)
    assert outlook(kept).courses["base"][10].total == pytest.approx(1000, abs=1e-6)
    assert outlook(replace(NEWCOMERS, retention=0, direct_hires=5)).needed_intake is None


def test_stopping_later_keeps_people():
    later = outlook(replace(NEWCOMERS, retires_from=55)).courses["base"][10]
    assert later.old > outlook(NEWCOMERS).courses["base"][10].old
