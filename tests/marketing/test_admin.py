"""Data entry in the Django admin: useful, and never a way around the actions."""

import pytest
from django.urls import reverse

from marketing.models import Activity, Application, EligibilityRule, PastParticipation, Programme, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(market_officer, as_user):
    """An officer in the admin."""
    return as_user(market_officer)


def change_list(model: str) -> str:
    return reverse(f"admin:marketing_{model}_changelist")


@pytest.mark.parametrize("model", ["programme", "activity", "application", "decisionbatch", "pastparticipation"])
def test_every_list_opens_searches_and_exports(model, officer):
    factories.DecisionFactory()
    factories.BatchFactory()
    factories.PastParticipationFactory()
    assert officer.get(change_list(model)).status_code == 200
    assert officer.get(change_list(model), {"q": "contoh"}).status_code == 200
    page = officer.get(reverse(f"admin:marketing_{model}_export"))
    assert page.status_code == 200
    for english in ("Export", "Submit", "Select all", "Format:", "This exporter", "Resource"):
        assert english not in page.content.decode().split("<body")[1].split("<footer")[0]
    assert "Jenis berkas:" in page.content.decode()
    assert [bound.label for bound in page.context["form"].columns() if "__" in str(bound.label)] == []


def test_an_export_holds_the_chosen_columns_and_refuses_none(officer):
    factories.ActivityFactory(title="Contoh Kelas Ekspor")
    address = reverse("admin:marketing_activity_export")
    fields = [bound.name for bound in officer.get(address).context["form"].columns()]
    title = next(name for name in fields if name.endswith("_title"))

    file = officer.post(address, {"format": "0", "resource": "0", title: "on"})
    nothing = officer.post(address, {"format": "", "resource": "0"})

    assert file.content.decode("utf-8-sig").split() == ["title", "Contoh", "Kelas", "Ekspor"]
    said = [str(error) for errors in nothing.context["form"].errors.values() for error in errors]
    assert said == ["Pilih jenis berkas.", "Pilih paling sedikit satu kolom untuk diekspor."]


FORM = {
    "title": "Contoh Kelas Digital",
    "summary": "Contoh",
    "venue": "Ruang Contoh",
    "starts_at_0": "2027-04-01",
    "starts_at_1": "09:00",
    "ends_at_0": "2027-04-02",
    "ends_at_1": "16:00",
    "registration_opens_at_0": "2027-03-01",
    "registration_opens_at_1": "08:00",
    "registration_closes_at_0": "2027-03-20",
    "registration_closes_at_1": "16:00",
    "selection_mode": "first_come",
    "signing_rule": "independent",
    "fee_idr": "0",
}
NO_ROWS = {
    f"{prefix}-{name}": value
    for prefix in ("quotas", "eligibility_rules", "sessions")
    for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"), ("MAX_NUM_FORMS", "1000"))
}


def test_an_activity_with_quota_and_rule_in_one_page(officer, market_officer):
    programme = factories.ProgrammeFactory()
    response = officer.post(
        reverse("admin:marketing_activity_add"),
        {
            **FORM,
            **NO_ROWS,
            "programme": programme.pk,
            "quotas-TOTAL_FORMS": "1",
            "quotas-0-kind": "all",
            "quotas-0-size": "25",
            "eligibility_rules-TOTAL_FORMS": "1",
            "eligibility_rules-0-position": "1",
            "eligibility_rules-0-code": "size_class",
            "eligibility_rules-0-options": "micro,small",
            "eligibility_rules-0-is_blocking": "on",
            "state": "published",
        },
    )
    assert response.status_code == 302
    activity = Activity.objects.get()
    assert (activity.state, activity.source, activity.created_by) == ("draft", "admin", market_officer)
    assert Quota.objects.get().size == 25
    assert EligibilityRule.objects.get().options == ["micro", "small"]


def test_a_rule_with_wrong_settings_is_refused(officer):
    response = officer.post(
        reverse("admin:marketing_activity_add"),
        {
            **FORM,
            **NO_ROWS,
            "programme": factories.ProgrammeFactory().pk,
            "eligibility_rules-TOTAL_FORMS": "1",
            "eligibility_rules-0-position": "1",
            "eligibility_rules-0-code": "not_recent",
            "eligibility_rules-0-is_blocking": "on",
        },
    )
    assert "Isi angka" in response.content.decode()
    assert not Activity.objects.exists()


