"""The public translator of piece work: figures in, a month out, nothing kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories.workforce import WageFactory

pytestmark = pytest.mark.django_db

URL = reverse("workforce:wage-translator")
WEEK = {
    "period": "week",
    "pieces": "12",
    "unit": "piece",
    "rate_idr": "30.000",
    "days": "6",
    "hours_per_day": "7,5",
    "observed_on": "2026-03-06",
}


def ask(client, **changes):
    return client.post(URL, WEEK | changes)


def errors(response) -> dict[str, int]:
    return {field: len(found) for field, found in response.context["form"].errors.items()}


def test_everybody_opens_it_and_finds_it_from_the_home_page(client):
    assert client.get(URL).status_code == 200
    assert URL in client.get(reverse("home")).content.decode()


def test_piece_work_of_a_week_becomes_a_month(client):
    response = ask(client)

    page = response.content.decode()
    assert "Rp1.500.000" in page  # 360,000 ÷ 6 × 25
    assert "55,5%" in page
    assert "Rp1.384.000" in page  # 360,000 ÷ 45 hours × 173
    assert "Rp360.000 ÷ 6 hari kerja × 25 hari kerja sebulan" in page
    assert "SK Gubernur Jawa Tengah 100.3.3.1/505 Tahun 2025" in page
    assert "Rata-rata konsumsi Jawa Tengah untuk tanggal itu belum dicatat" in page
    assert "pelanggaran" not in page.casefold()


def test_the_day_decides_the_figures(client):
    page = ask(client, observed_on="2023-06-01").content.decode()

    assert "2.305.822,66" in page
    assert "65,1%" in page
    assert "sama atau di atas" in page
    assert "2.700.926" not in page


def test_a_day_without_figures_is_said(client):
    page = ask(client, observed_on="2012-06-01").content.decode()

    assert "tidak cukup data" in page
    assert "UMK Kota Pekalongan untuk tanggal itu belum dicatat." in page
    assert "Belum ada angka rujukan yang dicatat untuk tanggal itu." in page


def test_deductions_are_shown_apart(client):
    page = ask(client, deductions_idr="60.000").content.decode()

    assert "Rp1.500.000" in page
    assert "Rp1.250.000" in page
    assert "setelah potongan" in page


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"days": ""}, {"days": 1}),
        ({"days": "8"}, {"days": 1}),
        ({"days": "0"}, {"days": 1}),
        ({"hours_per_day": "25"}, {"hours_per_day": 1}),
        ({"hours_per_day": "0"}, {"hours_per_day": 1}),
        ({"pieces": "banyak"}, {"pieces": 1}),
        ({"pieces": "1.500"}, {"pieces": 1}),
        ({"pieces": ""}, {"pieces": 1}),
        ({"rate_idr": ""}, {"rate_idr": 1}),
        ({"pieces": "", "rate_idr": ""}, {"gross_idr": 1}),
        ({"rate_idr": "30.000,50"}, {"rate_idr": 1}),
        ({"gross_idr": "100.000"}, {"gross_idr": 1}),
        ({"deductions_idr": "400.000"}, {"deductions_idr": 1}),
        ({"period": "batch"}, {"week_days": 1}),
        ({"period": "batch", "week_days": "9"}, {"week_days": 1}),
        ({"period": "abad"}, {"period": 1}),
        ({"observed_on": "2099-01-01"}, {"observed_on": 1}),
        ({"observed_on": "1999-01-01"}, {"observed_on": 1}),
        ({"rate_idr": "999999999999"}, {"gross_idr": 1}),
        ({"step": "XXX"}, {"step": 1}),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_the_rest_is_kept(client, changes, wrong):
    response = ask(client, **changes)

    assert errors(response) == wrong
    assert "reading" not in response.context
    assert response.context["form"]["observed_on"].value() == changes.get("observed_on", WEEK["observed_on"])


def test_nothing_is_written_and_nothing_stands_in_the_address(client):
    client.get(URL)
    with CaptureQueriesContext(connection) as caught:
        response = ask(client)

    assert [query["sql"] for query in caught if not query["sql"].startswith(("SELECT", "DECLARE"))] == []
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def observe(monthly: list[int]) -> None:
    for amount in monthly:
        WageFactory(monthly_idr=amount, observed_on=timezone.localdate())


def test_the_range_of_the_same_work_needs_five_people(client):
    observe([1_000_000, 1_200_000, 1_404_000, 1_600_000])

    page = ask(client, step="NGL").content.decode()

    assert "Upah kurang dari lima orang tercatat untuk pekerjaan ini" in page
    assert "1.404.000" not in page
    assert "1.400.000" not in page


def test_the_range_is_rounded_and_nameless(client):
    observe([1_000_000, 1_200_000, 1_404_000, 1_600_000, 1_800_000])

    page = ask(client, step="NGL").content.decode()

    assert "dari 5 pekerja" in page
    assert "separuhnya di bawah Rp1.400.000" in page
    assert "antara Rp1.200.000 dan Rp1.600.000" in page
    assert "1.404.000" not in page
    assert "Pekerja Contoh" not in page
    assert "Rp1.400.000" not in ask(client, step="CAP").content.decode()
