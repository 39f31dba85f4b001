"""Knowledge at risk: what the count of masters says of a step, what a panel says, and who sees what."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import portal
from tests.factories.workforce import EngagementFactory, step
from tests.workforce.test_projection_rules import RISKS
from workforce.models import CraftAssessment, SkillClaim
from workforce.queries import knowledge as queries
from workforce.rules import knowledge as rules

pytestmark = pytest.mark.django_db

AGES = RISKS.by_age()


def masters(count: int, code: str = "NGL", level: int = 3, born: date | None = date(1970, 1, 1), **person) -> None:
    """People at work at a step who master it."""
    for _n in range(count):
        engagement = EngagementFactory(person__number=None, person__birth_on=born, steps=[code], **person)
        SkillClaim.objects.create(
            person=engagement.person, step=step(code), level=level, evidence="self", from_on=date(2021, 1, 1)
        )


def line(response, code: str = "NGL"):
    return next(one for one in response.context["lines"] if one.step.code == code)


# --- Rules ----------------------------------------------------------------------------------------------------------


def test_years_left_shrink_with_age_and_the_unknown_are_average():
    young, old = rules.years_left(30, AGES), rules.years_left(68, AGES)
    assert young > rules.years_left(None, AGES) > old
    # At 70 and older 0.5529 stay each year: a geometric row.
    assert rules.years_left(70, AGES) == pytest.approx(0.5 + 0.5529 / (1 - 0.5529), abs=1e-6)


def test_years_until_few_counts_expected_masters():
    # 0.5529 of five stay: 2.76 after a year.
    assert rules.years_until_few([70] * 5, AGES) == 1
    assert rules.years_until_few([70] * 6, AGES) == 2
    assert rules.years_until_few([70, 70], AGES) == 0
    assert rules.years_until_few([30] * 500, AGES) > 25


@pytest.mark.parametrize(
    ("masters", "until_few", "recorded", "workers", "risk"),
    [
        (0, 0, 0, 9, "unknown"),
        (0, 0, 0, 0, "red"),
        (2, 0, 2, 9, "red"),
        (3, 20, 9, 9, "amber"),
        (8, 10, 9, 9, "amber"),
        (8, 11, 9, 9, "green"),
        (900, None, 900, 900, "green"),
    ],
)
def test_risk_of_a_step(masters, until_few, recorded, workers, risk):
    assert rules.risk(masters, until_few, recorded, workers) == risk


def test_before_any_skill_is_recorded_no_step_is_red():
    assert rules.risk(0, 0, 0, 0, is_surveyed=False) == "unknown"


def test_critical_coverage_compares_the_young_with_the_old():
    assert rules.critical_coverage([30, 39, 40, 54, 55, 70, None]) == (2, 2, 1.0)
    assert rules.critical_coverage([30])[2] is None


# --- The registry ---------------------------------------------------------------------------------------------------


def test_a_step_counts_masters_learners_and_the_newest_judgement():
    masters(2)
    masters(1, level=2)
    masters(1, born=None)
    EngagementFactory(person__number=None, role="trainee")
    for on, status in ((date(2025, 1, 1), "viable"), (date(2026, 1, 1), "critical")):
        CraftAssessment.objects.create(step=step(), on=on, status=status, panel="Dinas", reasons="Karena itu.")

    one = next(found for found in queries.knowledge(date(2026, 6, 1)) if found.step.code == "NGL")

    assert (len(one.masters), len(one.holders), one.learners, one.workers) == (3, 4, 1, 5)
    assert (one.ages, one.median_age, one.assessment.status) == ([56, 56, None], 56, "critical")
    assert one.completeness == 4 / 5
    before = next(found for found in queries.knowledge(date(2025, 6, 1)) if found.step.code == "NGL")
    assert before.assessment.status == "viable"


def test_knowledge_of_a_district_is_that_of_its_residents():
    masters(3)
    home = queries.districts()
    by_area = [
        sum(len(found.masters) for found in queries.knowledge(timezone.localdate(), district)) for district in home
    ]
    assert sorted(by_area) == [0, 0, 0, 3]


# --- The database ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["UPDATE {} SET status = 'viable'", "DELETE FROM {}"])
def test_judgements_are_kept(statement):
    CraftAssessment.objects.create(step=step(), on=date(2026, 1, 1), status="critical", panel="Dinas", reasons="x")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("workforce_craftassessment"))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [({"status": "lost"}, "status_known"), ({"reasons": ""}, "says_who_and_why"), ({"panel": ""}, "says_who_and_why")],
)
def test_the_database_refuses_empty_judgements(changes, constraint):
    given = {"step": step(), "on": date(2026, 1, 1), "status": "critical", "panel": "Dinas", "reasons": "x"} | changes
    with pytest.raises(IntegrityError, match=f"craftassessment_{constraint}"), transaction.atomic():
        CraftAssessment.objects.create(**given)


# --- Pages ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def head(client):
    client.force_login(portal.StaffFactory(role="workforce_head", office="dinperinaker"))
    return client


@pytest.fixture
def leader(client):
    client.force_login(portal.StaffFactory(role="leader", office="mayor"))
    return client


def test_the_table_opens_the_people_it_counts(head):
    masters(2)
    found = line(head.get(reverse("workforce:knowledge")))
    assert (found.masters, found.risk) == (2, "red")
    opened = head.get(found.url)
    assert opened.context["page"].paginator.count == 2
    district = next(cell for cell in found.cells if cell.url)
    assert (district.count, district.is_few) == (2, True)
    assert head.get(district.url).context["page"].paginator.count == 2


def test_without_names_few_masters_are_hidden_and_the_risk_is_told(leader):
    masters(2)
    masters(7, "CLT")
    page = leader.get(reverse("workforce:knowledge"))
    few, many = line(page), line(page, "CLT")
    assert (few.masters, few.risk, few.median_age, few.url) == (None, "red", None, "")
    assert {cell.count for cell in few.cells} == {None}
    assert (many.masters, many.median_age) == (7, 56)
    assert "kecamatan" not in page.context["filter"].fields
    detail = leader.get(reverse("workforce:knowledge-step", args=["NGL"]))
    assert (detail.context["wards"], detail.context["ages"]) == ([], None)
    lines = leader.get(reverse("workforce:knowledge-export")).content.decode().splitlines()
    assert next(row for row in lines if row.startswith("NGL;")).split(";")[2] == ""


def test_a_panel_judges_with_reasons(head):
    url = reverse("workforce:knowledge-assess", args=["NGL"])
    typed = {"on": timezone.localdate().isoformat(), "status": "endangered", "panel": "Kepala dinas",
             "reasons": "Yang muda makin sedikit di kelurahan ini."}  # fmt: skip
    for wrong in ({"reasons": "ya"}, {"on": "2999-01-01"}, {"panel": "3375024503909777"}, {"status": ""}):
        answer = head.post(url, typed | wrong)
        assert set(answer.context["form"].errors) == set(wrong)
    assert head.post(url, typed).url == reverse("workforce:knowledge-step", args=["NGL"])
    assert CraftAssessment.objects.get().status == "endangered"
    assert "Yang muda makin sedikit" in head.get(reverse("workforce:knowledge-step", args=["NGL"])).content.decode()


def test_leaders_do_not_judge_and_unknown_steps_are_missing(leader):
    assert leader.get(reverse("workforce:knowledge-assess", args=["NGL"])).status_code == 403
    assert leader.get(reverse("workforce:knowledge-step", args=["XXX"])).status_code == 404


@pytest.mark.parametrize("role", ["market_officer", "cadre"])
def test_others_see_nothing(client, role):
    client.force_login(portal.StaffFactory(role=role, office="dindagkop"))
    assert client.get(reverse("workforce:knowledge")).status_code == 403
    assert client.get(reverse("workforce:knowledge-step", args=["NGL"])).status_code == 403


def test_the_page_asks_the_same_number_of_queries(head):
    url = reverse("workforce:knowledge")
    masters(1)
    with CaptureQueriesContext(connection) as few:
        head.get(url)
    masters(12, "CLT")
    masters(12, "CAP")
    with CaptureQueriesContext(connection) as many:
        head.get(url)
    assert len(many) == len(few)
