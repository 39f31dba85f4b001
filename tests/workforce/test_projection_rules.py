"""The projection of the craft against independent vectors, to the printed precision."""

from itertools import pairwise

import pytest

from workforce.rules import projection as rules

# Illustrative inputs of the vectors, not data of the city.
STOCK = (20, 45, 60, 75, 100, 130, 150, 160, 130, 80, 35, 15)
RISKS = rules.Risks(
    leave=(0.20, 0.15, 0.10, 0.07, 0.05, 0.04, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03),
    death=(0.001, 0.001, 0.001, 0.002, 0.002, 0.003, 0.004, 0.006, 0.009, 0.014, 0.022, 0.050),
    retire=(0, 0, 0, 0, 0, 0, 0, 0.02, 0.06, 0.15, 0.25, 0.40),
)
A = (10, 8, 4, 2, 0, 0, 0, 0, 0, 0, 0, 0)
B = (30, 22, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0)
NOBODY = (0,) * 12


def course(method: str, entrants=A, **changes) -> rules.Course:
    given = {"stock": rules.spread(STOCK), "risks": RISKS, "entrants": entrants, "method": method} | changes
    return rules.Course(**given)


def test_survival_of_each_group():
    assert [round(s, 6) for s in RISKS.survival] == [
        0.799200, 0.849150, 0.899100, 0.928140, 0.948100, 0.957120,
        0.966120, 0.944896, 0.903594, 0.812957, 0.711495, 0.552900,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "printed"),
    [
        (0, ("1000.0000", "20.0000", "42.0000", "47.3333", "47.6190", "53.1170", "91.2111", "0.4518", "0.2631")),
        (1, ("932.7889", "20.1364", "42.4390", "47.4958", "47.4478", "49.7974", "85.6349", "0.4820", "0.2803")),
        (2, ("871.1539", "20.4089", "42.8488", "47.6317", "47.6300", "46.8444", "80.6863", "0.5123", "0.2974")),
        (5, ("714.0881", "22.0660", "43.6348", "47.8254", "50.5697", "39.2373", "68.4103", "0.6117", "0.3508")),
    ],
)
def test_grouped_variant_year_by_year(year, printed):
    one = rules.project(course(rules.M1), 10)[year]
    figures = (
        one.total, 100 * one.young_share, 100 * one.old_share, one.median_age, one.youth_ratio,
        one.exits_old, one.exits_total, one.replacement, one.total_replacement,
    )  # fmt: skip
    assert tuple(f"{figure:.4f}" for figure in figures) == printed


def test_grouped_variant_after_ten_years():
    last = rules.project(course(rules.M1), 10)[10]
    figures = (last.total, 100 * last.young_share, 100 * last.old_share, last.median_age, last.youth_ratio)
    assert tuple(f"{figure:.4f}" for figure in figures) == ("524.4204", "27.3756", "42.5411", "47.1136", "64.3510")


@pytest.mark.parametrize(
    ("method", "year", "printed"),
    [
        (
            rules.M1, 1,
            "22.7872 41.7662 54.7992 68.4776 89.7701 118.5025 140.8195 149.9303 124.2104 75.5227 32.9292 13.2740",
        ),
        (
            rules.M1, 10,
            "27.6403 38.6043 38.5217 38.7972 39.8865 50.1179 67.7583 78.8810 71.8500 45.3404 19.8142 7.2086",
        ),
        (
            rules.M0, 10,
            "23.0837 39.5495 39.9265 38.6007 38.5639 44.6545 63.9161 85.6718 83.5592 54.9604 18.2412 3.0191",
        ),
    ],
)  # fmt: skip
def test_groups(method, year, printed):
    assert " ".join(f"{n:.4f}" for n in rules.project(course(method), 10)[year].stock) == printed


def test_single_ages_year_by_year():
    found = rules.project(course(rules.M0), 10)
    assert [f"{found[year].total:.4f}" for year in (1, 2, 5, 10)] == ["932.7889", "871.1539", "717.7144", "533.7467"]
    assert [f"{100 * found[year].young_share:.4f}" for year in (5, 10)] == ["21.4087", "26.4471"]
    assert [f"{100 * found[year].old_share:.4f}" for year in (5, 10)] == ["44.9177", "45.9866"]


