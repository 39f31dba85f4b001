"""Applying and following from the phone, and what an applicant never sees."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketing import actions
from marketing.choices import ApplicationState, Outcome, RuleCode
from marketing.models import Application, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, MembershipFactory
from tests.marketing.pages import open_now, send, url

pytestmark = pytest.mark.django_db


def test_applying_from_the_phone(as_user, owner):
    activity = open_now(seats=1, motivation_question="Mengapa usaha Anda ingin ikut?")
    client = as_user(owner)
    text = client.get(url("application-apply", activity.public_id)).content.decode()
    assert "Batik Contoh Siti" in text
    assert "Mengapa usaha Anda ingin ikut?" in text
    key = re.search(r'name="key" value="([^"]+)"', text)[1]
    response = send(client, activity, owner.enterprise, key=key)
    application = Application.objects.get()
    assert response.url == application.get_absolute_url()
    again = send(client, activity, owner.enterprise, key=key)
    assert again.url == response.url
    assert Application.objects.count() == 1
    page = client.get(response.url).content.decode()
    assert "Diterima" in page
    assert "Anda mendapat kursi" in page


def test_a_preference_that_is_not_met_invites_and_does_not_refuse(as_user, owner):
    activity = open_now()
    factories.RuleFactory(
        activity=activity, code=RuleCode.IDENTIFIER, options=["batikmark"], is_blocking=False, position=1
    )
    for name in ("eligibility-check", "application-apply"):
        page = as_user(owner).get(url(name, activity.public_id)).content.decode().split("<main")[1]
        assert "Usaha Anda dapat mendaftar" in page
        assert "Bukan keharusan" in page
        assert "Ini tidak menghalangi pendaftaran" in page
        assert "(diutamakan)" in page
        for refusal in ("Tidak memenuhi", "Belum memenuhi", "Perlu bukti", "dibuktikan", "badge bad"):
            assert refusal not in page


def test_a_requirement_that_is_not_met_says_so_as_a_fact(as_user, owner):
    activity = open_now()
    factories.RuleFactory(activity=activity, code=RuleCode.IDENTIFIER, options=["batikmark"], position=1)
    page = as_user(owner).get(url("eligibility-check", activity.public_id)).content.decode().split("<main")[1]
    assert "Belum dapat mendaftar" in page
    assert "Belum memenuhi" in page
    assert "Bukan keharusan" not in page


def test_applying_costs_six_statements_beyond_session_and_user(as_user, owner):
    activity = open_now(seats=3)
    factories.RuleFactory(activity=activity, code=RuleCode.MEMBERSHIP, position=1)
    factories.RuleFactory(activity=activity, code=RuleCode.IN_CITY, position=2)
    client = as_user(owner)
    with CaptureQueriesContext(connection) as captured:
        response = send(client, activity, owner.enterprise)
    assert response.status_code == 302
    assert Application.objects.get().state == ApplicationState.ACCEPTED
    door = ("django_session", 'FROM "batikportal_user"', 'FROM "batikportal_roleassignment"', "SAVEPOINT")
    statements = [query["sql"] for query in captured if not any(words in query["sql"] for words in door)]
    assert len(statements) <= 6, "\n".join(sql[:120] for sql in statements)
    assert sum("marketing_activity\n" in sql and "UPDATE" in sql for sql in statements) == 1


def test_without_the_tick_nothing_is_sent(as_user, owner):
    activity = open_now()
    response = send(as_user(owner), activity, owner.enterprise, is_true="")
    assert response.status_code == 200
    assert not Application.objects.exists()


def test_a_blocking_rule_is_told_on_the_page(as_user, owner):
    activity = open_now()
    factories.RuleFactory(activity=activity, code=RuleCode.NIB)
    client = as_user(owner)
    for name in ("eligibility-check", "application-apply"):
        text = client.get(url(name, activity.public_id)).content.decode()
        assert "NIB belum tercatat" in text
    assert "Kirim pendaftaran" not in text
    response = send(client, activity, owner.enterprise)
    assert "NIB belum tercatat" in response.content.decode()
    assert not Application.objects.exists()


def test_a_draft_waits_in_my_applications(as_user, owner):
    activity = open_now(title="Contoh Draf", motivation_question="Mengapa?")
    client = as_user(owner)
    response = send(client, activity, owner.enterprise, simpan="1", answer="Baru mulai", is_true="")
    assert response.url == url("my-applications")
    assert Application.objects.get().state == ApplicationState.DRAFT
    assert "Contoh Draf" in client.get(url("my-applications")).content.decode()
    assert "Baru mulai" in client.get(url("application-apply", activity.public_id)).content.decode()


def test_who_has_two_enterprises_chooses_one(as_user, owner):
    second = EnterpriseFactory(name="Batik Contoh Kedua")
    MembershipFactory(user=owner, enterprise=second)
    activity = open_now()
    send(as_user(owner), activity, second)
    assert Application.objects.get().enterprise == second


def test_an_enterprise_of_others_cannot_be_named(as_user, owner):
    activity = open_now()
    response = send(as_user(owner), activity, EnterpriseFactory())
    assert Application.objects.filter(enterprise=owner.enterprise).exists() or response.status_code == 200
    assert not Application.objects.exclude(enterprise=owner.enterprise).exists()


def test_applying_again_leads_to_the_standing_application(as_user, owner):
    activity = open_now()
    client = as_user(owner)
    first = send(client, activity, owner.enterprise)
    assert send(client, activity, owner.enterprise).url == first.url
    assert client.get(url("application-apply", activity.public_id)).url == first.url


def test_a_closed_call_says_so_and_keeps_the_answer(as_user, owner):
    activity = open_now(registration_closes_at=timezone.now() - timedelta(minutes=1))
    response = send(as_user(owner), activity, owner.enterprise, answer="Jawaban panjang saya")
    text = response.content.decode()
    assert "Pendaftaran sudah ditutup" in text
    assert "Jawaban panjang saya" in text
    assert not Application.objects.exists()


def test_withdrawing_asks_first(as_user, owner):
    activity = open_now(seats=1)
    client = as_user(owner)
    send(client, activity, owner.enterprise)
    application = Application.objects.get()
    page = client.get(url("application-withdraw", application.public_id)).content.decode()
    assert "Kursi Anda langsung diberikan" in page
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    client.post(url("application-withdraw", application.public_id), {"reason": ""})
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert Quota.objects.get(activity=activity).taken == 0


def test_completing_a_returned_application(as_user, owner):
    application = factories.ApplicationFactory(
        activity=open_now(selected=True),
        enterprise=owner.enterprise,
        sent_by=owner,
        state=ApplicationState.RETURNED,
        returned_note="Unggah foto produk.",
    )
    client = as_user(owner)
    assert "Unggah foto produk." in client.get(application.get_absolute_url()).content.decode()
    client.post(
        url("application-resubmit", application.public_id), {"answer": "Sudah", "is_true": "on", "key": str(uuid4())}
    )
    application.refresh_from_db()
    assert (application.state, application.answer) == (ApplicationState.SUBMITTED, "Sudah")


@pytest.mark.parametrize("outcome", Outcome.values)
def test_an_applicant_never_sees_a_pending_decision(as_user, owner, market_officer, outcome, now):
    application = factories.ApplicationFactory(
        activity=open_now(selected=True),
        enterprise=owner.enterprise,
        sent_by=owner,
        state=ApplicationState.IN_REVIEW,
    )
    client = as_user(owner)
    pages = [application.get_absolute_url(), url("my-applications"), application.activity.get_absolute_url()]
    before = [_without_token(client.get(page)) for page in pages]
    actions.decide(chosen=[application], outcome=outcome, reason="Rahasia dahulu", by=market_officer, at=now)
    assert [_without_token(client.get(page)) for page in pages] == before


def _without_token(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_staff_who_see_no_details_see_no_owner(as_user, leader, market_officer):
    application = factories.ApplicationFactory(enterprise__owner_name="Haji Contoh Rahasia", answer="Omzet saya kecil")
    pages = [
        url("application-list"),
        url("application-export"),
        url("application-detail", application.public_id),
    ]
    for page in pages:
        assert "Haji Contoh Rahasia" not in as_user(leader).get(page).content.decode()
    assert "Omzet saya kecil" not in as_user(leader).get(pages[2]).content.decode()
    assert "Haji Contoh Rahasia" in as_user(market_officer).get(pages[0]).content.decode()
    found = as_user(leader).get(url("application-list"), {"cari": "Haji Contoh"}).content.decode()
    assert application.enterprise.name not in found
