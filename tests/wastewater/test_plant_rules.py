"""Arithmetic of plants, to the printed precision of the field's vectors."""

from datetime import date
from decimal import Decimal

import pytest

from wastewater.choices.plants import FlowMethod
from wastewater.rules import plants as rules


def at_180(mg_in: str, mg_out: str) -> rules.Sides:
    return rules.Sides(Decimal(180), Decimal(180), Decimal(mg_in), Decimal(mg_out))


# Vector E1
@pytest.mark.parametrize(
    ("mg_in", "mg_out", "load_in", "load_out", "removed", "removal"),
    [
        ("620", "138", "111.6", "24.84", "86.76", "77.7419"),
        ("210", "52", "37.8", "9.36", "28.44", "75.2381"),
        ("185", "41", "33.3", "7.38", "25.92", "77.8378"),
    ],
)
def test_loads_and_removal(mg_in, mg_out, load_in, load_out, removed, removal):
    sides = at_180(mg_in, mg_out)
    assert (sides.load_in, sides.load_out, sides.removed) == (Decimal(load_in), Decimal(load_out), Decimal(removed))
    assert f"{sides.removal:.4f}" == removal


def test_utilisation_against_design_and_current_capacity():
    assert rules.utilisation(Decimal(180), Decimal(400)) == Decimal("45.0")
    assert rules.utilisation(Decimal(180), Decimal(150)) == Decimal("120.0")
    assert rules.utilisation(Decimal(180), Decimal(150)) > rules.FULL
    assert rules.utilisation(None, Decimal(150)) is None
    assert rules.utilisation(Decimal(180), None) is None


# Vector E3
def test_portfolio_is_weighted_by_flow_and_no_mean_of_percentages():
    figures = [(250, 480, 95), (150, 900, 210), (200, 640, 120)]
    sides = [rules.Sides(Decimal(q), Decimal(q), Decimal(a), Decimal(b)) for q, a, b in figures]
    whole = rules.portfolio(sides)
    assert whole is not None
    assert f"{whole.mg_per_l_in:.4f}" == "638.3333"
    assert f"{whole.mg_per_l_out:.4f}" == "132.0833"
    assert f"{whole.removal:.4f}" == "79.3081"
    mean = sum(one.removal for one in sides if one.removal is not None) / 3
    assert f"{mean:.4f}" == "79.3750"


def test_portfolio_of_nothing_is_unknown():
    assert rules.portfolio([]) is None
    assert rules.portfolio([rules.Sides(Decimal(0), Decimal(0), Decimal(480), Decimal(95))]) is None


def test_removal_by_load_when_flows_differ():
    sides = rules.Sides(Decimal(200), Decimal(100), Decimal(500), Decimal(500))
    assert sides.removal == Decimal(50)


# Vector of 1.5
def test_mixed_limit():
    parts = [(Decimal(150), Decimal(180)), (Decimal(100), Decimal(60))]
    assert rules.mixed_limit(parts) == Decimal("137.5")
    assert rules.mixed_limit([]) is None


def taken(id: int, day: int) -> rules.Taken:
    return rules.Taken(id, date(2026, 3, day))


def test_pairing_takes_the_nearest_inlet_not_later_and_each_once():
    inlets = [taken(1, 2), taken(2, 3), taken(3, 10)]
    outlets = [taken(11, 3), taken(12, 4), taken(13, 9), taken(14, 12)]
    assert rules.paired(inlets, outlets, 1) == {11: 2}
    assert rules.paired(inlets, outlets, 2) == {11: 2, 12: 1, 14: 3}
    assert rules.paired(inlets, outlets, 0) == {11: 2}


def test_one_known_flow_stands_for_both_and_none_is_no_answer():
    assert rules.both_flows(Decimal(5), None) == (5, 5)
    assert rules.both_flows(None, Decimal(4)) == (4, 4)
    assert rules.both_flows(Decimal(5), Decimal(4)) == (5, 4)
    assert rules.both_flows(Decimal(0), None) == (0, 0)
    assert rules.both_flows(None, None) is None


def test_meter_gives_a_day_or_the_mean_of_a_gap_and_never_runs_backwards():
    def reading(day: int, m3: int) -> rules.MeterReading:
        return rules.MeterReading(date(2026, 3, day), Decimal(m3))

    assert rules.metered_flow(reading(1, 100), reading(2, 250)) == (Decimal(150), FlowMethod.METER)
    assert rules.metered_flow(reading(1, 100), reading(4, 400)) == (Decimal(100), FlowMethod.METER_MEAN)
    assert rules.metered_flow(None, reading(4, 400)) is None
    assert rules.metered_flow(reading(1, 100), reading(2, 90)) is None
