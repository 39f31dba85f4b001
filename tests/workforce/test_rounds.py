"""Rounds of paid insurance: what the database refuses, who is eligible and first, its way, and who sees it."""

import csv
import io
import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from batikportal.models import AccessEvent, Area
from tests.factories.portal import UserFactory
from tests.factories.workforce import (
    CoverageFactory,
    EngagementFactory,
    PersonFactory,
    RoundFactory,
    candidate,
    entry,
    nik,
)
from tests.raw_sql import sql
from workforce import demo
from workforce.actions import rounds as actions
from workforce.choices.rounds import Condition, EntryState, Verdict
from workforce.models import CoverageEntry, CoveragePeriod, CoverageRound, Person, StepHazard
from workforce.queries import rounds as queries
from workforce.rules import rounds as rules

pytestmark = pytest.mark.django_db


def facts(**changes) -> rules.CandidateFacts:
    fitting = {
        "age_verdict": "eligible",
        "lives_in_city": True,
        "coverage_state": "never",
        "by_employer": False,
        "has_nik": True,
        "nik_is_doubtful": False,
        "consents": True,
    }
    return rules.CandidateFacts(**(fitting | changes))


# --- Rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "condition", "verdict"),
    [
        ({}, None, "eligible"),
        ({"age_verdict": "too_old"}, "age", "not"),
        ({"age_verdict": "too_young"}, "age", "not"),
        ({"age_verdict": "unknown"}, "age", "unknown"),
        ({"age_verdict": ""}, "age", "unknown"),
        ({"lives_in_city": False}, "residence", "not"),
        ({"coverage_state": "covered"}, "uninsured", "not"),
        ({"coverage_state": "unknown"}, "uninsured", "unknown"),
        ({"coverage_state": "lapsed"}, None, "eligible"),
        ({"by_employer": True}, "informal", "not"),
        ({"has_nik": False}, "nik", "unknown"),
        ({"nik_is_doubtful": True}, "nik", "unknown"),
        ({"consents": False}, "consent", "not"),
        ({"has_nik": False, "consents": False}, "consent", "not"),
    ],
)
def test_a_condition_that_is_not_met_decides(changes, condition, verdict):
    found = rules.eligibility(facts(**changes))

    assert rules.verdict_of(found) == verdict
    assert set(found) == set(Condition.values)
    if condition:
        assert found[condition] == verdict


def test_a_budget_pays_for_whole_people():
    assert rules.people_within(200_000, 16_800) == 11


def test_the_months_of_a_year_are_twelve():
    months = rules.months_of(date(2026, 12, 15), date(2027, 2, 1))

    assert months == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


# --- The database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("quota = 0", "coverageround_has_places"),
        ("quota = 11", "coverageround_budget_pays_quota"),
        ("until_on = '2026-12-01'", "coverageround_in_order"),
        ("closes_on = '2025-12-31'", "coverageround_in_order"),
        ("closes_on = '2028-01-01'", "coverageround_in_order"),
        ("year = 1999", "coverageround_is_named"),
        ("title = ''", "coverageround_is_named"),
    ],
)
def test_the_database_refuses_a_round_that_cannot_be(change, constraint):
    round_ = RoundFactory()

    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE workforce_coverageround SET {change} WHERE id = %s", round_.pk)


