"""Who reaches which page of the registry, and that a NIK reaches none of them in clear."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from batikportal.models import Area
from tests.factories.portal import MembershipFactory
from tests.factories.workforce import CoverageFactory, EngagementFactory, PersonFactory
from tests.workforce.conftest import PLANTED_MASK, PLANTED_NIK
from workforce.models import Consent, CoveragePeriod, Engagement, Person

pytestmark = pytest.mark.django_db

NAMES = "names"  # may see people by name
FIGURES = "figures"  # gets the page, but without names
NOBODY = "nobody"

PLAIN = {
    "index": FIGURES,
    "worker-list": FIGURES,
    "gap-list": FIGURES,
    "worker-export": NOBODY,
    "gap-export": NOBODY,
    "lapsing-list": NOBODY,
    "consent-withdrawn-list": NOBODY,
    "worker-register": NOBODY,
}
OF_A_PERSON = ["worker", "worker-edit", "worker-reveal-nik", "engagement-new", "coverage-new"]


def pages(person: Person) -> dict[str, str]:
    found = {name: reverse(f"workforce:{name}") for name in PLAIN}
    found |= {name: reverse(f"workforce:{name}", args=[person.public_id]) for name in OF_A_PERSON}
    found["consent-new"] = reverse("workforce:consent-new", args=[person.public_id, "photo"])
    found["consent-withdraw"] = reverse("workforce:consent-withdraw", args=[person.consents.get().public_id])
    found["engagement-end"] = reverse("workforce:engagement-end", args=[person.engagements.first().public_id])
    found["coverage-end"] = reverse("workforce:coverage-end", args=[person.coverage_periods.first().public_id])
    return found


def test_the_labour_office_opens_every_page(worker, workforce_head, workforce_officer, as_user):
    for user in (workforce_head, workforce_officer):
        client = as_user(user)
        for name, url in pages(worker).items():
            assert client.get(url).status_code == 200, (user, name)


@pytest.mark.parametrize("role", ["leader", "planner"])
def test_leaders_get_figures_without_names(role, worker, as_user, request):
    client = as_user(request.getfixturevalue(role))

    for name, url in pages(worker).items():
        response = client.get(url)
        if PLAIN.get(name) == FIGURES:
            assert response.status_code == 200, name
            assert "Siti" not in response.content.decode(), name
        else:
            assert response.status_code in (403, 404), name


@pytest.mark.parametrize(
    "role",
    [
        "administrator", "waste_head", "waste_officer", "field_officer", "lab", "market_head", "market_officer",
        "selection_secretary", "reviewer", "data_clerk", "auditor", "owner", "outsider",
    ],
)  # fmt: skip
def test_others_reach_nothing(role, worker, as_user, request):
    client = as_user(request.getfixturevalue(role))

    for name, url in pages(worker).items():
        assert client.get(url).status_code in (403, 404), name


def test_a_visitor_is_asked_to_sign_in(worker, client):
    for name, url in pages(worker).items():
        response = client.get(url)
        assert response.status_code == 302, name
        assert "akun" in response["Location"] or "masuk" in response["Location"], name


def test_a_cadre_registers_and_sees_no_list(cadre, worker, as_user):
    client = as_user(cadre)

    assert client.get(reverse("workforce:worker-register"))["Location"] == reverse("workforce:cadre")
    assert worker.name not in client.get(reverse("workforce:cadre")).content.decode()
    for name, url in pages(worker).items():
        if name != "worker-register":
            assert client.get(url).status_code in (403, 404), name


def test_the_employer_of_a_worker_sees_neither_name_nor_insurance(worker, owner, as_user):
    enterprise = worker.engagements.get().enterprise
    MembershipFactory(user=owner, enterprise=enterprise)
    client = as_user(owner)

    for name, url in pages(worker).items():
        assert client.get(url).status_code in (403, 404), name
    for page in (reverse("workspace"), reverse("home")):
        assert worker.name not in client.get(page, follow=True).content.decode()


def test_a_market_officer_sees_no_worker_on_the_enterprise_page(worker, market_officer, as_user):
    enterprise = worker.engagements.get().enterprise

    page = as_user(market_officer).get(reverse("enterprise", args=[enterprise.public_id])).content.decode()

    assert "Batik Kanari" in page
    assert "Siti" not in page
    assert "JKK" not in page


def test_a_work_area_hides_people_of_other_districts(worker, workforce_officer, as_user):
    elsewhere = PersonFactory(name="Orang Selatan", ward=Area.objects.get(name="Jenggot", level="ward"))
    assignment = workforce_officer.role_assignments.get()
    assignment.area = worker.ward.parent
    assignment.save()
    client = as_user(workforce_officer)

    page = client.get(reverse("workforce:worker-list")).content.decode()

    assert "Siti Terlindungi" in page
    assert "Orang Selatan" not in page
    assert client.get(reverse("workforce:worker", args=[elsewhere.public_id])).status_code == 404


def test_nobody_without_the_right_sees_rows_through_the_managers(worker, owner, market_officer, leader, cadre):
    for user in (owner, market_officer, leader, cadre):
        for model in (Person, Engagement, CoveragePeriod, Consent):
            assert not model.objects.visible_to(user).exists(), (user, model)


ADMIN_PAGES = [
    "admin:workforce_person_changelist",
    "admin:workforce_engagement_changelist",
    "admin:workforce_coverageperiod_changelist",
    "admin:workforce_consent_changelist",
    "admin:workforce_person_add",
]


def test_a_planted_nik_shows_on_no_page_in_no_file_and_in_no_history(worker, workforce_head, as_user, today):
    client = as_user(workforce_head)
    EngagementFactory(person=worker, is_main=False)
    urls = [
        *pages_of_everything(worker),
        *(reverse(name) for name in ADMIN_PAGES),
        reverse("admin:workforce_person_change", args=[worker.pk]),
        reverse("history", args=["workforce.person", worker.public_id]),
        reverse("dashboard"),
        reverse("enterprise", args=[worker.engagements.first().enterprise.public_id]),
    ]
    client.post(reverse("workforce:worker-edit", args=[worker.public_id]), {"name": "Siti Terlindungi", "ward": ""})

    masked = 0
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert PLANTED_NIK not in body.decode(), url
        assert PLANTED_NIK[4:12] not in body.decode(), url
        assert worker.nik_hash not in body.decode(), url
        masked += PLANTED_MASK in body.decode()
    # The canary lives: the pages that show a NIK show its mask.
    assert masked >= 3


def pages_of_everything(worker: Person) -> list[str]:
    lists = ["worker-list", "gap-list", "lapsing-list", "worker-export", "gap-export"]
    covered = f"{reverse('workforce:gap-list')}?perlindungan=covered"
    return [*pages(worker).values(), *(f"{reverse(f'workforce:{name}')}?cari=Siti" for name in lists), covered]


def test_an_export_from_the_admin_holds_no_nik(worker, workforce_head, as_user):
    client = as_user(workforce_head)
    url = reverse("admin:workforce_person_export")
    form = client.get(url)
    assert form.status_code == 200
    fields = {f"personresource_{name}": "on" for name in ("name", "sex", "birth_on", "nik", "nik_hash", "ward__name")}

    exported = client.post(url, {"format": "0", "resource": "0", **fields})

    assert exported.status_code == 200
    body = exported.content.decode()
    assert "Siti Terlindungi" in body
    assert PLANTED_NIK[4:12] not in body
    assert worker.nik_hash not in body


def test_searching_the_admin_by_nik_finds_nothing_and_says_where_to_go(worker, workforce_head, as_user):
    page = as_user(workforce_head).get(reverse("admin:workforce_person_changelist"), {"q": PLANTED_NIK})

    assert "Siti Terlindungi" not in page.content.decode()


def test_an_officer_without_coverage_rights_cannot_filter_by_it(worker, as_user, workforce_officer, monkeypatch):
    allowed = type(workforce_officer).has_perm
    monkeypatch.setattr(
        type(workforce_officer),
        "has_perm",
        lambda self, permission, obj=None: permission != "workforce.view_coverageperiod" and allowed(self, permission),
    )
    PersonFactory(name="Tanpa Jaminan")
    client = as_user(workforce_officer)

    page = client.get(reverse("workforce:worker-list"), {"perlindungan": "covered"}).content.decode()

    assert "Tanpa Jaminan" in page
    assert "JKK dan JKM" not in page
    assert client.get(reverse("workforce:gap-list")).content.decode().count("Siti") == 0
    assert "Jaminan sosial" not in client.get(reverse("workforce:worker", args=[worker.public_id])).content.decode()


def test_the_history_of_insurance_is_for_those_who_may_see_it(worker, workforce_head, auditor, leader, as_user):
    period = worker.coverage_periods.first()
    url = reverse("history", args=["workforce.coverageperiod", period.public_id])

    assert as_user(workforce_head).get(url).status_code == 200
    for other in (auditor, leader):
        assert as_user(other).get(url).status_code == 404


def test_pages_that_only_post_refuse_to_be_opened(worker, workforce_officer, as_user):
    client = as_user(workforce_officer)
    consent = worker.consents.get()

    for url in (
        reverse("workforce:nik-search"),
        reverse("workforce:worker-verify-nik", args=[worker.public_id]),
        reverse("workforce:consent-stopped", args=[consent.public_id]),
    ):
        assert client.get(url).status_code == 405


def test_small_numbers_are_hidden_from_those_who_see_no_names(leader, as_user):
    ward = Area.objects.get(name="Kauman", level="ward")
    other = Area.objects.get(name="Krapyak", level="ward")
    for number in range(4):
        EngagementFactory(person__name=f"Sedikit {number}", person__ward=ward)
    for number in range(11):
        person = EngagementFactory(person__name=f"Banyak {number}", person__ward=other).person
        if number < 5:
            CoverageFactory(person=person, from_on=timezone.localdate() - timedelta(days=5))
            CoverageFactory(person=person, programme="jkm", from_on=timezone.localdate() - timedelta(days=5))

    response = as_user(leader).get(reverse("workforce:gap-list"))

    rows = {row.name: (row.whole, row.part) for row in response.context["rows"]}
    # The one small ward would follow from the total, so the other hides as well.
    assert rows == {"Kauman": (None, None), "Krapyak": (None, None)}
    assert (response.context["total"].whole, response.context["total"].part) == (15, 10)
