"""Numbers, money and dates in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from batikportal import formats


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2700926, None, "2.700.926"),
        (2700926.0, None, "2.700.926"),
        (Decimal("180.50"), None, "180,5"),
        (Decimal("0.005"), None, "0,005"),
        (Decimal(1) / 3, None, "0,333333"),
        (Decimal(20000) / 3, None, "6.666,67"),
        (0.1 + 0.2, None, "0,3"),
        (0, None, "0"),
        (-1234.5, None, "−1.234,5"),
        (Decimal("-0.004"), 1, "0,0"),
        (2.45, 1, "2,5"),
        (12, 2, "12,00"),
        ("98", None, "98"),
        (None, None, "–"),
        ("", None, "–"),
        ("banyak", None, "–"),
        (float("nan"), None, "–"),
        (True, None, "–"),
    ],
)
def test_number_in_indonesian(value, decimals, text):
    assert formats.number(value, decimals) == text


def test_number_follows_the_language():
    with translation.override("en"):
        assert formats.number(2700926.5) == "2,700,926.5"


@pytest.mark.parametrize(
    ("value", "text"),
    [(2700926, "Rp2.700.926"), (-5000, "−Rp5.000"), (Decimal("1999.5"), "Rp2.000"), (0, "Rp0"), (None, "–")],
)
def test_rupiah_is_whole(value, text):
    assert formats.rupiah(value) == text


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.634, 1, "63,4%"),
        (1, 1, "100%"),
        (0.6349, 0, "63%"),
        (0, 1, "0%"),
        (None, 1, "–"),
        (Decimal("0.0005"), 1, "0,1%"),
    ],
)
def test_per_cent_of_a_share(share, decimals, text):
    assert formats.per_cent(share, decimals) == text


def test_dates_in_words():
    day = date(2026, 11, 3)

    assert [formats.day(day), formats.short_day(day), formats.month(day)] == [
        "3 November 2026",
        "3 Nov 2026",
        "November 2026",
    ]
    assert formats.day(None) == "–"


def test_moment_is_told_in_jakarta_time():
    assert formats.moment(datetime(2026, 11, 23, 17, 30, tzinfo=UTC)) == "24 November 2026 pukul 0.30 WIB"


def test_moment_in_a_table_sorts_and_is_empty_for_none():
    assert formats.table_moment(datetime(2026, 11, 23, 17, 30, tzinfo=UTC)) == "2026-11-24 00:30"
    assert formats.table_moment(None) == ""


def test_day_of_a_moment_is_the_day_in_jakarta():
    assert formats.day(datetime(2026, 11, 23, 17, 30, tzinfo=UTC)) == "24 November 2026"


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (999, "999 B"), (24576, "24 KB"), (5 * 1024 * 1024, "5,0 MB"), (None, "–")]
)
def test_file_size(size, text):
    assert formats.file_size(size) == text


def test_or_dash_keeps_zero():
    assert [formats.or_dash(value) for value in (None, "", [], 0, "a")] == ["–", "–", "–", 0, "a"]
