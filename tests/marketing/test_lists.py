"""Lists: filters, export, and the same cost with one row and with thirty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketing import actions
from marketing.choices import ApplicationState
from marketing.models import Decision
from tests.factories import marketing as factories
from tests.marketing.pages import open_now, url

pytestmark = pytest.mark.django_db


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