@pytest.mark.parametrize(
    ("state", "change", "refusal"),
    [
        ("proposed", "state = 'accepted'", "state"),
        ("rejected", "state = 'proposed'", "state"),
        ("enrolled", "state = 'accepted'", "state"),
        ("proposed", "state = 'verified'", "coverageentry_verified_by_somebody"),
        ("proposed", "state = 'returned', verified_by_id = created_by_id, verified_at = now()", "coverageentry_reason"),
        ("verified", "state = 'accepted'", "coverageentry_decided_by_somebody"),
        ("verified", "state = 'accepted', decided_by_id = created_by_id, decided_at = now()", "decided_by_another"),
        ("verified", "state = 'accepted', decided_by_id = verified_by_id, decided_at = now()", "decided_by_another"),
        ("accepted", "created_by_id = NULL", "decided_by_another"),
        ("accepted", "state = 'enrolled'", "coverageentry_enrolled_has_day"),
        ("accepted", "covered_from_on = '2027-01-01'", "coverageentry_enrolled_has_day"),
        ("accepted", "state = 'failed'", "coverageentry_reason"),
        ("proposed", "state = 'withdrawn'", "coverageentry_withdrawn_has_time"),
    ],
)
def test_the_database_refuses_a_step_that_cannot_be(state, change, refusal):
    made = entry(RoundFactory(), state)

    with pytest.raises(Exception, match=refusal):
        sql(f"UPDATE workforce_coverageentry SET {change} WHERE id = %s", made.pk)


def test_a_proposal_begins_as_proposed():
    person = candidate()

    with pytest.raises(IntegrityError, match="begins as proposed"):
        CoverageEntry.objects.create(
            round=RoundFactory(), person=person, conditions={}, proposed_at=timezone.now(), state="verified",
            verified_by=UserFactory(), verified_at=timezone.now(),
        )  # fmt: skip


def test_nobody_is_proposed_without_consent():
    with pytest.raises(IntegrityError, match="has not consented"):
        CoverageEntry.objects.create(
            round=RoundFactory(), person=PersonFactory(), conditions={}, proposed_at=timezone.now()
        )


def test_a_person_is_proposed_once_over_all_rounds():
    made = entry(RoundFactory())

    with pytest.raises(IntegrityError, match="coverageentry_one_open_per_person"):
        entry(RoundFactory(), person=made.person)


def test_the_quota_is_never_exceeded_nor_lowered_below_the_places_taken():
    round_ = RoundFactory(quota=1, budget_per_month_idr=16_800)
    entry(round_, "accepted")

    with pytest.raises(IntegrityError, match="is used up"), transaction.atomic():
        entry(round_, "accepted")
    wider = RoundFactory(quota=2)
    entry(wider, "accepted")
    entry(wider, "enrolled")
    with pytest.raises(IntegrityError, match="given away more places"):
        sql("UPDATE workforce_coverageround SET quota = 1 WHERE id = %s", wider.pk)


@pytest.mark.parametrize("state", ["proposed", "returned", "verified", "waiting", "accepted", "failed"])
def test_a_withdrawn_consent_ends_the_proposal_at_once(state):
    made = entry(RoundFactory(), state)

    sql("UPDATE workforce_consent SET withdrawn_at = now() WHERE person_id = %s", made.person_id)

    made.refresh_from_db()
    assert (made.state, made.withdrawn_at is None) == ("withdrawn", False)


def test_a_withdrawn_consent_leaves_what_is_over():
    made = entry(RoundFactory(), "enrolled")

    sql("UPDATE workforce_consent SET withdrawn_at = now() WHERE person_id = %s", made.person_id)

    made.refresh_from_db()
    assert made.state == "enrolled"


@pytest.mark.django_db(transaction=True)
def test_two_people_deciding_at_once_never_exceed_the_quota():
    round_ = RoundFactory(quota=1, budget_per_month_idr=16_800)
    entries = [entry(round_, "verified") for _ in range(2)]
    deciders = [UserFactory() for _ in range(2)]
    told: list[str] = []
    start = threading.Barrier(2)

    def decide(number: int) -> None:
        try:
            start.wait()
            actions.decide(entries=[entries[number]], outcome="accepted", by=deciders[number], at=timezone.now())
            told.append("accepted")
        except actions.QuotaFull:
            told.append("full")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["accepted", "full"]
    assert CoverageEntry.objects.filter(state="accepted").count() == 1


# --- Candidates -----------------------------------------------------------------------------------------------------