@pytest.mark.parametrize("method", [rules.M0, rules.M1])
def test_exits_by_cause(method):
    first = rules.project(course(method), 0)[0]
    leave, death, retire = first.exits_by_cause
    assert (f"{leave:.4f}", f"{death:.5f}", f"{retire:.6f}") == ("49.3000", "6.02105", "35.890097")
    assert f"{first.exits_total:.6f}" == "91.211147"
    old = [sum(values[7:]) for values in (first.exits.leave, first.exits.death, first.exits.retire)]
    assert [f"{old[0]:.4f}", f"{old[1]:.4f}", f"{old[2]:.6f}"] == ["12.6000", "4.6269", "35.890097"]
    assert f"{first.exits_old:.6f}" == "53.116997"


@pytest.mark.parametrize(
    ("method", "without", "needed"), [(rules.M1, "387.316729", "107.2502"), (rules.M0, "396.316258", "105.4236")]
)
def test_break_even_intake(method, without, needed):
    assert f"{rules.project(course(method, NOBODY), 10)[-1].total:.6f}" == without
    assert f"{rules.break_even(course(method), 10):.4f}" == needed
    # Nobody enters in this scenario, so the age mix is borrowed.
    assert f"{rules.break_even(course(method, NOBODY), 10, mix=A):.4f}" == needed


def test_break_even_is_reached_by_its_own_intake():
    needed = rules.break_even(course(rules.M0), 10)
    entrants = [needed * share / 24 for share in A]
    assert rules.project(course(rules.M0, entrants), 10)[-1].total == pytest.approx(1000, abs=1e-9)


def test_break_even_without_any_age_mix_cannot_be_told():
    assert rules.break_even(course(rules.M0, NOBODY), 10) is None


def test_nobody_new_is_needed_below_the_target():
    assert rules.break_even(course(rules.M0), 10, target=300) == 0


@pytest.mark.parametrize(("entrants", "printed"), [(A, "234.8623"), (B, "585.6642")])
def test_steady_state_of_the_grouped_variant(entrants, printed):
    assert f"{rules.steady_state(course(rules.M1, entrants)):.4f}" == printed


def test_steady_state_of_single_ages_is_where_the_projection_ends():
    far = rules.project(course(rules.M0, B), 400)[-1].total
    assert rules.steady_state(course(rules.M0, B)) == pytest.approx(far, abs=1e-6)


def test_both_variants_agree_at_first():
    single, grouped = (rules.project(course(method), 2) for method in (rules.M0, rules.M1))
    assert single[1].stock == pytest.approx(grouped[1].stock, abs=1e-9)
    assert single[2].total == pytest.approx(grouped[2].total, abs=1e-9)


@pytest.mark.parametrize("method", [rules.M0, rules.M1])
def test_nothing_is_lost_or_made_up(method):
    found = rules.project(course(method, unknown=30.0), 30)
    for before, after in pairwise(found):
        expected = before.total - before.exits_total + sum(before.entrants)
        assert after.total == pytest.approx(expected, abs=1e-9)
        assert min(after.stock) >= 0
        assert after.unknown >= 0


def test_replacement_may_look_well_while_the_headcount_falls():
    first = rules.project(course(rules.M1, B), 1)[0]
    assert first.replacement > 1
    assert f"{first.total_replacement:.2f}" == "0.69"


def test_unknown_ages_are_carried_and_leave_as_the_average_does():
    first, second = rules.project(course(rules.M0, unknown=100.0), 1)
    assert first.total == 1100
    assert first.young_share == pytest.approx(0.2)
    assert sum(first.unknown_exits) == pytest.approx(9.1211147, abs=1e-7)
    assert second.unknown == pytest.approx(100 - 9.1211147, abs=1e-7)


def test_a_stock_of_unknown_ages_only_still_moves():
    empty = (0.0,) * len(rules.AGES)
    first = rules.project(course(rules.M0, NOBODY, stock=empty, unknown=10.0), 1)[0]
    assert first.young_share is None
    assert first.median_age is None
    assert 0 < sum(first.unknown_exits) < 10


def test_nobody_at_all_gives_no_ratios():
    empty = (0.0,) * len(rules.AGES)
    first = rules.project(course(rules.M0, NOBODY, stock=empty), 3)[3]
    assert (first.total, first.replacement, first.total_replacement, first.youth_ratio) == (0, None, None, None)


def test_retirement_five_years_later_is_the_rate_of_the_group_before():
    assert RISKS.later(5).retire == (0, 0, 0, 0, 0, 0, 0, 0, 0.02, 0.06, 0.15, 0.25)
    later = RISKS.by_age(2)
    assert [later.retire[age - 15] for age in (51, 52, 56, 57, 70)] == [0, 0.02, 0.02, 0.06, 0.25]
    assert RISKS.by_age(-3).retire[47 - 15] == 0.02
    assert rules.project(course(rules.M0, later_by=5), 10)[-1].total > rules.project(course(rules.M0), 10)[-1].total
