"""Data entry in the Django admin: useful, and through the same rules as the site."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import EngagementFactory, PersonFactory, nik, ward
from workforce.models import Consent, CoveragePeriod, Engagement, Person, ReferenceFigure, ReferenceSeries

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(workforce_officer, as_user):
    """An officer in the admin."""
    return as_user(workforce_officer)


PERSON = {
    "name": "Siti Contoh", "new_nik": "", "sex": "", "birth_on": "", "birth_year": "", "nik_mismatch_reason": "",
    "residence_outside": "", "address": "", "phone": "", "education": "", "disability": "",
}  # fmt: skip
NO_ROWS = {
    f"{prefix}-{name}": "0"
    for prefix in ("engagements", "coverage_periods")
    for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
} | {"engagements-MAX_NUM_FORMS": "1000", "coverage_periods-MAX_NUM_FORMS": "1000"}


def test_a_person_is_added_through_the_action(officer, workforce_officer):
    response = officer.post(
        reverse("admin:workforce_person_add"), PERSON | {"new_nik": nik(1), "ward": ward().pk, "_continue": "1"}
    )

    person = Person.objects.get()
    assert response.status_code == 302
    assert (person.nik.reveal(), person.sex, person.source) == (nik(1), "F", "admin")
    assert person.created_by == workforce_officer
    assert str(person.pk) in response["Location"]


def test_a_person_with_a_known_nik_is_refused_with_a_sentence(officer):
    PersonFactory(number=nik(1))

    response = officer.post(reverse("admin:workforce_person_add"), PERSON | {"new_nik": nik(1), "ward": ward().pk})

    assert response.status_code == 200
    assert "sudah terdaftar" in response.content.decode()


def test_a_person_is_changed_with_the_nik_kept_and_rows_added(officer):
    person = PersonFactory(number=nik(1))
    workshop = EnterpriseFactory()
    rows = NO_ROWS | {
        "engagements-TOTAL_FORMS": "1",
        "engagements-0-person": person.pk,
        "engagements-0-enterprise": workshop.pk,
        "engagements-0-role": "worker",
        "engagements-0-pay_mode": "piece",
        "engagements-0-place": "home",
        "engagements-0-from_on": "2026-01-01",
        "engagements-0-is_main": "on",
        "coverage_periods-TOTAL_FORMS": "1",
        "coverage_periods-0-person": person.pk,
        "coverage_periods-0-programme": "jkk",
        "coverage_periods-0-status": "active",
        "coverage_periods-0-segment": "bpu",
        "coverage_periods-0-payer": "city",
        "coverage_periods-0-from_on": "2026-01-01",
    }

    response = officer.post(
        reverse("admin:workforce_person_change", args=[person.pk]),
        PERSON | rows | {"name": "Siti Baru", "sex": "F", "birth_on": "1990-03-05", "ward": ward().pk},
    )

    assert response.status_code == 302, response.context["errors"]
    person.refresh_from_db()
    assert (person.name, person.nik.reveal()) == ("Siti Baru", nik(1))
    assert person.engagements.get().enterprise == workshop
    assert (person.coverage_periods.get().source, person.engagements.get().source) == ("admin", "admin")


def test_overlapping_rows_are_told_not_crashed(officer):
    person = PersonFactory(number=nik(1))
    row = {"person": person.pk, "programme": "jkk", "status": "active", "segment": "bpu", "from_on": "2026-01-01"}
    rows = {f"coverage_periods-{k}-{name}": value for k in (0, 1) for name, value in row.items()}

    response = officer.post(
        reverse("admin:workforce_person_change", args=[person.pk]),
        PERSON
        | NO_ROWS
        | rows
        | {"coverage_periods-TOTAL_FORMS": "2", "sex": "F", "birth_on": "1990-03-05", "ward": ward().pk},
    )

    assert response.status_code == 200
    assert "tidak boleh bertumpuk" in response.content.decode()
    assert not CoveragePeriod.objects.exists()


def test_two_main_engagements_are_told_not_crashed(officer):
    person = EngagementFactory(person__number=nik(1)).person
    engagement = person.engagements.get()
    first = {"id": engagement.pk, "enterprise": engagement.enterprise_id, "is_main": "on"}
    second = {"id": "", "enterprise": EnterpriseFactory().pk, "is_main": "on"}
    rows = {
        f"engagements-{k}-{name}": value
        for k, row in enumerate((first, second))
        for name, value in ({"person": person.pk, "role": "worker", "from_on": "2020-01-01"} | row).items()
    }

    response = officer.post(
        reverse("admin:workforce_person_change", args=[person.pk]),
        PERSON
        | NO_ROWS
        | rows
        | {
            "engagements-TOTAL_FORMS": "2",
            "engagements-INITIAL_FORMS": "1",
            "sex": "F",
            "birth_on": "1990-03-05",
            "ward": ward().pk,
        },
    )

    assert response.status_code == 200
    assert "Hanya satu pekerjaan utama" in response.content.decode()
    assert Engagement.objects.count() == 1


def test_the_action_marks_only_what_waits(officer):
    waiting = PersonFactory(nik_mismatch_reason="unchecked")
    PersonFactory()

    officer.post(
        reverse("admin:workforce_person_changelist"),
        {
            "action": "mark_nik_verified",
            "_selected_action": [str(person.pk) for person in Person.objects.all()],
        },
    )

    assert list(Person.objects.filter(nik_verified_on__isnull=False)) == [waiting]


def test_consents_and_their_words_cannot_be_changed_here(officer, worker):
    consent = Consent.objects.get()
    for model, pk in (("consent", consent.pk), ("consenttext", consent.text_id)):
        page = officer.get(reverse(f"admin:workforce_{model}_change", args=[pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()


def test_a_new_figure_ends_no_old_one_silently(officer):
    series = ReferenceSeries.objects.get(code="umk_pekalongan")
    sent = {"series": series.pk, "value": "1", "valid_from": "2026-06-01", "confidence": "to_confirm"}

    response = officer.post(reverse("admin:workforce_referencefigure_add"), sent)

    assert response.status_code == 200
    assert "Sudah ada angka yang berlaku" in response.content.decode()
    officer.post(reverse("admin:workforce_referencefigure_add"), sent | {"valid_from": "2027-01-01"})
    assert ReferenceFigure.objects.get(valid_from=date(2027, 1, 1)).series == series


def test_every_list_opens_and_searches(officer, worker):
    for model in (
        "person", "engagement", "coverageperiod", "consent", "consenttext", "processstep", "referenceseries",
        "referencefigure",
    ):  # fmt: skip
        assert officer.get(reverse(f"admin:workforce_{model}_changelist"), {"q": "Siti"}).status_code == 200, model


def test_the_market_office_has_no_section_of_workers(market_officer, as_user):
    client = as_user(market_officer)

    assert client.get(reverse("admin:workforce_person_changelist")).status_code == 403
    assert "workforce" not in client.get(reverse("admin:index")).content.decode()