def test_the_statement_and_the_rules_tell_the_same(monkeypatch, today):
    import random

    monkeypatch.setattr(demo, "WORKERS_COUNT", 300)
    demo.seed(random.Random(5), [], timezone.now())
    window = queries.age_window(today)

    found = list(queries.candidates(Person.objects.all(), today, window))

    told = {one.pk: rules.verdict_of(rules.eligibility(queries.facts_of(one, window, today))) for one in found}
    assert {one.pk: one.verdict for one in found} == told
    assert set(told.values()) == set(Verdict.values)
    weights = queries.risk_weights(today)
    assert all(one.risk_points == rules.risk_points(queries.reasons_of(one), weights) for one in found)
    assert [one.risk_points for one in found] == sorted((one.risk_points for one in found), reverse=True)


def test_the_reasons_of_a_risk_are_those_the_data_hold(today):
    person = candidate(PersonFactory(birth_on=date(1970, 1, 1)), steps=["CLP"], place="home")

    found = queries.candidates(Person.objects.all(), today, queries.age_window(today)).get(pk=person.pk)

    assert queries.reasons_of(found) == ["chemical", "age", "home"]
    assert found.risk_points == 3 + 2 + 1


def test_an_employer_who_pays_and_a_covered_worker_are_no_candidates(today):
    by_employer = candidate()
    CoveragePeriod.objects.filter(person=by_employer, programme="jkk").delete()
    CoverageFactory(person=by_employer, segment="pu", payer="employer")

    found = queries.candidates(Person.objects.all(), today, queries.age_window(today)).get()

    assert (found.verdict, found.by_employer) == ("not", True)


# --- The way of a proposal ------------------------------------------------------------------------------------------


def test_from_the_ranked_list_to_covered(workforce_officer, workforce_head, ward_officer, as_user, today):
    round_ = RoundFactory()
    person = candidate(PersonFactory(name="Siti Usulan"))
    candidate(PersonFactory(name="Tanpa NIK", number=None, nik=None))
    office, head, ward = as_user(workforce_officer), as_user(workforce_head), as_user(ward_officer)
    candidates_url = reverse("workforce:round-candidates", args=[round_.public_id])

    page = office.get(candidates_url).content.decode()
    assert "Siti Usulan" in page
    assert "Tanpa NIK" not in page
    assert "Tanpa NIK" in office.get(candidates_url, {"syarat": "unknown"}).content.decode()
    office.post(candidates_url, {"pilih": [str(person.public_id), "bukan-kode"]})
    made = CoverageEntry.objects.get()
    assert (made.person, made.state, set(made.conditions.values())) == (person, "proposed", {"eligible"})

    assert "Siti Usulan" in ward.get(reverse("workforce:verification-list")).content.decode()
    verify_url = reverse("workforce:verification", args=[made.public_id])
    assert "kepesertaan" not in ward.get(verify_url).content.decode().split("<main")[1].split("</main")[0].lower()
    ward.post(verify_url, {"kembalikan": "1", "reason": "Pindah rumah"})
    made.refresh_from_db()
    assert (made.state, made.reason) == ("returned", "Pindah rumah")
    office.post(reverse("workforce:entry-again", args=[made.public_id]))
    ward.post(verify_url, {"benar": "1"})
    made.refresh_from_db()
    assert (made.state, made.verified_by) == ("verified", ward_officer)

    decide_url = reverse("workforce:round-decide", args=[round_.public_id])
    assert office.get(decide_url).status_code == 403
    chosen = {"pilih": [str(made.public_id)], "outcome": "waiting", "reason": ""}
    assert list(head.post(decide_url, chosen).context["form"].errors) == ["reason"]
    head.post(decide_url, chosen | {"outcome": "accepted"})
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("accepted", workforce_head)
    assert head.get(round_.get_absolute_url()).context["left"] == 9


