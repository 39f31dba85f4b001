"""Pages of apprenticeship: from the public form to the outcome, who sees whom, bad input, constant queries."""

from datetime import date, timedelta

import pytest
from django.core import signing
from django.urls import reverse

from batikportal.models import AccessEvent, Area, RoleAssignment
from tests.factories import apprenticeship as factories
from tests.factories.portal import EnterpriseFactory, MembershipFactory, StaffFactory
from tests.factories.workforce import PersonFactory, ward
from workforce.models import (
    Applicant,
    Engagement,
    LogEntry,
    Person,
    Placement,
    PlacementAgreement,
    PlacementOutcome,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(today):
    """Open for applications; begins in a month."""
    return factories.CohortFactory(
        title="Angkatan Terbuka",
        opens_on=today - timedelta(days=5),
        closes_on=today + timedelta(days=5),
        starts_on=today + timedelta(days=30),
        ends_on=today + timedelta(days=200),
    )


def typed(today: date, years: int = 20, **changes) -> dict[str, object]:
    starts = today + timedelta(days=30)
    return {
        "name": "Bagas Contoh",
        "birth_on": starts.replace(year=starts.year - years, day=1).isoformat(),
        "sex": "M",
        "phone": "0812-3456-7890",
        "ward": ward().pk,
        "steps": [factories.step("NGL").pk],
        "understood": "on",
        **changes,
    }


def send(client, call, **data):
    page = client.get(reverse("workforce:call-apply", args=[call.public_id]))
    return client.post(page.request["PATH_INFO"], {"isian": page.context["token"], **data}, follow=True)


# --- The public form ------------------------------------------------------------------------------------------------


def test_somebody_applies_without_account_and_comes_back_by_the_link(client, call, today):
    assert "Angkatan Terbuka" in client.get(reverse("workforce:call-list")).content.decode()

    page = send(client, call, **typed(today))

    placement = Placement.objects.get()
    assert (placement.state, placement.person, placement.applicant.name) == ("applied", None, "Bagas Contoh")
    assert placement.number in page.content.decode()
    own = client.get(page.redirect_chain[-1][0].replace("&baru=1", ""))
    assert "Bagas Contoh" in own.content.decode()
    assert client.get(reverse("workforce:application"), {"kunci": "salah"}).status_code == 404


def test_the_same_form_sent_twice_is_one_application(client, call, today):
    page = client.get(reverse("workforce:call-apply", args=[call.public_id]))
    for _time in range(2):
        client.post(page.request["PATH_INFO"], {"isian": page.context["token"], **typed(today)})

    assert Placement.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"years": 16}, "birth_on"),
        ({"years": 17}, "guardian_name"),
        ({"years": 17, "guardian_name": "Ibu Contoh"}, "guardian_phone"),
        ({"years": 17, "guardian_name": "Ibu Contoh", "guardian_phone": "081234567891"}, "steps"),
        ({"ward": ""}, "ward"),
        ({"phone": "abc"}, "phone"),
        ({"birth_on": "2999-01-01"}, "birth_on"),
        ({"steps": []}, "steps"),
        ({"understood": ""}, "understood"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_stored(client, call, today, changes, field):
    changes = dict(changes)
    page = send(client, call, **typed(today, changes.pop("years", 20), **changes))

    assert list(page.context["form"].errors) == [field]
    assert (Placement.objects.count(), Applicant.objects.count()) == (0, 0)


def test_a_minor_with_a_guardian_chooses_what_minors_may_learn(client, call, today):
    send(
        client,
        call,
        **typed(today, 17, guardian_name="Ibu Contoh", guardian_phone="081234567891", steps=[factories.step("DES").pk]),
    )

    assert Applicant.objects.get().guardian_name == "Ibu Contoh"


def test_closed_and_unpublished_calls_take_nobody(client, call, today):
    call.closes_on = today - timedelta(days=1)
    call.save()
    assert send_directly(client, call, today).status_code == 200
    call.published_at = None
    call.save()
    assert send_directly(client, call, today).status_code == 404
    assert Placement.objects.count() == 0


def send_directly(client, call, today):
    url = reverse("workforce:call-apply", args=[call.public_id])
    return client.post(url, {"isian": signing.dumps("x", salt="workforce.apprenticeship.application"), **typed(today)})


# --- Staff move a placement -------------------------------------------------------------------------------------------


@pytest.fixture
def officer(as_user, workforce_officer):
    return as_user(workforce_officer)


def step_url(placement, step: str) -> str:
    return reverse("workforce:placement-move", args=[placement.public_id, step])


def test_an_application_becomes_a_worker(officer, workforce_officer, today):
    """Matched with the registry, offered, consented, begun, assessed, finished, hired, and asked a year later."""
    host = EnterpriseFactory(name="Batik Besar Contoh", workers_count=20)
    guide = factories.mentor(host)
    cohort = factories.CohortFactory(starts_on=today - timedelta(days=700), opens_on=today - timedelta(days=800))
    cohort.closes_on, cohort.ends_on = today - timedelta(days=710), today - timedelta(days=500)
    cohort.save()
    placement = factories.ApplicantFactory(
        placement__cohort=cohort, placement__applied_on=today - timedelta(days=750), name="Rara Contoh", sex="F"
    ).placement
    placement.placement_steps.create(step=factories.step("NGL"))

    def day(ago: int) -> str:
        return (today - timedelta(days=ago)).isoformat()

    officer.post(reverse("workforce:placement-match", args=[placement.public_id]), {"person": "new"})
    placement.refresh_from_db()
    assert placement.person.name == "Rara Contoh"
    officer.post(step_url(placement, "tawarkan"), {"on": day(720), "host": host.registration_number})
    refused = officer.post(
        step_url(placement, "mulai"), {"on": day(700), "planned_until": day(500), "mentor": str(guide.public_id)}
    )
    assert "Persetujuan peserta belum dicatat." in refused.content.decode()
    url = reverse("workforce:consent-new", args=[placement.person.public_id, "apprenticeship"])
    assert officer.post(url, {"given_by": "self"}).url == placement.get_absolute_url()
    officer.post(
        step_url(placement, "mulai"), {"on": day(700), "planned_until": day(500), "mentor": str(guide.public_id)}
    )
    placement.refresh_from_db()
    assert (placement.state, placement.mentor) == ("active", guide)

    agreement = {
        "number": "MG/1", "signed_on": day(699), "signer_name": "Pemilik", "from_on": day(700), "until_on": day(500),
        "allowance_idr": "750.000", "days_per_week": "6", "hours_per_day": "7", "theory_percent": "20",
        "insured_by": "Tempat magang", "submitted_on": day(698),
    }  # fmt: skip
    officer.post(reverse("workforce:agreement-edit", args=[placement.public_id]), agreement)
    stored = PlacementAgreement.objects.get()
    assert stored.endorse_due_on > stored.submitted_on + timedelta(days=2)
    pdf = officer.get(reverse("workforce:agreement-pdf", args=[placement.public_id]))
    assert pdf.content.startswith(b"%PDF")
    log = {"on": day(690), "kind": "present", "tasks": "Nyanting", "step": "NGL", "hours": "6,5"}
    officer.post(reverse("workforce:placement-log-new", args=[placement.public_id]), log)
    level = {"step": "NGL", "level": "2", "assessed_on": day(510), "assessor": "Pembimbing"}
    officer.post(reverse("workforce:assessment-new", args=[placement.public_id]), level)
    pay = {"month": (today - timedelta(days=650)).strftime("%Y-%m"), "amount_idr": "750000", "paid_on": day(640)}
    officer.post(reverse("workforce:payment-new", args=[placement.public_id]), pay)
    officer.post(step_url(placement, "jeda"), {"on": day(600)})
    officer.post(step_url(placement, "lanjut"), {"on": day(590)})
    placement.refresh_from_db()
    assert placement.planned_until == today - timedelta(days=490)
    officer.post(step_url(placement, "selesai"), {"on": day(490)})
    officer.post(step_url(placement, "jadi-pekerja"), {"on": day(480)})
    placement.refresh_from_db()
    assert placement.state == "converted"
    assert Engagement.objects.get(person=placement.person).enterprise == host

    outcome = reverse("workforce:outcome-new", args=[placement.public_id, 12])
    early = officer.post(outcome, {"work": "worker", "asked_on": day(300)})
    assert list(early.context["form"].errors) == ["asked_on"]
    officer.post(outcome, {"work": "own_firm", "asked_on": day(100)})
    assert PlacementOutcome.objects.get().in_craft is True
    page = officer.get(placement.get_absolute_url()).content.decode()
    assert "Usaha batik sendiri" in page
    assert "2 – Mandiri" in page
    assert LogEntry.objects.get().hours == 6.5
    states = list(placement.moves.values_list("new_state", flat=True))
    assert states == ["offered", "active", "paused", "active", "completed", "converted"]


def test_a_known_person_is_offered_for_matching_and_not_registered_twice(officer):
    applicant = factories.ApplicantFactory(name="Siti Contoh")
    known = PersonFactory(name="Siti Nur Contoh", birth_on=applicant.birth_on)

    page = officer.get(reverse("workforce:placement-match", args=[applicant.placement.public_id]))
    assert [value for value, _label in page.context["form"].fields["person"].choices] == [str(known.public_id), "new"]
    officer.post(page.request["PATH_INFO"], {"person": str(known.public_id)})

    assert (Placement.objects.get().person, Person.objects.count()) == (known, 1)


def test_a_step_that_is_not_open_says_so(officer):
    placement = factories.learning()

    answer = officer.post(step_url(placement, "tawarkan"), {"on": "2026-03-01"}, follow=True)
    assert "tidak dapat dilakukan sekarang" in answer.content.decode()
    assert officer.get(step_url(placement, "terbang")).status_code == 404


def test_dropping_asks_for_a_reason(officer):
    placement = factories.learning()

    assert officer.post(step_url(placement, "berhenti"), {"on": "2026-05-01"}).context["form"].errors
    officer.post(step_url(placement, "berhenti"), {"on": "2026-05-01", "drop_reason": "distance"})

    placement.refresh_from_db()
    assert (placement.state, placement.drop_reason, placement.ended_on) == ("dropped", "distance", date(2026, 5, 1))


def test_the_log_knows_its_days_and_its_steps(officer):
    placement = factories.learning()
    placement.placement_steps.create(step=factories.step("DES"))
    url = reverse("workforce:placement-log-new", args=[placement.public_id])

    for change, field in (
        ({"on": "2026-03-01"}, "on"),
        ({"tasks": ""}, "tasks"),
        ({"step": "CLP"}, "step"),
        ({"hours": "0"}, "hours"),
        ({"on": "2999-01-01"}, "on"),
    ):
        data = {"on": "2026-03-03", "kind": "present", "tasks": "x", "step": "DES", "hours": "7"} | change
        assert list(officer.post(url, data).context["form"].errors) == [field]
    officer.post(url, {"on": "2026-03-03", "kind": "excused"})
    officer.post(url, {"on": "2026-03-03", "kind": "present", "tasks": "Menggambar"})

    assert LogEntry.objects.get().tasks == "Menggambar"


def test_the_agreement_refuses_what_the_regulation_refuses(officer):
    placement = factories.learning()
    url = reverse("workforce:agreement-edit", args=[placement.public_id])
    whole = {
        "number": "MG/1", "signed_on": "2026-02-25", "signer_name": "P", "from_on": "2026-03-01",
        "until_on": "2026-08-31", "allowance_idr": "750000", "days_per_week": "6", "hours_per_day": "7",
        "theory_percent": "20", "insured_by": "Tempat",
    }  # fmt: skip

    for change, field in (
        ({"until_on": "2027-03-02"}, "until_on"),
        ({"theory_percent": "5"}, "theory_percent"),
        ({"days_per_week": "8"}, "days_per_week"),
        ({"submitted_on": "2026-02-01"}, "submitted_on"),
        ({"submitted_on": "2026-02-26", "endorsed_on": "2026-02-27"}, "endorsement_number"),
    ):
        assert list(officer.post(url, whole | change).context["form"].errors) == [field]
    assert officer.post(url, whole).status_code == 302


# --- Who sees whom ----------------------------------------------------------------------------------------------------


def pages_by_name(placement) -> list[str]:
    one = [placement.public_id]
    return [
        reverse("workforce:placement", args=one),
        reverse("workforce:placement-log", args=one),
        reverse("workforce:placement-list"),
        reverse("workforce:placement-export"),
        reverse("workforce:agreement-pdf", args=one),
        reverse("workforce:placement-log-new", args=one),
        reverse("workforce:outcome-new", args=[*one, 12]),
    ]


@pytest.mark.parametrize("role", ["leader", "planner", "cadre", "selection_secretary", "market_officer", "data_clerk"])
def test_no_other_role_reaches_an_apprentice(request, as_user, role):
    placement = factories.learning()
    factories.AgreementFactory(placement=placement)
    client = as_user(request.getfixturevalue(role))

    assert {client.get(url).status_code for url in pages_by_name(placement)} <= {403, 404}


def test_nobody_without_account_reaches_an_apprentice(client):
    placement = factories.learning()

    assert {client.get(url).status_code for url in pages_by_name(placement)} == {302}


def test_leaders_read_the_funnel_without_names_and_without_small_counts(as_user, leader):
    placement = factories.learning(person=PersonFactory(name="Tersembunyi Contoh", birth_on=date(2004, 1, 1)))

    page = as_user(leader).get(placement.cohort.get_absolute_url()).content.decode()
    assert "Tersembunyi" not in page
    assert "kurang dari 5" in page


def test_an_owner_keeps_the_log_of_her_own_apprentices_only(as_user, owner):
    own = factories.learning(host=EnterpriseFactory(workers_count=20))
    MembershipFactory(user=owner, enterprise=own.host)
    foreign = factories.learning()
    client = as_user(owner)

    page = client.get(reverse("workforce:own-apprentices")).content.decode()
    assert own.person.name in page
    assert foreign.person.name not in page
    data = {"on": "2026-03-03", "kind": "present", "tasks": "Nyanting"}
    answers = [
        client.post(reverse("workforce:placement-log-new", args=[one.public_id]), data).status_code
        for one in (own, foreign)
    ]
    assert answers == [302, 404]
    assert client.get(own.get_absolute_url()).status_code == 403


def test_an_owner_never_sees_who_was_only_an_applicant(as_user, owner):
    applied = factories.PlacementFactory(person__name="Pelamar Contoh")

    assert list(Placement.objects.visible_to(owner)) == []
    assert as_user(owner).get(reverse("workforce:placement-log", args=[applied.public_id])).status_code == 404


def test_an_officer_of_one_district_sees_its_residents(as_user):
    other = Area.objects.get(code="33.75.01", valid_until__isnull=True)
    officer = StaffFactory(role="workforce_officer", office="dinperinaker")
    RoleAssignment.objects.filter(user=officer).update(area=other)
    placement = factories.learning()

    assert list(Placement.objects.visible_to(officer)) == []
    assert as_user(officer).get(placement.get_absolute_url()).status_code == 404


def test_a_download_is_logged(officer):
    factories.learning(person=PersonFactory(name="Unduhan Contoh", birth_on=date(2004, 1, 1)))

    text = officer.get(reverse("workforce:placement-export")).content.decode()
    assert "Unduhan Contoh" in text
    assert AccessEvent.objects.filter(subject_type="workforce.placement").count() == 1
