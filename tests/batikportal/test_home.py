"""The public home and the pages that explain the portal."""

import gzip
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.batikportal.contributions import broken, panel
from tests.factories import portal as factories

# What fits into the first answer of a server on a slow connection (ten packets).
FIRST_FLIGHT_BYTES = 14 * 1024


def test_home_leads_a_stranger_to_register_and_log_in(plant, client, db):
    plant()
    page = client.get("/").content.decode()
    assert "Daftarkan usaha" in page
    assert reverse("account_login") in page
    assert reverse("enterprise-register") in page
    assert "Cara bergabung" in page
    assert "tidak ada kegiatan yang menerima pendaftaran" in page


def test_home_shows_public_panels_by_what_they_offer(plant, client, db):
    plant(
        panels=[
            panel("a", shows=111),
            panel("b", title="Air sungai", shows=222, focus="waste"),
            panel("c", shows=333, audience="staff"),
            panel("d", shows=444, audience="owner"),
        ]
    )
    page = client.get("/").content.decode()
    opened, _heading, figures = page.partition("Angka untuk warga")
    assert "111" in opened
    assert "Air sungai" in figures
    assert "222" in figures
    assert "333" not in page
    assert "444" not in page


@pytest.mark.parametrize("wrong", [{"read": broken}, {"template": "tidak/ada.html"}])
def test_home_survives_a_broken_panel(plant, client, db, wrong):
    plant(panels=[panel("a", **wrong), panel("b", shows=555)])
    answer = client.get("/")
    assert answer.status_code == 200
    assert "sedang tidak tersedia" in answer.content.decode()
    assert "555" in answer.content.decode()


@pytest.mark.parametrize(("person", "words"), [("owner", "Buka usaha saya"), ("leader", "Buka halaman kerja")])
def test_home_knows_who_is_signed_in(plant, db, request, as_user, person, words):
    plant()
    answer = as_user(request.getfixturevalue(person)).get("/")
    assert words in answer.content.decode()
    assert reverse("account_signup") not in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_home_unchanged_is_answered_by_304_from_the_second_visit(plant, db):
    plant(panels=[panel(shows=1000)])
    browser = Client()
    first = browser.get("/")
    again = browser.get("/", headers={"If-None-Match": first.headers["ETag"]})
    plant(panels=[panel(shows=1001)])
    changed = browser.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_home_of_another_browser_is_another_page(plant, db):
    plant()
    first = Client().get("/")
    assert Client().get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_home_costs_the_same_with_1_and_with_30_enterprises(plant, db):
    from batikportal.models import Enterprise

    plant(panels=[panel(read=lambda user, enterprise, today: {"total": len(Enterprise.objects.all())})])
    counts = []
    for missing in (1, 29):
        factories.EnterpriseFactory.create_batch(missing)
        with CaptureQueriesContext(connection) as captured:
            assert Client().get("/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_home_and_its_stylesheet_fit_into_the_first_flight(plant, client, db):
    plant(panels=[panel(f"p{n}") for n in range(4)])
    html = client.get("/").content
    css = b"".join(Path("static/css", name).read_bytes() for name in ("portal.css", "pages/home.css"))
    assert len(gzip.compress(html, 6)) + len(gzip.compress(css, 9)) <= FIRST_FLIGHT_BYTES


@pytest.mark.parametrize("path", ["/tentang/", "/privasi/", "/aksesibilitas/"])
def test_pages_about_the_portal_are_open_to_all(client, db, path):
    assert client.get(path).status_code == 200


def test_privacy_names_the_law_and_leaves_the_contact_plainly_open(client, db):
    page = client.get("/privasi/").content.decode()
    assert "UU 27/2022" in page
    assert "3 × 24 jam" in page
    assert "Belum diisi oleh Pemerintah Kota" in page