def test_whoever_proposed_does_not_decide(workforce_head, as_user):
    round_ = RoundFactory()
    made = entry(round_, "verified", by=workforce_head)

    response = as_user(workforce_head).post(
        reverse("workforce:round-decide", args=[round_.public_id]),
        {"pilih": [str(made.public_id)], "outcome": "accepted"},
    )

    assert "Pengusul dan pemeriksa tidak boleh memutuskan" in response.content.decode()
    made.refresh_from_db()
    assert made.state == "verified"


def test_more_than_the_quota_is_told_and_nothing_is_saved(workforce_head, as_user):
    round_ = RoundFactory(quota=1, budget_per_month_idr=16_800)
    made = [entry(round_, "verified") for _ in range(2)]

    response = as_user(workforce_head).post(
        reverse("workforce:round-decide", args=[round_.public_id]),
        {"pilih": [str(one.public_id) for one in made], "outcome": "accepted"},
    )

    assert "Kuota putaran ini habis" in response.content.decode()
    assert not CoverageEntry.objects.filter(state="accepted").exists()


def test_the_upload_file_holds_the_full_nik_and_is_logged(workforce_head, workforce_officer, as_user):
    round_ = RoundFactory()
    made = entry(round_, "accepted", person=candidate(PersonFactory(name="=Siti Berkas", number=nik(77))))
    url = reverse("workforce:round-upload-file", args=[round_.public_id])

    assert as_user(workforce_officer).get(url).status_code == 403
    client = as_user(workforce_head)
    template = client.get(url).context["form"].fields["template"].queryset.get().pk
    assert list(client.post(url, {"template": template, "kind": "csv", "purpose": ""}).context["form"].errors) == [
        "purpose"
    ]
    response = client.post(url, {"template": template, "kind": "csv", "purpose": "Pendaftaran BPJS"})

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["NO", "NIK", "NAMA LENGKAP"]
    assert rows[1][1:4] == [nik(77), "'=Siti Berkas", "05-03-1990"]
    logged = AccessEvent.objects.filter(subject_id=str(made.person_id), purpose="Pendaftaran BPJS").get()
    assert (logged.user, "nik" in logged.fields) == (workforce_head, True)
    round_.refresh_from_db()
    assert round_.handed_over_at is not None


def test_a_round_is_planned_with_the_dated_premium(workforce_officer, as_user):
    typed = {
        "title": "Batik Berlian 2027 I", "programme": "berlian", "year": "2027", "opens_on": "2026-11-01",
        "closes_on": "2026-12-31", "from_on": "2027-01-01", "until_on": "2027-12-31", "quota": "10",
        "budget_per_month_idr": "168.000",
    }  # fmt: skip
    client = as_user(workforce_officer)
    url = reverse("workforce:round-new")

    assert list(client.post(url, typed | {"quota": "11"}).context["form"].errors) == ["budget_per_month_idr"]
    assert list(client.post(url, typed | {"until_on": "2026-01-01"}).context["form"].errors) == ["until_on"]
    client.post(url, typed)

    made = CoverageRound.objects.get()
    assert (made.premium_idr, made.premium.series.code) == (16_800, "bpu_premium_jkk_jkm")
    assert list(client.post(url, typed).context["form"].errors) == ["title"]


# --- Who sees what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role",
    [
        "administrator", "leader", "planner", "waste_head", "waste_officer", "field_officer", "lab", "cadre",
        "market_head", "market_officer", "selection_secretary", "reviewer", "data_clerk", "auditor", "owner",
        "outsider",
    ],
)  # fmt: skip
def test_nobody_else_reads_a_proposal(role, as_user, request):
    made = entry(RoundFactory(), person=candidate(PersonFactory(name="Siti Rahasia")))
    client = as_user(request.getfixturevalue(role))
    doors = [
        made.get_absolute_url(),
        reverse("workforce:verification-list"),
        reverse("workforce:verification", args=[made.public_id]),
        reverse("workforce:round-candidates", args=[made.round.public_id]),
        reverse("workforce:round-decide", args=[made.round.public_id]),
        reverse("workforce:round-upload-file", args=[made.round.public_id]),
        reverse("workforce:round-new"),
    ]

    for url in doors:
        assert client.get(url).status_code == 403, url
    page = client.get(made.round.get_absolute_url())
    assert page.status_code == (200 if role in ("leader", "planner") else 403)
    assert "Siti Rahasia" not in page.content.decode()


