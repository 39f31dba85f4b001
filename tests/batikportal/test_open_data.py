"""Open data: the list, the dictionary, files that spreadsheets and programs read alike, conditional requests."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy

from tests.batikportal.contributions import broken, dataset


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_open_data_lists_the_datasets(plant, client, db):
    plant(datasets=[dataset(), dataset("b", title="Sampel sungai")])
    page = client.get("/data-terbuka/").content.decode()
    assert "/data-terbuka/portal.enterprises/" in page
    assert "Sampel sungai" in page


def test_open_data_without_datasets_says_so(plant, client, db):
    plant()
    assert "Belum ada data terbuka" in client.get("/data-terbuka/").content.decode()


def test_open_dataset_explains_every_column_licence_period_and_version(plant, client, db):
    plant(datasets=[dataset(rows=[("Kauman", 2024, 12), ("Klego", 2026, 1300)])])
    page = client.get("/data-terbuka/portal.enterprises/").content.decode()
    for words in ("Banyaknya usaha", "CC BY 4.0", "2024 – 2026", "1.300", ">2026<"):
        assert words in page
    version = client.get("/data-terbuka/portal.enterprises.csv").headers["ETag"].strip('"').partition("-")[0]
    assert version in page


def test_open_dataset_shows_the_first_rows_and_counts_the_rest(plant, client, db):
    plant(datasets=[dataset(rows=[(f"Kelurahan {n}", 2026, n) for n in range(27)])])
    page = client.get("/data-terbuka/portal.enterprises/").content.decode()
    assert "Kelurahan 19" in page
    assert "Kelurahan 20" not in page
    assert "7 baris lain" in page


def test_open_dataset_csv_is_plain_and_neutral(plant, client, db):
    plant(
        datasets=[
            dataset(
                columns=[("nama", "text", ""), ("hari", "date", ""), ("nilai", "decimal", ""), ("ada", "bool", "")],
                rows=[
                    ('=HYPERLINK("x")', date(2026, 1, 31), Decimal("-0.50"), True),
                    (gettext_lazy("Mikro"), None, Decimal("1E+2"), False),
                    ('koma, dan "kutip"', date(2026, 2, 1), -3, None),
                ],
            )
        ]
    )
    answer = client.get("/data-terbuka/portal.enterprises.csv")
    assert rows_of(answer) == [
        ["nama", "hari", "nilai", "ada"],
        ['\'=HYPERLINK("x")', "2026-01-31", "-0.50", "true"],
        ["Mikro", "", "100", "false"],
        ['koma, dan "kutip"', "2026-02-01", "-3", ""],
    ]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_open_dataset_json_carries_its_dictionary(plant, client, db):
    plant(datasets=[dataset(rows=[("Kauman", 2026, Decimal("12.5"))])])
    data = client.get("/data-terbuka/portal.enterprises.json").json()
    assert data["rows"] == [{"kelurahan": "Kauman", "tahun": 2026, "jumlah": 12.5}]
    assert data["columns"][2] == {"name": "jumlah", "type": "integer", "description": "Banyaknya usaha"}
    assert data["licence"] == "CC BY 4.0"


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_open_dataset_file_unchanged_is_answered_by_304(plant, client, db, kind):
    plant(datasets=[dataset()])
    url = f"/data-terbuka/portal.enterprises.{kind}"
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    plant(datasets=[dataset(rows=[("Kauman", 2026, 13)])])
    changed = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_open_dataset_file_is_the_same_in_every_language(plant, client, db):
    plant(datasets=[dataset()])
    url = "/data-terbuka/portal.enterprises.json"
    assert client.get(url, headers={"Accept-Language": "en"}).content == client.get(url).content


@pytest.mark.parametrize("wrong", [broken, lambda: [("Kauman", 2026)]])
def test_open_dataset_that_fails_says_so_and_keeps_its_dictionary(plant, client, db, wrong):
    plant(datasets=[replace(dataset(), rows=wrong)])
    answer = client.get("/data-terbuka/portal.enterprises/")
    assert answer.status_code == 200
    assert "sedang tidak tersedia" in answer.content.decode()
    assert "Banyaknya usaha" in answer.content.decode()
    assert client.get("/data-terbuka/portal.enterprises.csv").status_code == 503


def test_open_dataset_without_rows_says_so(plant, client, db):
    plant(datasets=[dataset(rows=[])])
    assert "Belum ada baris" in client.get("/data-terbuka/portal.enterprises/").content.decode()
    assert rows_of(client.get("/data-terbuka/portal.enterprises.csv")) == [["kelurahan", "tahun", "jumlah"]]


@pytest.mark.parametrize("path", ["tidak.ada/", "tidak.ada.csv", "portal.enterprises.xlsx", "..%2Fetc.csv"])
def test_open_dataset_unknown_is_404(plant, client, db, path):
    plant(datasets=[dataset()])
    assert client.get(f"/data-terbuka/{path}", follow=True).status_code == 404