def test_dates_out_of_order_are_told_at_the_field(officer):
    response = officer.post(
        reverse("admin:marketing_activity_add"),
        {**FORM, **NO_ROWS, "programme": factories.ProgrammeFactory().pk, "ends_at_0": "2027-03-31"},
    )
    assert "Kegiatan selesai setelah dimulai." in response.content.decode()


def test_a_change_in_the_admin_keeps_counters_that_moved_meanwhile(officer):
    activity = factories.ActivityFactory(seats=5)
    Activity.objects.filter(pk=activity.pk).update(last_arrival=7)
    Quota.objects.filter(activity=activity).update(taken=3)
    page = reverse("admin:marketing_activity_change", args=[activity.pk])
    quota = Quota.objects.get()
    response = officer.post(
        page,
        {
            **FORM,
            **NO_ROWS,
            "programme": activity.programme.pk,
            "title": "Contoh diubah",
            "quotas-TOTAL_FORMS": "1",
            "quotas-INITIAL_FORMS": "1",
            "quotas-0-id": quota.pk,
            "quotas-0-activity": activity.pk,
            "quotas-0-kind": "all",
            "quotas-0-size": "9",
        },
    )
    assert response.status_code == 302
    activity.refresh_from_db()
    quota.refresh_from_db()
    assert (activity.title, activity.last_arrival) == ("Contoh diubah", 7)
    assert (quota.size, quota.taken) == (9, 3)


def test_terms_are_closed_in_the_admin_once_somebody_applied(officer):
    activity = factories.ApplicationFactory().activity
    text = officer.get(reverse("admin:marketing_activity_change", args=[activity.pk])).content.decode()
    assert 'name="quotas-0-size"' not in text
    assert 'name="eligibility_rules-__prefix__-code"' not in text


def test_publishing_goes_through_the_action(officer):
    ready = factories.ActivityFactory(draft=True)
    lacking = factories.ActivityFactory(draft=True, summary="")
    response = officer.post(
        change_list("activity"), {"action": "publish", "_selected_action": [ready.pk, lacking.pk]}, follow=True
    )
    states = dict(Activity.objects.values_list("pk", "state"))
    assert states == {ready.pk: "published", lacking.pk: "draft"}
    assert "Tulis ringkasan" in response.content.decode()


def test_a_finished_activity_cannot_be_changed(officer):
    activity = factories.ActivityFactory(over=True, state="finished")
    page = reverse("admin:marketing_activity_change", args=[activity.pk])
    assert officer.post(page, {**FORM, **NO_ROWS, "programme": activity.programme.pk}).status_code == 403


def test_applications_are_only_looked_at(officer):
    application = factories.ApplicationFactory()
    draft = factories.DraftFactory()
    page = reverse("admin:marketing_application_change", args=[application.pk])
    assert officer.get(page).status_code == 200
    assert officer.post(page, {"state": "accepted"}).status_code == 403
    assert officer.get(reverse("admin:marketing_application_add")).status_code == 403
    assert str(draft.enterprise) not in officer.get(change_list("application")).content.decode()


def test_found_eligible_from_the_admin_list(officer):
    fresh = factories.ApplicationFactory()
    seated = factories.ApplicationFactory(state="accepted")
    response = officer.post(
        change_list("application"), {"action": "mark_eligible", "_selected_action": [fresh.pk, seated.pk]}, follow=True
    )
    states = dict(Application.objects.values_list("pk", "state"))
    assert states == {fresh.pk: "eligible", seated.pk: "accepted"}
    assert "sudah melewati pemeriksaan" in response.content.decode()


def test_an_answer_is_not_shown_to_who_works_on_no_application(as_user, planner):
    application = factories.ApplicationFactory(answer="Omzet saya kecil")
    page = reverse("admin:marketing_application_change", args=[application.pk])
    response = as_user(planner).get(page)
    assert response.status_code == 200
    assert "Omzet saya kecil" not in response.content.decode()


def test_history_is_entered_by_hand(officer, market_officer):
    enterprise = EnterpriseFactory()
    officer.post(
        reverse("admin:marketing_pastparticipation_add"),
        {"enterprise": enterprise.pk, "kind": "exhibition", "title": "Contoh", "held_on": "2023-10-25", "note": ""},
    )
    stored = PastParticipation.objects.get()
    assert (stored.enterprise, stored.source, stored.created_by) == (enterprise, "admin", market_officer)


def test_a_programme_is_entered_by_hand(officer):
    officer.post(
        reverse("admin:marketing_programme_add"),
        {"kind": "coaching", "name": "Contoh", "office": "dindagkop", "year": "2027", "fund_source": "city"},
    )
    assert Programme.objects.get().year == 2027
