"""Who may open which page of the market, and whose rows are not there."""

import pytest
from django.urls import reverse
from django.utils import timezone

from marketing.choices import ApplicationState
from marketing.urls import urlpatterns
from tests.factories import marketing as factories
from tests.marketing.pages import open_now, url

pytestmark = pytest.mark.django_db


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