def test_small_counts_are_hidden_from_those_who_read_no_proposals(leader, workforce_head, as_user):
    round_ = RoundFactory()
    entry(round_)

    counts = [as_user(one).get(round_.get_absolute_url()).context["counts"] for one in (leader, workforce_head)]
    assert [[(count, state) for _label, count, state in rows] for rows in counts] == [
        [(None, "proposed")],
        [(1, "proposed")],
    ]


def test_what_the_agency_refused_can_be_decided_again(workforce_head, as_user):
    refused = entry(RoundFactory(), "failed")
    page = as_user(workforce_head)

    waiting = page.get(reverse("workforce:round-decide", args=[refused.round.public_id])).context["page"]
    assert [one.pk for one in waiting] == [refused.pk]
    actions.decide(entries=[refused], outcome="accepted", by=workforce_head, at=timezone.now())
    refused.refresh_from_db()
    assert refused.state == "accepted"


def test_a_ward_officer_sees_only_the_own_ward(ward_officer, as_user):
    round_ = RoundFactory()
    near = entry(round_, person=candidate(PersonFactory(name="Orang Kauman")))
    jenggot = Area.objects.get(name="Jenggot", level="ward")
    far = entry(round_, person=candidate(PersonFactory(name="Orang Jenggot", ward=jenggot)))
    assignment = ward_officer.role_assignments.get()
    assignment.area = near.person.ward
    assignment.save()
    client = as_user(ward_officer)

    page = client.get(reverse("workforce:verification-list")).content.decode()

    assert "Orang Kauman" in page
    assert "Orang Jenggot" not in page
    assert client.get(reverse("workforce:verification", args=[far.public_id])).status_code == 404


def test_the_lists_ask_the_same_number_of_questions_for_one_and_thirty(workforce_head, as_user):
    round_ = RoundFactory(quota=100, budget_per_month_idr=1_680_000)
    client = as_user(workforce_head)
    urls = [round_.get_absolute_url(), reverse("workforce:round-candidates", args=[round_.public_id])]
    entry(round_)
    candidate()
    for url in urls:
        client.get(url)
    counted = []
    for _turn in range(2):
        for url in urls:
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            counted.append(len(captured))
        for _ in range(8):
            entry(round_)
            candidate()

    assert counted[:2] == counted[2:]


def test_hazards_have_controls_and_belong_to_steps():
    assert StepHazard.objects.filter(step__code="CLP", kind="chemical").get().controls
    with pytest.raises(IntegrityError, match="stephazard_is_told"):
        sql("UPDATE workforce_stephazard SET controls = '{}'")
    with pytest.raises(IntegrityError, match="stephazard_in_order"):
        sql("UPDATE workforce_stephazard SET valid_until = valid_from - 1")


def test_a_mended_proposal_asks_the_conditions_anew(workforce_officer, today):
    made = entry(RoundFactory(), "returned")
    Person.objects.filter(pk=made.person_id).update(birth_on=today - timedelta(days=366 * 70))

    with pytest.raises(actions.NotEligible):
        actions.propose_again(entry=made, by=workforce_officer, at=timezone.now())
    assert CoverageEntry.objects.get().state == EntryState.RETURNED


def test_engagements_elsewhere_are_no_matter(today):
    EngagementFactory()

    assert queries.candidates(Person.objects.all(), today, None).get().verdict == "not"
