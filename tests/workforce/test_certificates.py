"""Certificates: validity and cohorts, what the database refuses, the skill they prove, and who sees what."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batikportal.contracts import Period, Scope
from batikportal.models import AccessEvent
from tests.factories.workforce import CertificateFactory, PersonFactory, ward
from tests.raw_sql import sql
from workforce.actions import certificates as actions
from workforce.alerts.certificates import find_expiring
from workforce.indicators.certificates import read_valid, rows
from workforce.models import CompetencyCertificate, CompetencyScheme
from workforce.queries import certificates as queries
from workforce.rules import certificates as rules

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 23)
TYPED = {"scheme": "pembatik-tulis", "body": "LSP Contoh", "number": "12/2024", "issued_on": "2024-02-29"}


@pytest.mark.parametrize(
    ("issued", "last"),
    [(date(2023, 10, 5), date(2026, 10, 5)), (date(2024, 2, 29), date(2027, 2, 28))],
)
def test_a_certificate_is_valid_for_three_years(issued, last):
    assert rules.valid_until(issued) == last


def test_quarters_follow_each_other_over_the_year():
    assert rules.quarters_from(date(2026, 11, 23), 3) == ["2026-4", "2027-1", "2027-2"]
    assert rules.days_of_quarter("2026-4") == (date(2026, 10, 1), date(2026, 12, 31))
    assert rules.quarter_of(date(2027, 1, 1)) == "2027-1"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("valid_until = issued_on", "certificate_in_order"),
        ("number = ''", "certificate_has_body_and_number"),
        ("body = ''", "certificate_has_body_and_number"),
    ],
)
def test_the_database_refuses_what_cannot_be(change, constraint):
    CertificateFactory()

    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE workforce_competencycertificate SET {change}")


def test_a_number_stands_once_per_body_however_it_is_written():
    CertificateFactory(body="LSP Contoh", number="A/1")
    CertificateFactory(body="Balai Contoh", number="A/1")

    with pytest.raises(IntegrityError, match="certificate_number_once_per_body"):
        sql("UPDATE workforce_competencycertificate SET body = 'lsp contoh', number = 'a/1' WHERE body LIKE 'Balai%%'")


# --- Recording ------------------------------------------------------------------------------------------------------


def record(person, by, now, **changes):
    said = {
        "scheme": CompetencyScheme.objects.get(code="pembatik-tulis"), "body": "LSP  Contoh", "number": "7/2025",
        "issued_on": date(2025, 3, 1),
    }  # fmt: skip
    return actions.record_certificate(person=person, **(said | changes), by=by, at=now)


def test_a_certificate_proves_its_step_once(workforce_officer, now):
    person = PersonFactory()

    made = record(person, workforce_officer, now)
    record(person, workforce_officer, now, number="8/2026", issued_on=date(2026, 3, 1))

    assert (made.body, made.valid_until) == ("LSP Contoh", date(2028, 3, 1))
    claim = person.skill_claims.get()
    assert (claim.step.code, claim.level, claim.evidence, claim.attested_by) == ("NGL", 2, "certificate", "LSP Contoh")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, actions.CertificateNumberTaken),
        ({"number": "9", "valid_until": date(2025, 3, 1)}, actions.CertificateEndsTooEarly),
        ({"number": "9", "issued_on": date(2026, 11, 24)}, actions.InTheFuture),
    ],
)
def test_what_cannot_be_is_refused(changes, refusal, workforce_officer, now):
    person = PersonFactory()
    record(person, workforce_officer, now)

    with pytest.raises(refusal):
        record(PersonFactory(), workforce_officer, now, **changes)
    assert CompetencyCertificate.objects.count() == 1


def test_an_officer_records_a_certificate_with_its_paper(worker, workforce_officer, workforce_head, as_user):
    paper = SimpleUploadedFile("sertifikat.pdf", b"%PDF-1.4 contoh")
    url = reverse("workforce:certificate-new", args=[worker.public_id])
    client = as_user(workforce_officer)

    page = client.post(url, TYPED | {"upload": paper}, follow=True)

    made = worker.certificates.get()
    assert page.redirect_chain == [(made.get_absolute_url(), 302)]
    assert made.valid_until == date(2027, 2, 28)
    paper_url = reverse("workforce:certificate-file", args=[made.public_id])
    assert b"".join(as_user(workforce_head).get(paper_url).streaming_content) == b"%PDF-1.4 contoh"
    again = client.post(url, TYPED | {"body": "lsp contoh"})
    assert list(again.context["form"].errors) == ["number"]
    client.post(reverse("workforce:certificate-remove", args=[made.public_id]), {"reason": "Salah orang"})
    assert not worker.certificates.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scheme": "sulap"}, "scheme"),
        ({"number": ""}, "number"),
        ({"issued_on": "2999-01-01"}, "issued_on"),
        ({"valid_until": "2024-01-01"}, "valid_until"),
        ({"upload": SimpleUploadedFile("a.exe", b"MZ")}, "upload"),
    ],
)
def test_bad_input_is_told_at_its_field(change, field, worker, workforce_officer, as_user):
    response = as_user(workforce_officer).post(
        reverse("workforce:certificate-new", args=[worker.public_id]), TYPED | change
    )

    assert list(response.context["form"].errors) == [field]


# --- Lists and figures ----------------------------------------------------------------------------------------------


def test_a_renewed_certificate_needs_no_renewal():
    soon = CertificateFactory(valid_until=date(2026, 12, 1))
    renewed = CertificateFactory(valid_until=date(2026, 12, 1))
    CertificateFactory(person=renewed.person, issued_on=date(2026, 11, 1), valid_until=date(2029, 11, 1))
    expired = CertificateFactory()
    everything = CompetencyCertificate.objects.all()

    def found(**wanted):
        return set(queries.certificates_matching(everything, queries.CertificateFilter(on=ON, **wanted)))

    assert found(state="expiring") == {soon}
    assert found(state="expired") == {expired}
    assert len(found(state="valid")) == 3
    assert found(quarter="2026-4") == {soon, expired}
    assert queries.renewal_cohorts(everything, ON, 2) == [("2026-4", 2), ("2027-1", 0)]


def test_the_figure_counts_valid_ones_and_opens_them(workforce_officer, as_user):
    scope = Scope(Period(date(2026, 1, 1), date(2026, 12, 31)), None, ON)
    assert read_valid(scope).value is None
    CertificateFactory()
    valid = CertificateFactory(valid_until=date(2026, 12, 1))
    CertificateFactory(valid_until=date(2026, 12, 1), person__ward=ward("33.75.04.1004"))

    reading = read_valid(scope)
    assert reading.value == 2
    assert [count for _month, count in reading.trend[-3:]] == [3, 2, 2]
    here = scope.within(ward().parent)
    assert read_valid(here).value == 1
    page = as_user(workforce_officer).get(rows(here))
    assert list(page.context["page"]) == [valid]
    assert [alert.due_on for alert in find_expiring(scope).items] == [date(2026, 12, 1)] * 2


def test_those_who_see_no_names_see_numbers_from_five_on(leader, as_user):
    certificates = [CertificateFactory(valid_until=date(2027, 1, 5)) for _number in range(4)]
    url = reverse("workforce:certificate-list") + "?keadaan=valid"
    client = as_user(leader)

    page = client.get(url)
    assert page.context["total"].whole is None
    assert certificates[0].person.name not in page.content.decode()
    CertificateFactory(valid_until=date(2027, 1, 6))
    assert client.get(url).context["total"].whole == 5


@pytest.mark.parametrize("role", ["leader", "cadre", "market_officer", "owner", "outsider"])
def test_others_reach_no_certificate_by_name(role, as_user, request):
    user = request.getfixturevalue(role)
    one = CertificateFactory()
    client = as_user(user)

    for name, key in (
        ("certificate", one.public_id), ("certificate-file", one.public_id), ("certificate-remove", one.public_id),
        ("certificate-new", one.person.public_id), ("certificate-export", None),
    ):  # fmt: skip
        assert client.get(reverse(f"workforce:{name}", args=[key] if key else [])).status_code == 403


def test_the_download_is_logged_and_holds_the_list(workforce_officer, as_user):
    CertificateFactory(person__name="Siti Contoh", number="=1+1")

    text = as_user(workforce_officer).get(reverse("workforce:certificate-export")).content.decode("utf-8-sig")

    assert "Siti Contoh;Kauman;Pembatik tulis;;LSP Contoh;'=1+1;" in text
    assert AccessEvent.objects.get().subject_label == "Daftar sertifikat (1)"


def test_the_list_asks_as_often_for_30_as_for_one(workforce_officer, as_user):
    client, url = as_user(workforce_officer), reverse("workforce:certificate-list")

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url)
        return len(asked)

    CertificateFactory(valid_until=date(2027, 1, 5))
    client.get(url)
    one = count()
    for _number in range(29):
        CertificateFactory(valid_until=date(2027, 1, 5))
    assert count() == one
