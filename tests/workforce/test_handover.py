"""Handover: what the database refuses, who is suggested and why, who sees a plan, and the way to its end."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from batikportal.contracts import Period, Scope
from batikportal.models import AccessEvent
from tests.factories import apprenticeship as factories
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import EngagementFactory
from workforce.alerts.handover import find_overdue_milestones
from workforce.choices.skills import SkillLevel
from workforce.models import HandoverMilestone, Person, SkillClaim, SuccessionPlan, SuccessorCandidate
from workforce.queries import handover as queries
from workforce.queries import matching
from workforce.rules import handover as rules

pytestmark = pytest.mark.django_db


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def officer(as_user, workforce_officer):
    return as_user(workforce_officer)


@pytest.fixture
def plan():
    return factories.PlanFactory()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("step_id = NULL", "successionplan_says_what"),
        ("kind = 'owner'", "successionplan_says_what"),
        ("target_on = '2025-01-01'", "successionplan_in_order"),
        ("stop_reason = 'x'", "successionplan_stop_has_reason"),
        ("state = 'stopped'", "successionplan_stop_has_reason"),
        ("state = 'done'", "successionplan_done_has_successor"),
    ],
)
def test_impossible_plans_are_refused(plan, change, constraint):
    with pytest.raises(IntegrityError) as error:
        sql(f"UPDATE workforce_successionplan SET {change} WHERE id = %s", plan.pk)

    assert error.value.__cause__.diag.constraint_name == constraint


def test_a_finished_plan_never_moves(plan):
    candidate = factories.CandidateFactory(plan=plan)
    sql("UPDATE workforce_successionplan SET state = 'done', successor_id = %s WHERE id = %s", candidate.pk, plan.pk)

    with pytest.raises(DatabaseError, match="Invalid transition"):
        sql("UPDATE workforce_successionplan SET state = 'open', successor_id = NULL WHERE id = %s", plan.pk)


def test_one_live_plan_per_person_and_kind(plan):
    with pytest.raises(IntegrityError, match="successionplan_one_live_per_person"), transaction.atomic():
        factories.PlanFactory(person=plan.person)


@pytest.mark.parametrize(
    "columns", ["name = ''", "person_id = (SELECT person_id FROM workforce_successionplan LIMIT 1)"]
)
def test_a_candidate_is_a_person_or_a_name(plan, columns):
    candidate = factories.CandidateFactory(plan=plan)

    with pytest.raises(IntegrityError, match="successorcandidate_is_somebody"):
        sql(f"UPDATE workforce_successorcandidate SET {columns} WHERE id = %s", candidate.pk)


def test_a_closed_milestone_has_its_day(plan):
    milestone = plan.milestones.create(title="Bicara", due_on=date(2026, 2, 1))

    with pytest.raises(IntegrityError, match="handovermilestone_closed_has_day"):
        sql("UPDATE workforce_handovermilestone SET state = 'done' WHERE id = %s", milestone.pk)


@pytest.mark.parametrize(
    ("willing", "done", "planned"),
    [([], 0, 0), (["unknown"], 0, 2), (["yes", "no"], 0, 0), (["yes"], 0, 2), (["yes"], 1, 1), (["yes"], 2, 0)],
)
def test_the_database_reads_readiness_as_the_rule_does(plan, willing, done, planned):
    for answer in willing:
        factories.CandidateFactory(plan=plan, willing=answer)
    for number in range(done + planned):
        closed = {"state": "done", "closed_on": date(2026, 2, 2)} if number < done else {}
        plan.milestones.create(title=str(number), due_on=date(2026, 2, 1), **closed)
    plan.milestones.create(title="batal", due_on=date(2026, 2, 1), state="skipped", closed_on=date(2026, 2, 2))

    told = queries.with_progress(SuccessionPlan.objects.all()).get().readiness
    assert told == rules.readiness(
        candidates=len(willing), willing=willing.count("yes"), milestones=done + planned, done=done
    )


def test_successors_are_suggested_with_their_reasons(plan, today):
    shop = EnterpriseFactory()
    EngagementFactory(person=plan.person, enterprise=shop)
    young = date(today.year - 25, 1, 1)
    kin = EngagementFactory(person__name="Anak Contoh", person__birth_on=young, enterprise=shop, role="family").person
    other = EngagementFactory(person__name="Tetangga Contoh", person__birth_on=young, steps=["NGL"]).person
    EngagementFactory(person__name="Tua Contoh", person__birth_on=date(today.year - 45, 1, 1), enterprise=shop)
    EngagementFactory(person__name="Lain Contoh", person__birth_on=young, steps=["JAH"])

    found = matching.successors_for(plan, Person.objects.all(), today)
    assert [(one.person, [str(reason) for reason in one.reasons]) for one in found] == [
        (
            kin,
            [
                "keluarga di usaha yang sama", "mengerjakan proses yang sama", "bekerja di usaha yang sama",
                "tinggal di kelurahan yang sama", "masih muda",
            ],
        ),
        (other, ["mengerjakan proses yang sama", "tinggal di kelurahan yang sama", "masih muda"]),
    ]  # fmt: skip
    factories.CandidateFactory(plan=plan, person=kin, name="")
    assert [one.person for one in matching.successors_for(plan, Person.objects.all(), today)] == [other]


def test_owners_and_masters_without_a_plan_are_asked(today):
    owner = EngagementFactory(
        person__birth_on=date(today.year - 70, 1, 1), enterprise=EnterpriseFactory(), role="own_account"
    ).person
    master = EngagementFactory(person__birth_on=date(today.year - 60, 1, 1)).person
    SkillClaim.objects.create(
        person=master, step=factories.step("NGL"), level=SkillLevel.MASTER, evidence="self", from_on=date(2020, 1, 1)
    )
    EngagementFactory(person__birth_on=date(today.year - 70, 1, 1))

    rows, total = matching.people_to_ask(Person.objects.all(), today)
    assert [(one.person, one.kind) for one in rows] == [(owner, "owner"), (master, "master")]
    assert total == 2
    factories.PlanFactory(person=master)
    assert matching.people_to_ask(Person.objects.all(), today)[1] == 1


def test_heir_readiness_counts_firms_with_old_owners(today):
    firms = [
        EngagementFactory(
            person__birth_on=date(today.year - 60, 1, 1), enterprise=EnterpriseFactory(), role="own_account"
        )
        for _number in range(3)
    ]
    EngagementFactory(person__birth_on=date(today.year - 40, 1, 1), enterprise=EnterpriseFactory(), role="own_account")
    for engagement, willing in zip(firms, ("yes", "unknown", "no"), strict=True):
        plan = factories.PlanFactory(
            kind="owner", person=engagement.person, enterprise=engagement.enterprise, step=None
        )
        factories.CandidateFactory(plan=plan, willing=willing)

    assert queries.heir_readiness(today) == queries.HeirReadiness(firms=3, named=2, willing=1)


def test_a_plan_goes_from_the_wish_to_the_successor(officer, today):
    person = EngagementFactory(person__birth_on=date(1960, 1, 2)).person
    new = reverse("workforce:handover-new", args=[person.public_id])
    typed = {"kind": "master", "wish": "apprentice", "wished_on": today.isoformat(), "step": "NGL"}
    for change, field in (
        ({"step": ""}, "step"),
        ({"kind": "owner", "step": ""}, "enterprise"),
        ({"wished_on": "2999-01-01"}, "wished_on"),
        ({"target_on": "2020-01-01"}, "target_on"),
    ):
        assert list(officer.post(new, typed | change).context["form"].errors) == [field]
    officer.post(new, typed)
    plan = SuccessionPlan.objects.get()
    assert list(officer.post(new, typed).context["form"].errors) == ["__all__"]

    one = [plan.public_id]
    candidate_url = reverse("workforce:candidate-new", args=one)
    assert officer.post(candidate_url, {"relation": "child", "willing": "unknown"}).context["form"].errors
    officer.post(candidate_url, {"name": "Anak Contoh", "relation": "child", "willing": "unknown"})
    candidate = SuccessorCandidate.objects.get()
    officer.post(reverse("workforce:candidate-willing", args=[candidate.public_id]), {"willing": "yes"})
    for _time in range(2):
        officer.post(reverse("workforce:milestones-usual", args=one))
    assert HandoverMilestone.objects.count() == 4
    first = plan.milestones.first()
    officer.post(
        reverse("workforce:milestone-close", args=[first.public_id]), {"state": "done", "on": today.isoformat()}
    )
    plan.refresh_from_db()
    assert plan.state == "running"
    done = reverse("workforce:handover-move", args=[*one, "selesai"])
    assert list(officer.post(done, {"on": today.isoformat()}).context["form"].errors) == ["successor"]
    officer.post(done, {"on": today.isoformat(), "successor": str(candidate.public_id)})
    plan.refresh_from_db()
    assert (plan.state, plan.successor) == ("done", candidate)
    page = officer.get(plan.get_absolute_url()).content.decode()
    assert "Selesai diserahkan" in page
    assert "Tambah calon" not in page


def test_stopping_asks_why_and_can_be_taken_up_again(officer, plan, today):
    stop = reverse("workforce:handover-move", args=[plan.public_id, "hentikan"])
    assert officer.post(stop, {"on": today.isoformat(), "reason": ""}).context["form"].errors
    officer.post(stop, {"on": today.isoformat(), "reason": "Sudah pindah kota"})
    officer.post(reverse("workforce:handover-move", args=[plan.public_id, "buka-lagi"]), {"on": today.isoformat()})

    plan.refresh_from_db()
    assert (plan.state, plan.stop_reason) == ("open", "")


@pytest.mark.parametrize("role", ["leader", "planner", "cadre", "owner", "selection_secretary", "market_officer"])
def test_no_other_role_reaches_a_plan(request, as_user, plan, role):
    client = as_user(request.getfixturevalue(role))
    milestone = plan.milestones.create(title="Bicara", due_on=date(2026, 2, 1))
    candidate = factories.CandidateFactory(plan=plan)
    urls = [
        reverse("workforce:handover-list"),
        reverse("workforce:handover-export"),
        plan.get_absolute_url(),
        reverse("workforce:candidate-new", args=[plan.public_id]),
        reverse("workforce:candidate-willing", args=[candidate.public_id]),
        reverse("workforce:milestone-close", args=[milestone.public_id]),
        reverse("workforce:handover-new", args=[plan.person.public_id]),
    ]

    assert {client.get(url).status_code for url in urls} == {403}


def test_the_list_filters_downloads_and_costs_the_same_for_many(officer, today):
    first = factories.PlanFactory(person__name="Aaa Contoh")
    first.milestones.create(title="Bicara", due_on=today - timedelta(days=1))

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(reverse("workforce:handover-list")).status_code == 200
        return len(captured)

    asked()
    one = asked()
    for number in range(24):
        factories.CandidateFactory(plan=factories.PlanFactory(person__name=f"Zzz {number}"))
    assert asked() == one
    late = officer.get(reverse("workforce:handover-list"), {"terlambat": "on"})
    assert [row.person.name for row in late.context["page"]] == ["Aaa Contoh"]
    text = officer.get(reverse("workforce:handover-export"), {"kesiapan": "none"}).content.decode()
    assert "Aaa Contoh" in text
    assert "Zzz" not in text
    assert AccessEvent.objects.filter(subject_type="workforce.successionplan").count() == 1


def test_late_milestones_of_live_plans_are_alerts(plan, today):
    scope = Scope(period=Period(today, today), area=None, today=today)
    plan.milestones.create(title="Terlambat", due_on=today - timedelta(days=1))
    plan.milestones.create(title="Hari ini", due_on=today)
    stopped = factories.PlanFactory(state="stopped", stop_reason="Pindah kota")
    stopped.milestones.create(title="Tidak lagi", due_on=today - timedelta(days=9))

    assert [one.detail for one in find_overdue_milestones(scope).items] == ["Terlambat"]
