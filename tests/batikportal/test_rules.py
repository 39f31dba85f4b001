"""Rules of the shared nouns, with the vectors of the law and of the number plans."""

import pytest

from batikportal import roles, rules
from batikportal.choices import SizeClass


@pytest.mark.parametrize(
    ("sales", "expected"),
    [
        (0, SizeClass.MICRO),
        (2_000_000_000, SizeClass.MICRO),
        (2_000_000_001, SizeClass.SMALL),
        (15_000_000_000, SizeClass.SMALL),
        (50_000_000_000, SizeClass.MEDIUM),
        (50_000_000_001, SizeClass.LARGE),
    ],
)
def test_size_by_law_follows_sales_edges(sales, expected):
    assert rules.size_by_law(annual_sales_idr=sales, capital_idr=None) == expected


def test_size_by_law_of_a_new_firm_follows_capital():
    assert rules.size_by_law(annual_sales_idr=None, capital_idr=1_000_000_001) == SizeClass.SMALL


def test_size_by_law_without_figures_is_unknown():
    assert rules.size_by_law(annual_sales_idr=None, capital_idr=None) is None


@pytest.mark.parametrize(
    ("workers", "expected"),
    [(1, SizeClass.MICRO), (4, SizeClass.MICRO), (5, SizeClass.SMALL), (19, SizeClass.SMALL), (20, SizeClass.MEDIUM),
     (99, SizeClass.MEDIUM), (100, SizeClass.LARGE), (None, None)],
)  # fmt: skip
def test_size_by_workers_follows_bps_edges(workers, expected):
    assert rules.size_by_workers(workers) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0812-3456-7890", "081234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("81234567890", "081234567890"),
        ("(0285) 421.234", "0285421234"),
        ("+442079460123", "+442079460123"),
    ],
)
def test_normalise_phone_repairs_what_the_library_misreads(typed, expected):
    assert rules.normalise_phone(typed) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("024212755091000", True),
        ("013121660091000", True),
        ("013121661091000", False),
        ("0024212755091000", True),
        ("0013121661091000", False),
        ("3375010503900001", True),
        ("12345", False),
    ],
)
def test_npwp_checks_the_ninth_digit(number, expected):
    assert rules.is_npwp(number) is expected


@pytest.mark.parametrize(
    ("number", "expected"), [("1234567890123", True), ("123456789012", False), ("１２３４５６７８９０１２３", False)]
)
def test_nib_is_13_ascii_digits(number, expected):
    assert rules.is_nib(number) is expected


def test_incompatible_roles_are_refused_in_both_orders():
    for one, other, _reason in roles.INCOMPATIBLE:
        assert roles.conflict([one], other) is not None
        assert roles.conflict([other], one) is not None


def test_incompatible_pairs_name_known_roles():
    named = {role for one, other, _reason in roles.INCOMPATIBLE for role in (one, other)}

    assert named <= set(roles.ROLES)


def test_technical_administrator_sees_no_sector_data():
    seen = [
        p
        for p in ("wastewater.view_sample", "workforce.view_person", "marketing.view_application")
        if roles.grants(["administrator"], p)
    ]

    assert seen == []
