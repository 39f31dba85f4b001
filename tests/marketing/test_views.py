"""The pages: who may open which, what applicants see and do not see, and that lists cost the same with 1 row and 30."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.models import OutboxMessage
from marketing import actions
from marketing.choices import ActivityState, ApplicationState, Outcome, RuleCode
from marketing.models import Activity, Application, Decision, DecisionBatch, EligibilityRule, Quota, Session
from marketing.urls import urlpatterns
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"marketing:{name}", args=args)


def open_now(**fields) -> Activity:
    """A call that is open by the real clock, which only views read."""
    now = timezone.now()
    moments = {
        "registration_opens_at": now - timedelta(days=1),
        "registration_closes_at": now + timedelta(days=5),
        "starts_at": now + timedelta(days=20),
        "ends_at": now + timedelta(days=21),
        "published_at": now - timedelta(days=2),
    }
    if fields.get("draft"):
        del moments["published_at"]
    return factories.ActivityFactory(**{**moments, **fields})


# Who may open which page

STAFF_PAGES = {
    "index": "marketing.view_activity",
    "programme-list": "marketing.view_programme",
    "programme-create": "marketing.add_programme",
    "programme-edit": "marketing.change_programme",
    "activity-create": "marketing.add_activity",
    "activity-detail": "marketing.view_activity",
    "activity-edit": "marketing.change_activity",
    "activity-quotas": "marketing.change_activity",
    "activity-rules": "marketing.change_activity",
    "activity-sessions": "marketing.change_activity",
    "activity-copy": "marketing.add_activity",
    "activity-publish": "marketing.publish_activity",
    "activity-close": "marketing.publish_activity",
    "activity-finish": "marketing.publish_activity",
    "activity-cancel": "marketing.publish_activity",
    "activity-attendance": "marketing.record_attendance",
    "application-assist": "marketing.assist_application",
    "applications-checked": "marketing.review_application",
    "review-begin": "marketing.review_application",
    "decision-propose": "marketing.decide_application",
    "decision-list": "marketing.view_decision",
    "batch-gather": "marketing.decide_application",
    "application-list": "marketing.view_application",
    "application-export": "marketing.view_application",
    "application-detail": "marketing.view_application",
    "application-return": "marketing.review_application",
    "application-eligible": "marketing.review_application",
    "application-ineligible": "marketing.review_application",
    "application-step-back": "marketing.assist_application",
    "decision-take-back": "marketing.decide_application",
    "batch-detail": "marketing.view_decisionbatch",
    "batch-sign": "marketing.sign_decisionbatch",
    "batch-release": "marketing.release_decisionbatch",
    "batch-cancel": "marketing.view_decisionbatch",
}
PUBLIC_PAGES = ["open-list", "activity-page", "activity-calendar"]
OWNER_PAGES = [
    "eligibility-check",
    "application-apply",
    "my-applications",
    "application-status",
    "application-resubmit",
    "application-withdraw",
]
ONLY_POST = {"applications-checked", "review-begin", "batch-gather", "application-eligible", "decision-take-back"}


@pytest.fixture
def world():
    """One row of everything a page may ask for."""
    activity = open_now(selected=True)
    application = factories.ApplicationFactory(activity=activity)
    decision = factories.DecisionFactory(application__activity=activity)
    batch = factories.BatchFactory(activity=activity)
    return {
        "programme": activity.programme,
        "activity": activity,
        "application": application,
        "decision": decision,
        "batch": batch,
    }


def address(name: str, world) -> str:
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    route = str(pattern.pattern)
    if "<uuid" not in route:
        return url(name)
    nouns = {"program/": "programme", "kelompok/": "batch", "keputusan/": "decision", "pendaftaran": "application"}
    noun = next((noun for start, noun in nouns.items() if route.startswith(start)), "activity")
    return url(name, world[noun].public_id)


def test_every_page_is_named_here():
    assert {pattern.name for pattern in urlpatterns} == {*STAFF_PAGES, *PUBLIC_PAGES, *OWNER_PAGES}


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_a_staff_page_needs_its_permission(name, world, as_user, market_head, leader, lab, owner, client):
    page = address(name, world)
    method = "post" if name in ONLY_POST else "get"
    assert getattr(as_user(market_head), method)(page).status_code in (200, 302, 404)
    for person in (leader, lab, owner):
        expected = (200, 302) if person.has_perm(STAFF_PAGES[name]) else (403,)
        assert getattr(as_user(person), method)(page).status_code in expected, person
    assert getattr(client, method)(page).status_code == 302
    assert "/akun/" in getattr(client, method)(page).url


@pytest.mark.parametrize("name", OWNER_PAGES)
def test_an_owner_page_is_for_members(name, world, as_user, owner, outsider, market_officer, client):
    page = address(name, world)
    assert as_user(outsider).get(page).url == reverse("enterprise-register")
    assert as_user(market_officer).get(page).status_code == 403
    assert client.get(page).status_code == 302
    someone_elses = name.startswith("application-") and name != "application-apply"
    assert as_user(owner).get(page).status_code == (404 if someone_elses else 200)


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_public_page_is_for_everybody(name, world, client, as_user, owner):
    page = address(name, world)
    assert client.get(page).status_code == 200
    assert as_user(owner).get(page).status_code == 200


@pytest.mark.parametrize("name", [*STAFF_PAGES, *PUBLIC_PAGES, *OWNER_PAGES])
def test_no_page_takes_another_method(name, world, as_user, market_head):
    assert as_user(market_head).put(address(name, world)).status_code in (403, 405)


def test_a_draft_is_invisible_to_the_public(client, as_user, owner, market_officer):
    draft = open_now(draft=True)
    for name in ("activity-page", "activity-calendar"):
        assert client.get(url(name, draft.public_id)).status_code == 404
    assert as_user(owner).get(url("application-apply", draft.public_id)).status_code == 404
    response = as_user(market_officer).get(url("activity-page", draft.public_id))
    assert "Pratinjau" in response.content.decode()


def test_somebody_elses_application_is_not_there(as_user, owner):
    other = factories.ApplicationFactory()
    for name in ("application-status", "application-withdraw", "application-resubmit"):
        assert as_user(owner).get(url(name, other.public_id)).status_code == 404
        assert as_user(owner).post(url(name, other.public_id), {"reason": "x"}).status_code in (404, 405)
    other.refresh_from_db()
    assert other.state == ApplicationState.SUBMITTED


def test_a_former_member_sees_nothing_any_more(as_user, owner):
    application = factories.ApplicationFactory(enterprise=owner.enterprise, sent_by=owner)
    assert as_user(owner).get(url("application-status", application.public_id)).status_code == 200
    owner.memberships.update(valid_until=timezone.localdate())
    assert as_user(owner).get(url("application-status", application.public_id)).status_code == 302


# The public


def test_the_open_list_shows_what_is_open_and_what_opens_next(client):
    now = timezone.now()
    open_now(title="Contoh Terbuka", seats=20)
    open_now(title="Contoh Nanti", registration_opens_at=now + timedelta(days=1))
    open_now(title="Contoh Lewat", registration_closes_at=now - timedelta(minutes=1))
    open_now(title="Contoh Batal", state=ActivityState.CANCELLED, cancelled_reason="x")
    text = client.get(url("open-list")).content.decode()
    assert "Contoh Terbuka" in text
    assert "Sisa 20 dari 20 kursi" in text
    assert text.index("Segera dibuka") < text.index("Contoh Nanti")
    assert "Contoh Lewat" not in text
    assert "Contoh Batal" not in text


def test_the_open_list_is_not_drawn_twice_for_the_same_reader(client):
    activity = open_now(seats=20)
    client.get(url("open-list"))
    first = client.get(url("open-list"))
    again = client.get(url("open-list"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    Quota.objects.filter(activity=activity).update(taken=3)
    changed = client.get(url("open-list"), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "Sisa 17 dari 20 kursi" in changed.content.decode()


def test_the_activity_page_tells_everything_before_logging_in(client):
    activity = open_now(selected=True, seats=30, fee_idr=150000, title="Contoh Ekspor")
    factories.RuleFactory(activity=activity, code=RuleCode.NIB)
    factories.RuleFactory(activity=activity, code=RuleCode.BATIK, is_blocking=False)
    factories.SessionFactory(activity=activity, title="Hari pertama")
    text = client.get(activity.get_absolute_url()).content.decode()
    for words in (
        "Memiliki Nomor Induk Berusaha (NIB)",
        "SNI 0239:2014",
        "diutamakan",
        "Hari pertama",
        "Rp150.000",
        "Diseleksi",
        "10 Desember 2026",
    ):
        assert words in text


def test_the_calendar_has_an_event_per_session(client):
    activity = open_now(title="Contoh; Ekspor, Dasar")
    for day in range(2):
        factories.SessionFactory(
            activity=activity, title=f"Hari {day + 1}", starts_at=activity.starts_at + timedelta(day)
        )
    response = client.get(url("activity-calendar", activity.public_id))
    text = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert text.count("BEGIN:VEVENT") == 2
    assert "SUMMARY:Contoh\\; Ekspor\\, Dasar: Hari 1" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


# Applying


def send(client, activity, enterprise=None, **data):
    given = {"key": str(uuid4()), "is_true": "on", "answer": "Ingin ekspor.", "kirim": "1", **data}
    if enterprise is not None:
        given["usaha"] = str(enterprise.public_id)
    return client.post(url("application-apply", activity.public_id), given)


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


# Staff


def test_from_draft_to_release_through_the_pages(as_user, market_officer, market_head, owner, client):
    programme = factories.ProgrammeFactory()
    officer, head = as_user(market_officer), as_user(market_head)
    now = timezone.localtime()

    def moment(days: int) -> str:
        return (now + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")

    response = officer.post(
        url("activity-create"),
        {
            "programme": programme.pk,
            "title": "Contoh Pelatihan Ekspor",
            "summary": "Untuk usaha batik.",
            "venue": "Museum Batik",
            "seats_count": "1",
            "registration_opens_at": moment(-1),
            "registration_closes_at": moment(5),
            "starts_at": moment(20),
            "ends_at": moment(22),
            "selection_mode": "selected",
            "signing_rule": "independent",
            "decision_due_on": moment(10)[:10],
            "fee_idr": "",
            "budget_idr": "25.000.000",
        },
    )
    activity = Activity.objects.get()
    assert response.url == url("activity-detail", activity.public_id)
    assert (activity.state, activity.budget_idr, activity.created_by) == ("draft", 25_000_000, market_officer)
    officer.post(
        url("activity-rules", activity.public_id),
        {"in_city": "require", "min_workers": "prefer", "min_workers_number": "3"},
    )
    officer.post(
        url("activity-quotas", activity.public_id),
        {
            "kuota-TOTAL_FORMS": "1",
            "kuota-INITIAL_FORMS": "0",
            "kuota-0-kind": "women_led",
            "kuota-0-negated": "1",
            "kuota-0-size": "1",
        },
    )
    officer.post(
        url("activity-sessions", activity.public_id),
        {
            "sesi-TOTAL_FORMS": "1",
            "sesi-INITIAL_FORMS": "0",
            "sesi-0-title": "Hari 1",
            "sesi-0-starts_at": moment(20),
            "sesi-0-ends_at": moment(21),
        },
    )
    stored = EligibilityRule.objects.order_by("position").values_list("code", "number", "is_blocking")
    assert list(stored) == [("in_city", None, True), ("min_workers", 3, False)]
    assert Quota.objects.filter(negated=True).get().size == 1
    assert Session.objects.get().title == "Hari 1"
    officer.post(url("activity-publish", activity.public_id))
    assert "Contoh Pelatihan Ekspor" in client.get(url("open-list")).content.decode()

    send(as_user(owner), activity, owner.enterprise)
    application = Application.objects.get()
    officer.post(url("applications-checked", activity.public_id), {"pilih": [str(application.public_id)]})
    officer.post(url("review-begin", activity.public_id))
    page = officer.get(url("decision-propose", activity.public_id), {"pilih": str(application.public_id)})
    assert owner.enterprise.name in page.content.decode()
    officer.post(
        url("decision-propose", activity.public_id), {"pilih": [str(application.public_id)], "outcome": "accepted"}
    )
    assert "menunggu rilis" in officer.get(url("application-detail", application.public_id)).content.decode()
    officer.post(url("batch-gather", activity.public_id), {"note": "Rapat"})
    batch = DecisionBatch.objects.get()
    assert officer.get(url("batch-sign", batch.public_id)).status_code == 403
    head.post(url("batch-sign", batch.public_id))
    assert "Anda diterima: Contoh Pelatihan Ekspor" in head.get(url("batch-detail", batch.public_id)).content.decode()
    assert not OutboxMessage.objects.filter(template="application_accepted").exists()
    head.post(url("batch-release", batch.public_id))
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    assert OutboxMessage.objects.get(template="application_accepted").recipient == owner
    assert "Diterima" in as_user(owner).get(application.get_absolute_url()).content.decode()


def test_last_years_activity_becomes_a_draft_in_one_form(as_user, market_officer):
    old = factories.ActivityFactory(over=True, selected=True, seats=30, title="Contoh Ekspor 2025")
    factories.QuotaFactory(activity=old, kind="first_timer", negated=True, size=10)
    factories.RuleFactory(activity=old, code=RuleCode.NOT_RECENT, number=2)
    factories.SessionFactory(activity=old)
    starts = timezone.localtime(old.starts_at + timedelta(days=365))
    as_user(market_officer).post(
        url("activity-copy", old.public_id),
        {
            "programme": old.programme.pk,
            "title": "Contoh Ekspor 2026",
            "starts_at": starts.strftime("%Y-%m-%dT%H:%M"),
        },
    )
    copy = Activity.objects.get(title="Contoh Ekspor 2026")
    assert (copy.state, copy.previous, copy.last_arrival) == ("draft", old, 0)
    assert copy.registration_closes_at - old.registration_closes_at == timedelta(days=365)
    assert sorted(copy.quotas.values_list("kind", "size", "taken")) == [("all", 30, 0), ("first_timer", 10, 0)]
    assert copy.eligibility_rules.get().number == 2
    assert copy.sessions.get().starts_at == old.sessions.get().starts_at + timedelta(days=365)


def test_what_lacks_is_said_before_publishing(as_user, market_officer):
    draft = open_now(draft=True, seats=0, summary="", venue="")
    client = as_user(market_officer)
    text = client.get(url("activity-publish", draft.public_id)).content.decode()
    for words in ("Tulis ringkasan", "Isi tempat", "Isi jumlah kursi"):
        assert words in text
    client.post(url("activity-publish", draft.public_id))
    draft.refresh_from_db()
    assert draft.state == ActivityState.DRAFT


def test_dates_out_of_order_are_refused_at_their_field(as_user, market_officer):
    activity = open_now()
    response = as_user(market_officer).post(
        url("activity-edit", activity.public_id),
        {
            "programme": activity.programme.pk,
            "title": activity.title,
            "registration_opens_at": "2027-03-10T08:00",
            "registration_closes_at": "2027-03-01T08:00",
            "starts_at": "2027-04-01T08:00",
            "ends_at": "2027-04-02T08:00",
            "selection_mode": "first_come",
            "signing_rule": "independent",
        },
    )
    assert "Pendaftaran harus ditutup setelah dibuka." in response.content.decode()


def test_the_state_does_not_come_from_the_form(as_user, market_officer):
    draft = open_now(draft=True)
    as_user(market_officer).post(
        url("activity-edit", draft.public_id),
        {
            "programme": draft.programme.pk,
            "title": "Judul baru",
            "registration_opens_at": "2027-03-01T08:00",
            "registration_closes_at": "2027-03-10T08:00",
            "starts_at": "2027-04-01T08:00",
            "ends_at": "2027-04-02T08:00",
            "selection_mode": "first_come",
            "signing_rule": "independent",
            "state": "published",
            "last_arrival": "99",
            "published_at": "2027-03-01T08:00",
        },
    )
    draft.refresh_from_db()
    assert (draft.title, draft.state, draft.last_arrival, draft.published_at) == ("Judul baru", "draft", 0, None)


def test_more_seats_go_to_who_waits(as_user, market_officer, owner):
    activity = open_now(seats=1)
    for _number in range(3):
        enterprise = EnterpriseFactory()
        actions.apply(
            activity=activity, enterprise=enterprise, answer="", key=uuid4(), by=UserFactory(), at=timezone.now()
        )
    local = {
        name: timezone.localtime(getattr(activity, name)).strftime("%Y-%m-%dT%H:%M:%S")
        for name in ("registration_opens_at", "registration_closes_at", "starts_at", "ends_at")
    }
    form = {
        "programme": activity.programme.pk,
        "title": activity.title,
        "summary": activity.summary,
        "venue": activity.venue,
        "seats_count": "2",
        "selection_mode": "first_come",
        "signing_rule": "independent",
        **local,
    }
    client = as_user(market_officer)
    client.post(url("activity-edit", activity.public_id), form)
    assert Application.objects.filter(state="accepted").count() == 2
    assert OutboxMessage.objects.filter(template="application_promoted").count() == 1
    response = client.post(url("activity-edit", activity.public_id), {**form, "seats_count": "1"})
    assert "tidak boleh kurang dari 2 kursi" in response.content.decode()
    response = client.post(url("activity-edit", activity.public_id), {**form, "selection_mode": "selected"})
    assert "Cara seleksi tidak dapat diubah" in response.content.decode()


def test_quotas_and_rules_stand_still_once_somebody_applied(as_user, market_officer):
    application = factories.ApplicationFactory(activity=open_now(selected=True))
    activity = application.activity
    client = as_user(market_officer)
    client.post(
        url("activity-quotas", activity.public_id),
        {
            "kuota-TOTAL_FORMS": "1",
            "kuota-INITIAL_FORMS": "0",
            "kuota-0-kind": "first_timer",
            "kuota-0-size": "3",
        },
    )
    client.post(
        url("activity-rules", activity.public_id),
        {"nib": "require"},
    )
    assert Quota.objects.filter(activity=activity).count() == 1
    assert not EligibilityRule.objects.filter(activity=activity).exists()


def test_assisted_entry_by_registration_number(as_user, market_officer, owner):
    activity = open_now()
    response = as_user(market_officer).post(
        url("application-assist", activity.public_id),
        {"enterprise": owner.enterprise.registration_number.lower(), "is_true": "on", "key": str(uuid4())},
    )
    application = Application.objects.get()
    assert response.url == url("application-detail", application.public_id)
    assert (application.channel, application.sent_by) == ("assisted", market_officer)


def test_assisted_entry_of_an_unknown_enterprise_is_refused(as_user, market_officer):
    response = as_user(market_officer).post(
        url("application-assist", open_now().public_id),
        {"enterprise": "PKL-999999", "is_true": "on", "key": str(uuid4())},
    )
    assert "Usaha tidak ditemukan" in response.content.decode()


def test_returning_and_refusing_from_the_file(as_user, market_officer):
    first, second = factories.ApplicationFactory(), factories.ApplicationFactory()
    client = as_user(market_officer)
    client.post(url("application-return", first.public_id), {"note": "Foto produk kurang jelas."})
    client.post(url("application-ineligible", second.public_id), {"reason": "Bukan batik menurut SNI 0239."})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (ApplicationState.RETURNED, ApplicationState.INELIGIBLE)
    assert OutboxMessage.objects.count() == 2


def test_a_decision_taken_back_on_the_page(as_user, market_officer):
    decision = factories.DecisionFactory()
    as_user(market_officer).post(url("decision-take-back", decision.public_id))
    decision.refresh_from_db()
    assert decision.state == "dropped"


def test_attendance_with_one_tap(as_user, market_head):
    activity = factories.ActivityFactory(over=True)
    came, stayed = (
        factories.ApplicationFactory(activity=activity, state=ApplicationState.ACCEPTED) for _number in range(2)
    )
    as_user(market_head).post(
        url("activity-attendance", activity.public_id), {f"p{came.pk}": "hadir", f"p{stayed.pk}": "tidak"}
    )
    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {came.pk: "attended", stayed.pk: "no_show"}


# Lists


def filtered(client, **query) -> str:
    return client.get(url("application-list"), query).content.decode()


def test_the_list_filters(as_user, market_officer):
    activity = open_now(selected=True, title="Contoh A")
    one = factories.ApplicationFactory(
        activity=activity, enterprise__name="Batik Satu", state=ApplicationState.ACCEPTED
    )
    factories.ApplicationFactory(
        activity=activity, enterprise__name="Batik Dua", is_first_timer=False, eligibility="needs_proof"
    )
    factories.ApplicationFactory(activity=open_now(selected=True), enterprise__name="Batik Tiga")
    client = as_user(market_officer)
    cases = [
        ({"kegiatan": str(activity.public_id)}, {"Batik Satu", "Batik Dua"}),
        ({"status": "accepted"}, {"Batik Satu"}),
        ({"kursi": "ya"}, {"Batik Satu"}),
        ({"pemula": "tidak"}, {"Batik Dua"}),
        ({"syarat": "needs_proof"}, {"Batik Dua"}),
        ({"cari": "tiga"}, {"Batik Tiga"}),
        ({"kecamatan": one.ward.parent.code}, {"Batik Satu", "Batik Dua", "Batik Tiga"}),
        ({"jenis": "exhibition"}, set()),
    ]
    for query, expected in cases:
        text = filtered(client, **query)
        assert {name for name in ("Batik Satu", "Batik Dua", "Batik Tiga") if name in text} == expected, query


def test_the_export_has_the_rows_of_the_list(as_user, market_officer):
    factories.ApplicationFactory(enterprise__name="=HYPERLINK(1)", state=ApplicationState.ACCEPTED)
    factories.ApplicationFactory(enterprise__name="Batik Lain")
    text = as_user(market_officer).get(url("application-export"), {"kursi": "ya"}).content.decode("utf-8-sig")
    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert "'=HYPERLINK(1)" in lines[1]


def count_statements(client, page: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["index", "application-list", "application-export", "programme-list", "open-list"])
def test_a_list_costs_the_same_with_one_row_and_with_thirty(name, as_user, market_officer):
    def fill(count: int) -> None:
        for _number in range(count):
            activity = open_now(selected=True)
            factories.ApplicationFactory(activity=activity)
            factories.DecisionFactory(application__activity=activity)

    client = as_user(market_officer)
    fill(1)
    client.get(url(name))
    one = count_statements(client, url(name))
    fill(29)
    assert count_statements(client, url(name)) == one


@pytest.mark.parametrize("name", ["activity-detail", "decision-list", "activity-attendance"])
def test_an_activity_page_costs_the_same_with_one_applicant_and_with_thirty(name, as_user, market_head):
    activity = open_now(selected=True, seats=100)

    def fill(count: int) -> None:
        for _number in range(count):
            factories.DecisionFactory(application__activity=activity)
            factories.ApplicationFactory(activity=activity, state=ApplicationState.ACCEPTED)

    client = as_user(market_head)
    fill(1)
    page = url(name, activity.public_id)
    client.get(page)
    one = count_statements(client, page)
    fill(29)
    assert count_statements(client, page) == one


def test_a_batch_costs_the_same_with_one_decision_and_with_thirty(as_user, market_head, market_officer, now):
    counts = []
    for number in (1, 30):
        activity = open_now(selected=True, seats=100)
        chosen = [
            factories.ApplicationFactory(activity=activity, state=ApplicationState.IN_REVIEW) for _one in range(number)
        ]
        actions.decide(chosen=chosen, outcome="accepted", reason="", by=market_officer, at=now)
        batch = actions.gather_batch(activity=activity, note="", by=market_officer, at=now)
        client = as_user(market_head)
        client.get(url("batch-detail", batch.public_id))
        counts.append(count_statements(client, url("batch-detail", batch.public_id)))
    assert counts[0] == counts[1]


def test_my_applications_cost_the_same_with_one_and_with_thirty(as_user, owner):
    client = as_user(owner)
    factories.ApplicationFactory(activity=open_now(selected=True), enterprise=owner.enterprise)
    client.get(url("my-applications"))
    one = count_statements(client, url("my-applications"))
    for _number in range(29):
        factories.ApplicationFactory(activity=open_now(selected=True), enterprise=owner.enterprise)
    assert count_statements(client, url("my-applications")) == one
    assert Decision.objects.count() == 0
