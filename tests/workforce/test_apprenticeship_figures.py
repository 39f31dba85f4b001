"""What apprenticeship tells: who stayed in the craft, what waits for somebody, and pages about hosts and schools."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.contracts import Period, Scope
from tests.factories import apprenticeship as factories
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import PersonFactory
from workforce.actions import apprenticeships as actions
from workforce.alerts import apprenticeship as alerts
from workforce.indicators.apprenticeship import read_retention
from workforce.models import (
    Applicant,
    Placement,
    ReferenceFigure,
)
from workforce.queries import apprenticeship as queries
from workforce.rules.retention import months_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(as_user, workforce_officer):
    return as_user(workforce_officer)


# --- Hosts ------------------------------------------------------------------------------------------------------------


def test_an_owner_offers_and_staff_answer(as_user, owner, officer):
    client = as_user(owner)
    url = reverse("workforce:own-offer-new", args=[owner.enterprise.public_id])
    data = {"seats": "2", "steps": [factories.step("NGL").pk], "mentor_name": "Ibu Contoh"}

    assert client.post(url, data).status_code == 302
    assert "masih menunggu" in client.post(url, data).content.decode()
    offer = factories.HostOffer.objects.get()
    officer.post(
        reverse("workforce:hostoffer-answer", args=[offer.public_id]), {"accept": "ya", "answer": "Baik, kami hubungi."}
    )
    assert "Baik, kami hubungi." in client.get(reverse("workforce:own-apprentices")).content.decode()
    foreign = factories.OfferFactory(state="open", answered_at=None)
    assert client.post(reverse("workforce:own-offer-withdraw", args=[foreign.public_id])).status_code == 404


def test_groups_show_their_room(officer):
    member = factories.MemberFactory(group__name="Kampung Contoh")
    for _number in range(4):
        factories.MemberFactory(group=member.group)

    page = officer.get(reverse("workforce:host-list")).content.decode()
    assert "0 dari paling banyak 4 peserta, atas 20 pekerja." in page


def test_hosts_are_suggested_by_step_place_and_room(officer):
    placement = factories.PlacementFactory()
    placement.placement_steps.create(step=factories.step("NGL"))
    near = factories.OfferFactory(enterprise__name="Dekat Contoh", enterprise__ward=placement.person.ward)
    factories.OfferFactory(enterprise__name="Kecil Contoh", enterprise__workers_count=4)
    factories.OfferFactory(enterprise__name="Lain Contoh", steps=["CLP"])

    page = officer.get(placement.get_absolute_url())
    found = [
        (one.enterprise.name, one.free, [str(reason) for reason in one.reasons]) for one in page.context["suggestions"]
    ]
    assert found[0] == (
        near.enterprise.name,
        2,
        ["mengerjakan proses yang sama", "masih ada tempat", "tinggal di kelurahan yang sama"],
    )
    assert [(name, free) for name, free, _reasons in found[1:]] == [("Kecil Contoh", 0)]


def test_the_board_sorts_filters_and_costs_the_same_for_many(officer, today):
    cohort = factories.CohortFactory(seats=60)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(cohort.get_absolute_url(), {"urut": "nama"}).status_code == 200
        return len(captured)

    factories.learning(cohort=cohort, person=PersonFactory(name="Aaa Contoh", birth_on=date(2004, 1, 1)))
    asked()
    one = asked()
    for number in range(24):
        factories.PlacementFactory(cohort=cohort, person__name=f"Zzz {number}")
    assert asked() == one
    page = officer.get(cohort.get_absolute_url(), {"urut": "nama", "keadaan": "active"})
    assert [row.name for row in page.context["page"]] == ["Aaa Contoh"]
    waiting = officer.get(reverse("workforce:placement-list"), {"menunggu": "agreement"})
    assert [row.name for row in waiting.context["page"]] == ["Aaa Contoh"]


def test_a_cohort_refuses_what_the_regulation_refuses(officer):
    programme = factories.ProgrammeFactory()
    url = reverse("workforce:cohort-new", args=[programme.public_id])
    whole = {
        "title": "Angkatan", "opens_on": "2027-01-01", "closes_on": "2027-01-31", "starts_on": "2027-03-01",
        "ends_on": "2027-08-31", "seats": "10", "steps": [factories.step("NGL").pk], "theory_percent": "20",
        "requested_on": "2026-11-20",
    }  # fmt: skip
    for change, field in (
        ({"ends_on": "2028-03-02"}, "ends_on"),
        ({"theory_percent": "30"}, "theory_percent"),
        ({"closes_on": "2026-12-01"}, "closes_on"),
        ({"seats": "0"}, "seats"),
    ):
        assert list(officer.post(url, whole | change).context["form"].errors) == [field]
    officer.post(url, whole)
    cohort = programme.cohorts.get()
    # Three working days after Friday, 20 November 2026.
    assert cohort.approve_due_on == date(2026, 11, 25)
    officer.post(reverse("workforce:cohort-publish", args=[cohort.public_id]))
    cohort.refresh_from_db()
    assert cohort.published_at is not None


def test_school_activities_count_with_their_source(officer):
    data = {
        "kind": "museum", "institution": "Museum Contoh", "title": "Kunjungan", "from_on": "2026-10-02",
        "until_on": "2026-10-03", "participants": "", "institutions_count": "3", "source_text": "Buku tamu",
    }  # fmt: skip
    url = reverse("workforce:pipeline-new")
    assert list(officer.post(url, data | {"source_text": ""}).context["form"].errors) == ["source_text"]
    officer.post(url, data)
    assert "sudah dicatat" in officer.post(url, data).content.decode()
    factories.ActivityFactory(participants=40)

    page = officer.get(reverse("workforce:pipeline-list"))
    year, _label = page.context["years"][0]
    assert (year.participants, year.uncounted, year.institutions) == (40, 1, 4)


def test_old_forms_are_forgotten_and_the_placement_stays_as_a_count(now):
    old = factories.ApplicantFactory(
        placement__state="dropped", placement__drop_reason="not_selected", placement__ended_on=date(2025, 11, 22),
        placement__applied_on=date(2025, 9, 1),
    )  # fmt: skip
    factories.ApplicantFactory(
        placement__state="dropped", placement__drop_reason="not_selected", placement__ended_on=date(2025, 11, 23),
        placement__applied_on=date(2025, 9, 1),
    )  # fmt: skip

    assert actions.forget_applicants(at=now) == 1
    assert Applicant.objects.filter(pk=old.pk).count() == 0
    assert Placement.objects.count() == 2


# --- Figures and alerts -----------------------------------------------------------------------------------------------


def finished(ended_on: date, work: str = "", asked: int = 12, cohort=None) -> Placement:
    placement = factories.PlacementFactory(
        cohort=cohort or factories.CohortFactory(seats=99),
        state="completed",
        applied_on=ended_on - timedelta(days=200),
        offered_on=ended_on - timedelta(days=190),
        started_on=ended_on - timedelta(days=180),
        planned_until=ended_on,
        ended_on=ended_on,
        host=EnterpriseFactory(),
        mentor=PersonFactory(),
    )
    if work:
        due = months_after(ended_on, asked)
        placement.outcomes.create(months=asked, due_on=due, asked_on=due, work=work)
    return placement


def test_retention_counts_elapsed_windows_and_shows_the_unknown(today):
    cohort = factories.CohortFactory(seats=99)
    long_ago = today - timedelta(days=500)
    for work in ("worker", "own_firm", "family", "other", "unknown", "") * 2:
        finished(long_ago, work, cohort=cohort)
    finished(today - timedelta(days=100), "worker", 3, cohort=cohort)
    scope = Scope(period=Period(today.replace(month=1, day=1), today), area=None, today=today)

    reading = read_retention(scope)
    assert (reading.value, reading.numerator, reading.denominator) == (50, 6, 12)
    assert reading.completeness == pytest.approx(8 / 12)
    assert "83,3" in reading.note
    Placement.objects.filter(pk__in=Placement.objects.filter(ended_on=long_ago).values("pk")[:8]).delete()
    assert read_retention(scope).value is None
    assert read_retention(scope).withheld == "Kurang dari lima orang selesai setahun yang lalu."


def test_the_figure_opens_the_rows_it_counts(officer, today):
    cohort = factories.CohortFactory(seats=99)
    for _number in range(5):
        finished(today - timedelta(days=500), "worker", cohort=cohort)
    finished(today - timedelta(days=300), cohort=cohort)

    page = officer.get(reverse("workforce:programme-list"))
    stayed = dict(page.context["retention"])[12]
    rows = officer.get(reverse("workforce:placement-list"), {"hasil": "12", "sampai": today.isoformat()})
    assert (stayed.elapsed, stayed.not_yet, len(rows.context["page"])) == (5, 1, 5)


@pytest.mark.parametrize(
    ("ended", "on", "counted"),
    [
        (date(2025, 8, 31), date(2026, 2, 27), False),
        (date(2025, 8, 31), date(2026, 2, 28), True),
        (date(2025, 11, 27), date(2026, 5, 26), False),
        (date(2025, 11, 27), date(2026, 5, 27), True),
    ],
)
def test_the_list_of_elapsed_windows_agrees_with_the_rule(ended, on, counted):
    finished(ended)

    assert queries.elapsed(Placement.objects.all(), 6, on).exists() is counted
    assert (months_after(ended, 6) <= on) is counted


def test_spells_end_with_what_is_known():
    ended = date(2025, 1, 31)
    answers = [
        {3: True, 6: True},
        {3: True, 6: False, 12: True},
        {3: None},
        {},
    ]
    rows = [queries.Followed(ended, found, own_firm=False) for found in answers]

    assert [(one.until_on, one.left) for one in queries.spells(rows)] == [
        (date(2025, 7, 31), None),
        (date(2025, 7, 31), True),
        (ended, None),
        (ended, None),
    ]


def test_alerts_say_what_waits(today):
    scope = Scope(period=Period(today.replace(month=1, day=1), today), area=None, today=today)
    host = EnterpriseFactory(workers_count=100)
    guide = factories.mentor(host)
    without = factories.learning(host=host, mentor_person=guide)
    late = factories.learning(host=host, mentor_person=guide)
    factories.AgreementFactory(placement=late, submitted_on=date(2026, 2, 26), endorse_due_on=today - timedelta(days=1))
    late.person.consents.update(withdrawn_at=timezone.make_aware(datetime(2026, 4, 1)))
    ReferenceFigure.objects.filter(series__code="apprentice_mentor_load").update(value=1)
    done = finished(today - timedelta(days=100))

    assert [one.subject for one in alerts.find_without_agreement(scope).items] == [without.person.name]
    assert [one.subject for one in alerts.find_endorsement_overdue(scope).items] == [late.person.name]
    assert [one.subject for one in alerts.find_without_consent(scope).items] == [late.person.name]
    assert [one.subject for one in alerts.find_overloaded_mentors(scope).items] == [guide.name]
    due = alerts.find_outcomes_due(scope)
    assert [(one.subject, one.url) for one in due.items] == [
        (done.person.name, reverse("workforce:outcome-new", args=[done.public_id, 3]))
    ]


def test_a_group_over_its_cap_shows_itself(today):
    scope = Scope(period=Period(today, today), area=None, today=today)
    members = [factories.MemberFactory(group__name="Lebih Contoh")]
    members += [factories.MemberFactory(group=members[0].group) for _number in range(4)]
    for member in members[:4]:
        factories.learning(host=member.enterprise, host_group=members[0].group)
    assert alerts.find_groups_over_cap(scope).total == 0
    actions.leave_group(member=members[4], until_on=today - timedelta(days=1), by=None, at=timezone.now())

    assert [one.subject for one in alerts.find_groups_over_cap(scope).items] == ["Lebih Contoh"]


def test_the_page_of_a_person_leads_to_her_placements(officer):
    placement = factories.learning()

    assert placement.get_absolute_url() in officer.get(placement.person.get_absolute_url()).content.decode()
