"""Opening, checking, deciding and releasing through the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from batikportal.models import OutboxMessage
from marketing import actions
from marketing.choices import ActivityState, ApplicationState, RuleCode
from marketing.models import Activity, Application, DecisionBatch, EligibilityRule, Quota, Session
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, UserFactory
from tests.marketing.pages import open_now, send, url

pytestmark = pytest.mark.django_db


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
