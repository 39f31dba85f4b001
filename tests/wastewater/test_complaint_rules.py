"""Complaints without a database: routing order, distances, the public grid, placeholders, the table of moves."""

from decimal import Decimal

import pytest

from batikportal import states
from wastewater.choices.complaints import ComplaintState
from wastewater.rules import complaints as rules
from wastewater.rules.complaints import Route

S = ComplaintState


@pytest.mark.parametrize(
    ("routes", "category", "areas", "outside", "number"),
    [
        ([Route(0, category=1), Route(1)], 1, [], False, 0),
        ([Route(0, category=1), Route(1)], 2, [], False, 1),
        ([Route(0), Route(1, category=1)], 1, [], False, 0),
        ([Route(0, area=7), Route(1)], 1, [7, 3], False, 0),
        ([Route(0, area=3), Route(1)], 1, [7, 3], False, 0),
        ([Route(0, area=9), Route(1)], 1, [7, 3], False, 1),
        ([Route(0, outside_city=True), Route(1)], 1, [], True, 0),
        ([Route(0, outside_city=True), Route(1)], 1, [], False, 1),
        ([Route(0, outside_city=False)], 1, [], True, None),
        ([Route(0, category=1, area=7), Route(1, category=1)], 1, [8], False, 1),
        ([], 1, [], False, None),
    ],
)
def test_first_rule_that_fits_decides(routes, category, areas, outside, number):
    found = rules.first_route(routes, category=category, areas=areas, outside_city=outside)
    assert (found.number if found else None) == number


def test_distance_of_a_thousandth_degree_north_and_east():
    assert round(rules.distance_m(-6.89, 109.67, -6.891, 109.67), 1) == 111.2
    assert round(rules.distance_m(-6.89, 109.67, -6.89, 109.671), 1) == 110.4


def test_box_holds_the_circle():
    high, wide = rules.degrees_around(-6.89, 250)
    assert rules.distance_m(-6.89, 109.67, -6.89 + float(high), 109.67) >= 250
    assert rules.distance_m(-6.89, 109.67, -6.89, 109.67 + float(wide)) >= 250


def test_public_position_lies_on_the_grid_and_hides_the_house():
    assert rules.public_position(Decimal("-6.88869"), Decimal("109.67601")) == (Decimal("-6.888"), Decimal("109.676"))
    assert rules.public_position(Decimal("-6.88899"), Decimal("109.67699")) == (Decimal("-6.888"), Decimal("109.676"))


def test_placeholders_are_replaced_and_nothing_else_is_run():
    text = "Laporan {nomor} {0.__class__} {unknown}"
    assert rules.fill(text, {"nomor": "2601-000001"}) == "Laporan 2601-000001 {0.__class__} {unknown}"


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        (S.RECEIVED, S.TRIAGED, True),
        (S.RECEIVED, S.CLOSED, False),
        (S.RECEIVED, S.ANSWERED, False),
        (S.TRIAGED, S.CLOSED, False),
        (S.ANSWERED, S.CLOSED, True),
        (S.CLOSED, S.REOPENED, True),
        (S.REJECTED, S.REOPENED, True),
        (S.CLOSED, S.RECEIVED, False),
        (S.JOINED, S.CLOSED, False),
        (S.TRIAGED, S.RECEIVED, False),
    ],
)
def test_moves_of_a_case(old, new, allowed):
    assert states.may_move(rules.COMPLAINT_TRANSITIONS, old, new) is allowed


def test_no_move_sends_a_case_back_to_received():
    assert all(S.RECEIVED not in news for news in rules.COMPLAINT_TRANSITIONS.values())


def test_every_state_has_a_line_in_the_table():
    assert set(rules.COMPLAINT_TRANSITIONS) == set(ComplaintState.values)


def test_leads_go_by_dye_then_production_then_silence_then_distance():
    near, far, unknown = (rules.LeadFacts(True, True, False, metres) for metres in (100, 900, None))
    other, silent = rules.LeadFacts(False, True, False, 10), rules.LeadFacts(False, False, False, 5)
    idle = rules.LeadFacts(False, False, True, 1)
    found = sorted([idle, silent, other, unknown, far, near], key=rules.lead_order)
    assert found == [near, far, unknown, other, silent, idle]
