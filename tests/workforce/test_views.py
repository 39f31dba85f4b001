"""What an officer does on the pages, step by step."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batikportal.models import AccessEvent
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import EngagementFactory, PersonFactory, covered, nik, step, ward
from tests.workforce.conftest import PLANTED_MASK, PLANTED_NIK
from workforce.models import CoveragePeriod, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(workforce_officer, as_user):
    """A browser session of an officer of the labour office."""
    return as_user(workforce_officer)


def url(name: str, *args) -> str:
    return reverse(f"workforce:{name}", args=args)


def names(response) -> list[str]:
    return [row[0].name for row in response.context["rows"]]


def test_worker_register_takes_a_nik_and_leads_to_the_worker(officer):
    sent = {"name": "Siti Contoh", "new_nik": nik(1), "ward": ward().pk, "phone": "0812-3456-7890"}

    response = officer.post(url("worker-register"), sent)

    person = Person.objects.get()
    assert response["Location"] == url("worker", person.public_id)
    assert (person.birth_on, person.sex, person.phone) == (date(1990, 3, 5), "F", "+6281234567890")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"new_nik": "3375014003900001"}, "new_nik"),
        ({"new_nik": nik(1), "birth_on": "1990-03-06"}, "nik_mismatch_reason"),
        ({"new_nik": nik(1), "sex": "M"}, "nik_mismatch_reason"),
        ({"birth_on": "2999-01-01"}, "birth_on"),
        ({"birth_year": "1800"}, "birth_year"),
        ({"birth_on": "1990-03-05", "birth_year": "1990"}, "birth_year"),
        ({"ward": ""}, "ward"),
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_worker_register_says_what_to_correct(changes, field, officer):
    sent = {"name": "Siti Contoh", "ward": ward().pk} | changes

    response = officer.post(url("worker-register"), sent)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.exists()


def test_worker_register_refuses_a_known_nik_without_telling_whose_it_is(officer, worker):
    response = officer.post(url("worker-register"), {"name": "Lain", "new_nik": PLANTED_NIK, "ward": ward().pk})

    assert list(response.context["form"].errors) == ["new_nik"]
    assert worker.name not in response.content.decode()


def test_worker_register_by_a_cadre_leads_to_the_small_steps(cadre, as_user):
    response = as_user(cadre).post(url("worker-register"), {"name": "Siti Contoh", "ward": ward().pk})

    assert response["Location"] == url("cadre")
    assert not Person.objects.exists()


def test_worker_edit_keeps_the_nik_that_is_not_typed(officer, worker):
    sent = {"name": "Siti Terlindungi", "sex": "F", "birth_on": "1990-03-05", "ward": ward("33.75.03.1002").pk}

    response = officer.post(url("worker-edit", worker.public_id), sent)

    worker.refresh_from_db()
    assert response["Location"] == url("worker", worker.public_id)
    assert (worker.ward.name, worker.nik.reveal()) == ("Krapyak", PLANTED_NIK)


def test_worker_edit_compares_with_the_stored_nik(officer, worker):
    sent = {"name": worker.name, "sex": "F", "birth_on": "1991-03-05", "ward": ward().pk}

    response = officer.post(url("worker-edit", worker.public_id), sent)

    assert list(response.context["form"].errors) == ["nik_mismatch_reason"]


def test_worker_shows_work_insurance_and_consent_with_the_nik_masked(officer, worker):
    page = officer.get(url("worker", worker.public_id)).content.decode()

    for part in (PLANTED_MASK, "Batik Kanari", "Nglowong", "JKK", "Diusulkan ke program"):
        assert part in page


def test_worker_verify_nik_clears_the_mark(officer):
    person = PersonFactory(nik_mismatch_reason="unchecked")
    assert "perlu diperiksa" in officer.get(url("worker", person.public_id)).content.decode()

    officer.post(url("worker-verify-nik", person.public_id))

    assert "perlu diperiksa" not in officer.get(url("worker", person.public_id)).content.decode()


def test_worker_reveal_nik_asks_logs_and_shows(officer, worker, workforce_officer):
    page = url("worker-reveal-nik", worker.public_id)
    assert PLANTED_NIK not in officer.get(page).content.decode()
    assert officer.post(page, {"purpose": "x"}).context["form"].errors
    assert not AccessEvent.objects.exists()

    response = officer.post(page, {"purpose": "Pendaftaran BPU"})

    assert PLANTED_NIK in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert AccessEvent.objects.get().purpose == "Pendaftaran BPU"


def test_nik_search_finds_by_the_keyed_index_and_is_logged(officer, worker):
    response = officer.post(url("nik-search"), {"nik": "3375 0245 0390 9777"})

    assert response["Location"] == url("worker", worker.public_id)
    assert AccessEvent.objects.get().fields == ["nik"]


@pytest.mark.parametrize("number", [nik(99), "123", ""])
def test_nik_search_without_result_goes_back_to_the_list(number, officer, worker):
    response = officer.post(url("nik-search"), {"nik": number}, follow=True)

    assert response.redirect_chain[-1][0] == url("worker-list")
    assert response.context["messages"]


def test_worker_list_sends_a_nik_out_of_the_address(officer, worker):
    response = officer.get(url("worker-list"), {"cari": PLANTED_NIK})

    assert response["Location"] == url("worker-list")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Budi Terbuka", "Siti Terlindungi"]),
        ({"cari": "siti"}, ["Siti Terlindungi"]),
        ({"proses": "ISN"}, ["Siti Terlindungi"]),
        ({"usaha": "kanari"}, ["Siti Terlindungi"]),
        ({"perlindungan": "covered"}, ["Siti Terlindungi"]),
        ({"perlindungan": "gap"}, ["Budi Terbuka"]),
        ({"perlindungan": "unknown"}, ["Budi Terbuka"]),
        ({"kecamatan": "33.75.03"}, []),
        ({"kecamatan": "33.75.02", "urut": "-nama"}, ["Siti Terlindungi", "Budi Terbuka"]),
        ({"umur": "35-44"}, ["Budi Terbuka", "Siti Terlindungi"]),
        ({"umur": "unknown"}, []),
        ({"status": "ended"}, []),
        ({"nik": "missing"}, []),
        ({"halaman": "99"}, ["Budi Terbuka", "Siti Terlindungi"]),
        ({"sampai": "bukan tanggal"}, ["Budi Terbuka", "Siti Terlindungi"]),
        ({"perlindungan": "'; DROP"}, ["Budi Terbuka", "Siti Terlindungi"]),
    ],
)
def test_worker_list_narrows(query, found, officer, worker, unprotected):
    assert names(officer.get(url("worker-list"), query)) == found


def test_worker_list_finds_an_enterprise_by_its_number(officer, worker):
    number = worker.engagements.get().enterprise.registration_number

    assert names(officer.get(url("worker-list"), {"usaha": number})) == [worker.name]


@pytest.mark.parametrize("page", ["worker-list", "gap-list", "lapsing-list", "worker-export", "gap-export"])
def test_lists_cost_the_same_for_one_row_and_for_many(page, officer, today):
    def add(count: int) -> None:
        for _ in range(count):
            person = EngagementFactory(steps=["NGL", "ISN"]).person
            covered(person, until_on=today + timedelta(days=5), from_on=today - timedelta(days=50))
            EngagementFactory(person=person, is_main=False)

    counts = []
    for count in (1, 24):
        add(count)
        with CaptureQueriesContext(connection) as captured:
            officer.get(url(page), {"perlindungan": "covered"})
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_worker_page_costs_the_same_for_one_engagement_and_for_many(officer, worker):
    with CaptureQueriesContext(connection) as one:
        officer.get(url("worker", worker.public_id))
    for year in range(2010, 2015):
        EngagementFactory(
            person=worker, until_on=date(2021, 1, 1), exit_reason="other_principal", steps=["CAP", "CLP", "LRD"]
        )
        CoveragePeriod.objects.create(
            person=worker, programme="jkn", segment="ppu", from_on=date(year, 1, 1), until_on=date(year, 2, 1)
        )
    with CaptureQueriesContext(connection) as many:
        officer.get(url("worker", worker.public_id))

    assert len(one) == len(many)


def test_engagement_new_accepts_number_nib_and_name(officer, unprotected):
    workshop = EnterpriseFactory(name="Batik Merak", nib="1234567890123")
    sent = {"role": "worker", "steps": [step().pk], "from_on": "2026-01-01", "is_main": "on"}

    for text in (workshop.registration_number.lower(), "1234567890123", "batik merak"):
        response = officer.post(url("engagement-new", unprotected.public_id), sent | {"enterprise": text})
        assert response.status_code == 302, text
        engagement = unprotected.engagements.latest("pk")
        assert (engagement.enterprise, engagement.is_main) == (workshop, True)
        engagement.delete()
        unprotected.engagements.update(is_main=True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "enterprise"),
        ({"enterprise": "Tidak Ada"}, "enterprise"),
        ({"enterprise": "Kembar"}, "enterprise"),
        ({"role": "own_account", "from_on": "2999-01-01"}, "from_on"),
        ({"role": "own_account", "steps": []}, "steps"),
    ],
)
def test_engagement_new_says_what_to_correct(changes, field, officer, unprotected):
    EnterpriseFactory(name="Kembar")
    EnterpriseFactory(name="Kembar")
    sent = {"role": "worker", "steps": [step().pk], "from_on": "2026-01-01"} | changes

    response = officer.post(url("engagement-new", unprotected.public_id), sent)

    assert list(response.context["form"].errors) == [field]
    assert unprotected.engagements.count() == 1


def test_engagement_end_keeps_the_reason(officer, unprotected):
    engagement = unprotected.engagements.get()

    officer.post(url("engagement-end", engagement.public_id), {"until_on": "2026-01-31", "reason": "retired"})

    engagement.refresh_from_db()
    assert (engagement.until_on, engagement.exit_reason) == (date(2026, 1, 31), "retired")
    assert names(officer.get(url("worker-list"), {"status": "ended"})) == [unprotected.name]


def coverage(**changes):
    return {
        "programmes": ["jkk", "jkm"],
        "status": "active",
        "segment": "bpu",
        "payer": "worker",
        "from_on": "2026-01-01",
        "verified_on": "2026-01-05",
        "evidence": "card",
    } | changes


def test_coverage_new_takes_somebody_off_the_gap_list(officer, unprotected):
    assert names(officer.get(url("gap-list"))) == [unprotected.name]

    officer.post(url("coverage-new", unprotected.public_id), coverage())

    assert names(officer.get(url("gap-list"))) == []
    assert unprotected.coverage_periods.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"segment": ""}, "segment"),
        ({"programmes": ["jkk", "jkn"]}, "segment"),
        ({"programmes": []}, "programmes"),
        ({"until_on": "2025-01-01"}, "until_on"),
        ({"verified_on": "2999-01-01"}, "verified_on"),
        ({"from_on": "2020-01-01", "until_on": "2026-12-31"}, "from_on"),
    ],
)
def test_coverage_new_says_what_to_correct(changes, field, officer, worker):
    before = worker.coverage_periods.count()

    response = officer.post(url("coverage-new", worker.public_id), coverage(**changes))

    assert list(response.context["form"].errors) == [field]
    assert worker.coverage_periods.count() == before


def test_coverage_new_records_a_checked_non_member(officer, unprotected):
    officer.post(url("coverage-new", unprotected.public_id), coverage(status="not_enrolled"))

    assert set(unprotected.coverage_periods.values_list("status", "segment", "payer")) == {("not_enrolled", "", "")}


def test_coverage_end_puts_somebody_on_the_gap_list(officer, worker, today):
    period = worker.coverage_periods.first()

    response = officer.post(
        url("coverage-end", period.public_id), {"until_on": (today - timedelta(days=1)).isoformat()}
    )

    assert response.status_code == 302
    assert names(officer.get(url("gap-list"))) == [worker.name]


def test_lapsing_list_shows_who_must_be_renewed(officer, worker, unprotected):
    page = officer.get(url("lapsing-list")).content.decode()

    assert worker.name in page
    assert unprotected.name not in page


def test_consent_is_read_out_recorded_and_withdrawn(officer, unprotected):
    page = url("consent-new", unprotected.public_id, "photo")
    assert "Saya setuju difoto" in officer.get(page).content.decode()
    assert list(officer.post(page, {"given_by": "cadre"}).context["form"].errors) == ["witness"]

    officer.post(page, {"given_by": "cadre", "witness": "Kader Rini"})
    consent = unprotected.consents.get()
    officer.post(url("consent-withdraw", consent.public_id))
    consent.refresh_from_db()

    assert consent.withdrawn_at
    assert unprotected.name in officer.get(url("consent-withdrawn-list")).content.decode()

    officer.post(url("consent-stopped", consent.public_id))
    assert unprotected.name not in officer.get(url("consent-withdrawn-list")).content.decode()


def test_consent_for_an_unknown_purpose_is_not_found(officer, unprotected):
    assert officer.get(url("consent-new", unprotected.public_id, "apa-saja")).status_code == 404


def test_worker_export_holds_what_the_list_shows_and_is_logged(officer, worker, unprotected):
    PersonFactory(name="=HYPERLINK(1)")

    response = officer.get(url("worker-export"), {"cari": ""})

    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("'=HYPERLINK(1);")
    assert any("Siti Terlindungi" in line and "Terlindungi JKK dan JKM" in line for line in lines)
    assert AccessEvent.objects.get().subject_label == "Daftar pekerja (3)"


def test_gap_export_says_who_can_be_proposed(officer, unprotected):
    lines = officer.get(url("gap-export")).content.decode("utf-8-sig").splitlines()

    assert lines[1].split(";")[0] == unprotected.name
    assert lines[1].endswith("Sesuai;tidak")


def test_index_counts_and_points_to_the_work(officer, worker, unprotected):
    PersonFactory(nik_mismatch_reason="unchecked")

    response = officer.get(url("index"))

    assert response.status_code == 200
    assert (response.context["counts"].active, response.context["counts"].covered) == (2, 1)
    assert (response.context["lapsing_count"], response.context["nik_count"]) == (1, 1)


def test_index_is_readable_without_any_worker(officer, leader, as_user):
    for client in (officer, as_user(leader)):
        assert client.get(url("index")).status_code == 200


def test_process_steps_show_counts_to_the_labour_office_only(officer, market_officer, as_user, worker):
    assert "Nglowong" in officer.get(url("process-steps")).content.decode()
    response = as_user(market_officer).get(url("process-steps"))

    assert response.status_code == 200
    assert "Pekerja aktif" not in response.content.decode()


def test_reference_figures_come_with_their_legal_basis(officer):
    page = officer.get(url("reference-figures")).content.decode()

    assert "2.700.926" in page
    assert "561/45 Tahun 2024" in page
