"""The worker's own page: card and second answer open it, everything is logged, requests reach the office; and what an
owner sees of her workers."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from batikportal.contracts import Period, Scope
from tests.factories.portal import MembershipFactory
from tests.factories.workforce import (
    CertificateFactory,
    ConsentFactory,
    EngagementFactory,
    PersonFactory,
    SkillFactory,
    WageFactory,
)
from tests.raw_sql import sql
from tests.workforce.conftest import PLANTED_NIK
from workforce.actions import cards as actions
from workforce.alerts.requests import find_open
from workforce.models import CardUse, RegistryRequest, WorkerCard

pytestmark = pytest.mark.django_db

OPEN, OWN = "workforce:own-open", "workforce:own"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def code(worker, workforce_officer, now):
    return actions.issue_card(person=worker, by=workforce_officer, at=now)


@pytest.fixture
def holder(client, code):
    """A browser that opened the page of Siti."""
    client.post(reverse(OPEN), {"code": f"{code[:4].lower()}-{code[4:]}", "answer": " 1990 "})
    return client


def kinds() -> list[str]:
    return list(CardUse.objects.order_by("pk").values_list("kind", flat=True))


def test_the_holder_sees_her_own_data_masked(holder, worker):
    WageFactory(person=worker)
    SkillFactory(person=worker)
    CertificateFactory(person=worker, valid_until=date(2028, 1, 1))

    text = holder.get(reverse(OWN)).content.decode()

    for seen in (
        "Siti Terlindungi",
        "Batik Kanari",
        "3375••••••••9777",
        "Terlindungi",
        "Rp",
        "Pembatik tulis",
        "Mahir",
    ):
        assert seen in text, seen
    assert PLANTED_NIK not in text
    assert "Halaman sendiri dibuka" in text
    assert kinds() == ["opened"]


@pytest.mark.parametrize(
    ("typed", "what"), [({"answer": "1991"}, ["wrong"]), ({"code": "ZZZZ-9999"}, []), ({"answer": "Siti"}, ["wrong"])]
)
def test_wrong_code_and_wrong_answer_are_told_alike(typed, what, client, code):
    response = client.post(reverse(OPEN), {"code": code, "answer": "1990"} | typed)

    assert "Kode atau jawaban tidak cocok." in response.content.decode()
    assert kinds() == what
    assert client.get(reverse(OWN)).url == reverse(OPEN)


def test_without_a_birth_year_the_first_name_answers(client, workforce_officer, now):
    person = PersonFactory(name="Aminah Contoh", birth_on=None, number=None, nik=None)
    code = actions.issue_card(person=person, by=workforce_officer, at=now)

    assert client.post(reverse(OPEN), {"code": code, "answer": "aminah"}).url == reverse(OWN)


def test_a_card_is_locked_after_ten_wrong_answers_from_wherever(client, code, worker):
    for number in range(10):
        client.post(reverse(OPEN), {"code": code, "answer": "1900"}, REMOTE_ADDR=f"198.51.100.{number}")

    response = client.post(reverse(OPEN), {"code": code, "answer": "1990"}, REMOTE_ADDR="198.51.100.99")

    assert "Mintalah kartu baru" in response.content.decode()
    assert worker.cards.get().is_locked


def test_an_address_has_ten_tries_in_a_quarter_of_an_hour(client, code):
    for _number in range(10):
        client.post(reverse(OPEN), {"code": "ZZZZ-9999", "answer": "1990"})

    response = client.post(reverse(OPEN), {"code": code, "answer": "1990"})

    assert "Terlalu banyak percobaan." in response.content.decode()


def test_the_qr_code_fills_in_and_leaves_the_address(client, code):
    response = client.get(reverse(OPEN), {"kode": code})

    assert response.url == reverse(OPEN)
    assert f'value="{code[:4]}-{code[4:]}"' in client.get(reverse(OPEN)).content.decode()


def test_a_new_card_or_a_revoked_one_closes_the_page(holder, worker, code, workforce_officer, as_user):
    office = as_user(workforce_officer)
    assert holder.get(reverse(OWN)).status_code == 200

    paper = office.post(reverse("workforce:card-issue", args=[worker.public_id]))
    assert paper.content.startswith(b"%PDF")
    assert holder.get(reverse(OWN)).url == reverse(OPEN)
    assert worker.cards.filter(revoked_at__isnull=True).count() == 1
    office.post(reverse("workforce:card-revoke", args=[worker.public_id]))
    assert not worker.cards.filter(revoked_at__isnull=True).exists()
    assert code not in str(WorkerCard.objects.values())


def test_one_card_is_valid_per_person_and_uses_are_kept(worker, code, holder):
    with pytest.raises(IntegrityError, match="workercard_one_valid_per_person"), transaction.atomic():
        WorkerCard.objects.create(person=worker, code_hash="x")
    with pytest.raises(InternalError, match="Cannot update"):
        sql("UPDATE workforce_carduse SET kind = 'wrong'")


def test_the_holder_withdraws_a_consent_at_once(holder, worker):
    consent = worker.consents.get()
    url = reverse("workforce:own-withdraw", args=[consent.public_id])

    assert "Tarik persetujuan?" in holder.get(url).content.decode()
    holder.post(url)

    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert kinds() == ["opened", "withdrew"]
    other = ConsentFactory()
    assert holder.post(reverse("workforce:own-withdraw", args=[other.public_id])).status_code == 404


def test_a_request_reaches_the_office_and_its_answer_the_holder(holder, worker, workforce_officer, as_user, today):
    asked = {"kind": "correction", "words": "Alamat saya sekarang di Jenggot"}
    assert list(holder.post(reverse("workforce:own-ask"), {"kind": "staff", "words": "x"}).context["form"].errors) == [
        "kind", "words",
    ]  # fmt: skip
    holder.post(reverse("workforce:own-ask"), asked)

    request = RegistryRequest.objects.get()
    assert (request.person, request.kind, request.state) == (worker, "correction", "open")
    alerts = find_open(Scope(Period(today, today), worker.ward.parent, today))
    assert [one.subject for one in alerts.items] == [worker.name]
    office = as_user(workforce_officer)
    assert list(office.get(reverse("workforce:request-list")).context["page"]) == [request]
    url = reverse("workforce:request-answer", args=[request.public_id])
    office.post(url, {"state": "done", "answer": "Alamat sudah diganti."})
    assert "Alamat sudah diganti." in holder.get(reverse(OWN)).content.decode()
    again = office.post(url, {"state": "refused", "answer": "Tidak bisa."}, follow=True)
    assert "sudah dijawab" in again.content.decode()


def test_closing_the_page_ends_it(holder):
    holder.post(reverse("workforce:own-leave"))

    for url in (reverse(OWN), reverse("workforce:own-ask")):
        assert holder.get(url).url == reverse(OPEN)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("kind = 'staff'", "request_comes_from_worker_or_employer"),
        ("person_id = NULL", "request_comes_from_worker_or_employer"),
        ("state = 'done'", "request_answer_has_words_name_and_time"),
        ("answer = 'ya'", "request_answer_has_words_name_and_time"),
    ],
)
def test_the_database_refuses_a_request_that_cannot_be(change, constraint, worker, now):
    RegistryRequest.objects.create(kind="deletion", person=worker, words="Hapus data saya", asked_at=now)

    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE workforce_registryrequest SET {change}")


@pytest.mark.parametrize("role", ["leader", "cadre", "market_officer", "owner", "outsider"])
def test_others_issue_no_card_and_read_no_request(role, worker, as_user, request):
    client = as_user(request.getfixturevalue(role))

    assert client.post(reverse("workforce:card-issue", args=[worker.public_id])).status_code == 403
    assert client.get(reverse("workforce:request-list")).status_code == 403


# --- An owner's own workers -----------------------------------------------------------------------------------------


def test_an_owner_sees_names_of_those_who_agreed_and_nothing_else(worker, unprotected, owner, as_user):
    enterprise = worker.engagements.get().enterprise
    MembershipFactory(user=owner, enterprise=enterprise)
    silent = EngagementFactory(enterprise=enterprise, person__name="Diam Saja").person
    ConsentFactory(person=worker, purpose="employer_view")
    ConsentFactory(person=unprotected, purpose="employer_view")
    WageFactory(person=worker)
    client, url = as_user(owner), reverse("workforce:own-workers", args=[enterprise.public_id])

    text = client.get(url).content.decode().split("<main")[1].split("</main")[0]

    assert worker.name in text
    assert "Dan 1 orang" in text
    for hidden in (silent.name, unprotected.name, "9777", "JKK", "360.000", "Rp"):
        assert hidden not in text, hidden
    worker.consents.filter(purpose="employer_view").update(withdrawn_at="2026-11-01T00:00:00Z")
    assert worker.name not in client.get(url).content.decode()
    own = reverse("workforce:own-workers", args=[owner.enterprise.public_id])
    assert own in client.get(reverse("workspace"), follow=True).content.decode()


def test_an_owner_tells_who_joined(owner, workforce_officer, as_user):
    url = reverse("workforce:own-workers", args=[owner.enterprise.public_id])
    client = as_user(owner)

    assert list(client.post(url, {"words": ""}).context["form"].errors) == ["words"]
    client.post(url, {"words": "Bu Contoh keluar bulan lalu"})

    told = RegistryRequest.objects.get()
    assert (told.kind, told.enterprise, told.created_by) == ("staff", owner.enterprise, owner)
    page = as_user(workforce_officer).get(reverse("workforce:request-list")).content.decode()
    assert "Bu Contoh keluar bulan lalu" in page


def test_an_owner_reaches_no_other_enterprise(worker, owner, as_user):
    enterprise = worker.engagements.get().enterprise

    assert as_user(owner).get(reverse("workforce:own-workers", args=[enterprise.public_id])).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("selection_secretary", 403), ("market_officer", 403), ("cadre", 403), ("outsider", 302)]
)
def test_nobody_else_opens_an_owners_page(role, status, worker, as_user, request):
    enterprise = worker.engagements.get().enterprise
    client = as_user(request.getfixturevalue(role))

    assert client.get(reverse("workforce:own-workers", args=[enterprise.public_id])).status_code == status
