"""Rules of apprenticeship: the cap, ages, gaps, months, and a table of moves without dead ends."""

from datetime import date
from decimal import Decimal

import pytest

from workforce.choices.apprenticeship import PlacementGap, PlacementState
from workforce.rules import apprenticeship as rules
from workforce.rules import handover

LIMITS = rules.Limits(youngest=17, adult=18, cap_percent=Decimal(20), mentor_load=4)
READY = rules.Standing(
    has_person=True, age=20, consented=True, has_host=True, employees=20, hosted=3, has_mentor=True, mentored=3
)


@pytest.mark.parametrize(("employees", "cap"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (20, 4), (24, 4), (25, 5)])
def test_the_cap_is_the_whole_number_under_a_fifth(employees, cap):
    assert rules.host_cap(employees, Decimal(20)) == cap


def test_five_workshops_of_four_host_four_together():
    assert rules.host_cap(5 * 4, Decimal(20)) == 4


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"has_person": False}, [PlacementGap.PERSON]),
        ({"age": None}, [PlacementGap.AGE_UNKNOWN]),
        ({"age": 16, "by_guardian": True}, [PlacementGap.TOO_YOUNG]),
        ({"age": 17}, [PlacementGap.GUARDIAN]),
        ({"age": 17, "by_guardian": True}, []),
        ({"age": 17, "by_guardian": True, "forbidden_step": True}, [PlacementGap.FORBIDDEN_STEP]),
        ({"age": 18, "forbidden_step": True}, []),
        ({"consented": False}, [PlacementGap.CONSENT]),
        ({"has_host": False}, [PlacementGap.HOST]),
        ({"hosted": 4}, [PlacementGap.HOST_FULL]),
        ({"hosted": 4, "capped": False}, []),
        ({"employees": 4, "hosted": 0}, [PlacementGap.HOST_FULL]),
        ({"through_group": True}, [PlacementGap.THROUGH_GROUP]),
        ({"has_mentor": False}, [PlacementGap.MENTOR]),
        ({"mentored": 4}, [PlacementGap.MENTOR_FULL]),
    ],
)
def test_every_gap_is_named(change, expected):
    standing = rules.Standing(**{**vars(READY), **change})

    assert rules.gaps(standing, LIMITS) == expected


def test_without_figures_nothing_can_be_judged():
    assert rules.gaps(READY, rules.Limits(youngest=17)) == [PlacementGap.RULES_UNKNOWN]


def test_a_birth_year_counts_as_its_last_day():
    assert rules.youngest_possible_age(None, 2008, date(2026, 12, 30)) == 17
    assert rules.youngest_possible_age(None, 2008, date(2026, 12, 31)) == 18
    assert rules.youngest_possible_age(date(2008, 2, 29), None, date(2026, 2, 28)) == 17
    assert rules.youngest_possible_age(None, None, date(2026, 1, 1)) is None


def test_outcomes_are_due_when_their_day_has_come():
    ended = date(2025, 11, 27)

    assert rules.outcomes_due(ended, [], date(2026, 2, 26)) == []
    assert rules.outcomes_due(ended, [], date(2026, 2, 27)) == [3]
    assert rules.outcomes_due(ended, [3], date(2026, 11, 27)) == [6, 12]


def test_unknown_is_neither_in_nor_out_of_the_craft():
    assert [rules.in_craft(work) for work in ("worker", "own_firm", "family", "other", "study", "unknown")] == [
        True, True, True, False, False, None,
    ]  # fmt: skip


def test_a_pause_moves_the_end_by_its_days():
    assert rules.paused_until(date(2026, 8, 31), date(2026, 5, 1), date(2026, 5, 15)) == date(2026, 9, 14)


def test_every_state_is_in_the_table_and_reached():
    reached = {state for states in rules.PLACEMENT_TRANSITIONS.values() for state in states}

    assert set(rules.PLACEMENT_TRANSITIONS) == set(PlacementState)
    assert reached == set(PlacementState)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0, 0), "none"),
        ((2, 0, 3, 1), "named"),
        ((2, 1, 0, 0), "willing"),
        ((2, 1, 3, 0), "willing"),
        ((1, 1, 3, 1), "learning"),
        ((1, 1, 3, 3), "ready"),
    ],
)
def test_readiness_of_a_handover(counts, expected):
    candidates, willing, milestones, done = counts

    assert handover.readiness(candidates=candidates, willing=willing, milestones=milestones, done=done) == expected


def test_reasons_stand_heaviest_first_and_the_ward_hides_its_district():
    fit = handover.Fit(same_step=True, same_ward=True, same_district=True, young=True)

    assert [str(one) for one in handover.reasons(fit)] == [
        "mengerjakan proses yang sama", "tinggal di kelurahan yang sama", "masih muda",
    ]  # fmt: skip
    assert handover.weight(fit) == 8
