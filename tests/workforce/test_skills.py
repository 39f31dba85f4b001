"""Skills: what the database refuses, what replaces what, who counts as a master, and who may record."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from tests.factories.workforce import EngagementFactory, PersonFactory, SkillFactory, step, ward
from tests.raw_sql import sql
from workforce.actions import skills as actions
from workforce.models import SkillClaim
from workforce.queries import WorkerFilter, workers_matching
from workforce.queries.skills import Master, masters_of_steps

pytestmark = pytest.mark.django_db

TYPED = {"step": "NGL", "level": "3", "evidence": "master", "attested_by": "Bu Contoh", "from_on": "2015-01-01"}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("level = 5", "level_known"),
        ("attested_by = 'Bu Contoh'", "evidence_has_a_name"),
        ("evidence = 'master'", "evidence_has_a_name"),
        ("evidence = 'hearsay'", "evidence_has_a_name"),
        ("evidence = 'certificate', attested_by = 'LSP', level = 1", "evidence_has_a_name"),
        ("until_on = '2020-01-01'", "end_has_reason"),
        ("end_reason = 'lost'", "end_has_reason"),
        ("until_on = '2014-12-31', end_reason = 'lost'", "end_has_reason"),
        ("until_on = '2020-01-01', end_reason = 'mood'", "end_has_reason"),
    ],
)
def test_the_database_refuses_what_cannot_be(change, constraint):
    SkillFactory()

    with pytest.raises(IntegrityError, match=constraint):
        sql(f"UPDATE workforce_skillclaim SET {change}")


def test_one_claim_stands_per_person_step_and_level():
    claim = SkillFactory()
    SkillFactory(person=claim.person, level=2)

    with pytest.raises(IntegrityError, match="one_standing_per_level"):
        SkillFactory(person=claim.person)


# --- Recording ------------------------------------------------------------------------------------------------------


def claim(person, by, now, **changes):
    said = {"step": step(), "level": 3, "evidence": "self", "from_on": date(2015, 1, 1)} | changes
    return actions.record_skill(person=person, **said, by=by, at=now)


def test_better_evidence_replaces_a_claim_and_keeps_it(workforce_officer, now):
    person = PersonFactory()
    first = claim(person, workforce_officer, now)
    second = claim(person, workforce_officer, now, evidence="master", attested_by="Bu Contoh")

    first.refresh_from_db()
    assert (first.until_on, first.end_reason) == (date(2026, 11, 23), "replaced")
    assert list(SkillClaim.objects.standing()) == [second]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, actions.SkillStands),
        ({"evidence": "self", "attested_by": "", "from_on": date(2019, 1, 1)}, actions.SkillStands),
        ({"evidence": "certificate", "attested_by": ""}, actions.SkillEvidenceDoesNotFit),
        ({"evidence": "self"}, actions.SkillEvidenceDoesNotFit),
        ({"from_on": date(2026, 11, 24)}, actions.InTheFuture),
    ],
)
def test_what_says_nothing_new_or_cannot_be_is_refused(changes, refusal, workforce_officer, now):
    person = PersonFactory()
    told = {"evidence": "master", "attested_by": "Bu Contoh"}
    claim(person, workforce_officer, now, **told)

    with pytest.raises(refusal):
        claim(person, workforce_officer, now, **(told | changes))
    assert SkillClaim.objects.count() == 1


def test_an_ended_claim_ends_once(workforce_officer, now):
    one = SkillFactory()
    actions.end_skill(claim=one, reason="lost", by=workforce_officer, at=now)

    with pytest.raises(actions.SkillEnded):
        actions.end_skill(claim=one, reason="wrong", by=workforce_officer, at=now)


# --- Masters --------------------------------------------------------------------------------------------------------


def at_work(level: int, **changes):
    person = EngagementFactory(steps=["NGL"]).person
    SkillFactory(person=person, level=level, **changes)
    return person


def test_masters_are_at_work_alive_and_at_level_three_or_more(now):
    on = date(2026, 11, 23)
    master = at_work(3)
    SkillFactory(person=master, level=4, evidence="master", attested_by="Bu Contoh")
    at_work(2)
    at_work(3, until_on=date(2025, 1, 1), end_reason="lost")
    at_work(3, until_on=on, end_reason="wrong")
    at_work(3, from_on=date(2026, 12, 1))
    SkillFactory()
    gone = at_work(3)
    EngagementFactory(person=gone, until_on=date(2026, 1, 1), exit_reason="died", is_main=False)
    own = EngagementFactory(enterprise=None, role="own_account", steps=["CAP"], person__ward=None,
                            person__residence_outside="Kab. Batang").person  # fmt: skip
    SkillFactory(person=own, step=step("CAP"))

    kauman = ward()
    assert masters_of_steps(on) == [
        Master(step().pk, master.pk, 4, "master", date(1990, 3, 5), None, kauman.pk, kauman.parent_id),
        Master(step("CAP").pk, own.pk, 3, "self", date(1990, 3, 5), None, None, None),
    ]
    assert len(masters_of_steps(on, level=2)) == 3


def test_the_list_is_narrowed_to_who_masters_a_step(workforce_officer, as_user):
    master, other = at_work(3), at_work(2)
    on = date(2026, 11, 23)
    people = type(master).objects.all()

    assert list(workers_matching(people, WorkerFilter(on=on, mastered="NGL"))) == [master]
    assert set(workers_matching(people, WorkerFilter(on=on, mastered="NGL", level=2))) == {master, other}
    assert not workers_matching(people, WorkerFilter(on=on, mastered="CAP"))
    page = as_user(workforce_officer).get(reverse("workforce:worker-list"), {"menguasai": "NGL"})
    assert [person for person, _age in page.context["rows"]] == [master]


# --- Pages ----------------------------------------------------------------------------------------------------------


def test_an_officer_records_and_ends_a_skill(worker, workforce_officer, as_user):
    client = as_user(workforce_officer)
    url = reverse("workforce:skill-new", args=[worker.public_id])

    page = client.post(url, TYPED, follow=True).content.decode()
    made = worker.skill_claims.get()
    assert (made.level, made.attested_by, made.created_by) == (3, "Bu Contoh", workforce_officer)
    assert "Mahir (pekerjaan sulit, cepat)" in page

    end = reverse("workforce:skill-end", args=[made.public_id])
    assert list(client.post(end, {"reason": ""}).context["form"].errors) == ["reason"]
    client.post(end, {"reason": "lost"})
    made.refresh_from_db()
    assert made.end_reason == "lost"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"step": ""}, "step"),
        ({"level": "9"}, "level"),
        ({"attested_by": ""}, "attested_by"),
        ({"evidence": "certificate", "level": "1"}, "level"),
        ({"from_on": "2999-01-01"}, "from_on"),
    ],
)
def test_bad_input_is_told_at_its_field(change, field, worker, workforce_officer, as_user):
    response = as_user(workforce_officer).post(reverse("workforce:skill-new", args=[worker.public_id]), TYPED | change)

    assert list(response.context["form"].errors) == [field]
    assert not worker.skill_claims.exists()


@pytest.mark.parametrize("role", ["leader", "planner", "cadre", "market_officer", "data_clerk", "owner"])
def test_others_reach_no_skill(role, worker, as_user, request):
    user = request.getfixturevalue(role)
    skill = SkillFactory(person=worker)

    assert not SkillClaim.objects.visible_to(user).exists()
    for name, key in (("skill-new", worker.public_id), ("skill-end", skill.public_id)):
        assert as_user(user).get(reverse(f"workforce:{name}", args=[key])).status_code == 403


def test_an_officer_of_another_area_gets_404(worker, workforce_officer, as_user):
    workforce_officer.role_assignments.update(area=ward("33.75.04.1004"))
    skill = SkillFactory(person=worker)

    assert as_user(workforce_officer).get(reverse("workforce:skill-end", args=[skill.public_id])).status_code == 404
