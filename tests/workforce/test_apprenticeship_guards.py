"""What the database refuses of placements by any path, and what two people at once cannot do together."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.factories import apprenticeship as factories
from tests.factories.portal import EnterpriseFactory
from tests.factories.workforce import ConsentFactory, PersonFactory, step
from workforce.actions import duplicates, merging
from workforce.models import Consent, DuplicateCandidate, Placement, ReferenceFigure

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    return pytest.raises(DatabaseError, match=constraint)


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def name_of(error) -> str | None:
    return error.value.__cause__.diag.constraint_name


def start(placement: Placement, **columns) -> None:
    """Straight into the table, as no page would."""
    columns = {"state": "active", "started_on": date(2026, 3, 2), "planned_until": date(2026, 8, 31), **columns}
    names = ", ".join(f"{name} = %s" for name in columns)
    sql(f"UPDATE workforce_placement SET {names} WHERE id = %s", *columns.values(), placement.pk)


@pytest.fixture
def host():
    return EnterpriseFactory(workers_count=20)


@pytest.fixture
def mentor(host):
    return factories.mentor(host)


@pytest.fixture
def offered(host, mentor):
    """Ready to begin: an adult with consent, host and mentor."""
    person = PersonFactory(birth_on=date(2004, 5, 6))
    ConsentFactory(person=person, purpose="apprenticeship")
    return factories.PlacementFactory(
        person=person, host=host, mentor=mentor, state="offered", offered_on=date(2026, 2, 1)
    )


def of_age(placement: Placement, born: date, given_by: str = "guardian") -> None:
    placement.person.birth_on = born
    placement.person.save()
    Consent.objects.filter(person=placement.person).update(given_by=given_by, witness="Wali Contoh")


def test_a_ready_placement_begins(offered):
    start(offered)

    assert Placement.objects.get().state == "active"


@pytest.mark.parametrize(
    ("state", "column", "value", "constraint"),
    [
        ("offered", "person_id", None, "placement_person_from_offer_on"),
        ("offered", "host_id", None, "placement_host_from_offer_on"),
        ("dropped", "drop_reason", "", "placement_drop_has_reason"),
        ("offered", "drop_reason", "health", "placement_drop_has_reason"),
        ("offered", "ended_on", date(2026, 3, 1), "placement_end_has_day"),
        ("offered", "converted_on", date(2026, 3, 1), "placement_conversion_has_day"),
        ("offered", "paused_on", date(2026, 3, 1), "placement_pause_has_day"),
        ("offered", "offered_on", date(2025, 1, 1), "placement_days_in_order"),
        ("offered", "planned_until", date(2026, 9, 1), "placement_days_in_order"),
    ],
)
def test_impossible_rows_are_refused(offered, state, column, value, constraint):
    with pytest.raises(IntegrityError) as error:
        sql(f"UPDATE workforce_placement SET state = %s, {column} = %s WHERE id = %s", state, value, offered.pk)

    assert name_of(error) == constraint


def test_a_trial_needs_its_day(offered):
    with pytest.raises(DatabaseError) as error:
        sql("UPDATE workforce_placement SET state = 'trial' WHERE id = %s", offered.pk)

    # Without the day nobody's age can be told.
    assert name_of(error) == "placement_rules_known"


def test_a_mentor_is_somebody_else(offered):
    with pytest.raises(IntegrityError) as error:
        sql("UPDATE workforce_placement SET mentor_id = person_id WHERE id = %s", offered.pk)

    assert name_of(error) == "placement_mentor_is_somebody_else"


def test_beginning_needs_a_mentor(offered):
    with pytest.raises(IntegrityError) as error:
        start(offered, mentor_id=None)

    assert name_of(error) == "placement_begun_has_mentor_and_days"


def test_the_state_moves_by_its_table_only(offered):
    with refused("Invalid transition"):
        sql("UPDATE workforce_placement SET state = 'completed', ended_on = '2026-03-01' WHERE id = %s", offered.pk)


@pytest.mark.parametrize(
    ("born", "given_by", "constraint"),
    [
        # Seventeen only the day after the start.
        (date(2009, 3, 3), "guardian", "placement_old_enough"),
        (date(2009, 3, 2), "self", "placement_consented"),
        (date(2008, 3, 3), "self", "placement_consented"),
    ],
)
def test_minors_need_age_and_a_guardian(offered, born, given_by, constraint):
    of_age(offered, born, given_by)

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == constraint


def test_a_minor_with_guardian_begins_and_an_adult_needs_none(offered):
    of_age(offered, date(2009, 3, 2))
    start(offered)

    assert Placement.objects.get().state == "active"


def test_eighteen_on_the_day_is_an_adult(offered):
    of_age(offered, date(2008, 3, 2), "self")
    start(offered)

    assert Placement.objects.get().state == "active"


def test_a_minor_learns_no_forbidden_step_before_or_after_the_start(offered):
    of_age(offered, date(2008, 6, 1))
    offered.placement_steps.create(step=step("NGL"))
    with pytest.raises(IntegrityError) as error:
        start(offered)
    assert name_of(error) == "placement_steps_allowed"

    offered.placement_steps.all().delete()
    offered.placement_steps.create(step=step("DES"))
    start(offered)
    with pytest.raises(IntegrityError) as error:
        sql("INSERT INTO workforce_placementstep (placement_id, step_id) VALUES (%s, %s)", offered.pk, step("CLP").pk)
    assert name_of(error) == "placement_steps_allowed"


def test_an_unknown_age_cannot_be_judged(offered):
    offered.person.birth_on = None
    offered.person.save()

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == "placement_age_known"


def test_a_withdrawn_consent_counts_no_more(offered):
    Consent.objects.filter(person=offered.person).update(withdrawn_at="2026-02-01T00:00Z")

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == "placement_consented"


def test_without_the_figures_nobody_begins(offered):
    ReferenceFigure.objects.filter(series__code="apprentice_cap_percent").update(valid_until=date(2025, 12, 31))

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == "placement_rules_known"


def test_a_mentor_has_four(offered, mentor):
    for _number in range(4):
        factories.learning(mentor_person=mentor)

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == "placement_mentor_has_room"


def test_a_paused_apprentice_still_counts_for_the_mentor(offered, mentor):
    for _number in range(4):
        factories.learning(mentor_person=mentor, state="paused", paused_on=date(2026, 4, 1))

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == "placement_mentor_has_room"


@pytest.mark.parametrize("workers", [4, None])
def test_a_workshop_of_four_or_of_unknown_size_hosts_nobody_alone(offered, host, workers):
    host.workers_count = workers
    host.save()

    with pytest.raises(IntegrityError) as error:
        start(offered)

    assert name_of(error) == "placement_host_has_room"


def test_five_workshops_of_four_host_four_together_and_not_a_fifth(mentor):
    group = factories.GroupFactory()
    members = [factories.MemberFactory(group=group).enterprise for _number in range(5)]
    for member in members[:4]:
        factories.learning(host=member, host_group=group)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        factories.learning(host=members[4], host_group=group)
    assert name_of(error) == "placement_host_has_room"


def test_a_member_of_a_group_does_not_host_beside_it():
    member = factories.MemberFactory(enterprise__workers_count=50)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        factories.learning(host=member.enterprise)
    assert name_of(error) == "placement_through_group"


def test_informal_learning_knows_no_cap_but_every_other_guard(host):
    host.workers_count = 1
    host.save()
    cohort = factories.CohortFactory(programme__form="informal")

    assert factories.learning(host=host, cohort=cohort).state == "active"
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        factories.learning(host=host, cohort=cohort, consent="")
    assert name_of(error) == "placement_consented"


def test_no_more_offers_than_seats(offered):
    offered.cohort.seats = 1
    offered.cohort.save()
    another = factories.PlacementFactory(cohort=offered.cohort)

    with pytest.raises(IntegrityError) as error:
        sql(
            "UPDATE workforce_placement SET state = 'offered', offered_on = '2026-02-01', host_id = %s WHERE id = %s",
            offered.host_id,
            another.pk,
        )
    assert name_of(error) == "placement_seat_free"


def test_nobody_learns_in_two_places(offered):
    start(offered)

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        factories.learning(person=offered.person, consent="")
    assert name_of(error) == "placement_one_at_a_time"


def test_pausing_and_ending_ask_for_nothing_again(offered):
    start(offered)
    Consent.objects.filter(person=offered.person).update(withdrawn_at="2026-03-05T00:00Z")

    sql("UPDATE workforce_placement SET state = 'paused', paused_on = '2026-03-06' WHERE id = %s", offered.pk)
    with pytest.raises(IntegrityError) as error:
        sql("UPDATE workforce_placement SET state = 'active', paused_on = NULL WHERE id = %s", offered.pk)
    assert name_of(error) == "placement_consented"


def test_an_apprentice_recorded_twice_becomes_one(workforce_officer, now):
    twin = {"name": "Kembar Contoh", "birth_on": date(2004, 5, 6), "number": None}
    first, second = PersonFactory(**twin), PersonFactory(**twin)
    placement = factories.learning(person=second)
    plan = factories.PlanFactory(person=second)
    duplicates.propose_pairs()
    pair = DuplicateCandidate.objects.get()

    merging.merge_people(pair=pair, into=first, chosen={}, by=workforce_officer, at=now)

    placement.refresh_from_db()
    plan.refresh_from_db()
    assert (placement.person, plan.person) == (first, first)
    with pytest.raises(IntegrityError, match="the person was merged into another"):
        sql("UPDATE workforce_placement SET person_id = %s WHERE id = %s", second.pk, placement.pk)


@pytest.mark.parametrize(
    ("table", "columns", "constraint"),
    [
        ("logentry", {"on": "2026-04-01", "kind": "present", "tasks": ""}, "logentry_present_has_tasks"),
        ("logentry", {"on": "2026-04-01", "kind": "absent", "tasks": "", "hours": 3}, "logentry_present_has_tasks"),
        ("logentry", {"on": "2026-04-01", "kind": "present", "tasks": "x", "hours": 0}, "logentry_hours_of_a_day"),
        ("allowancepayment", {"month": "2026-04-02", "amount_idr": 1, "paid_on": "2026-04-30", "evidence": ""},
         "allowancepayment_month_begins"),
        ("allowancepayment", {"month": "2026-04-01", "amount_idr": 0, "paid_on": "2026-04-30", "evidence": ""},
         "allowancepayment_is_money"),
        ("placementoutcome", {"months": 3, "due_on": "2026-04-02", "asked_on": "2026-04-01", "work": "worker",
                              "note": ""}, "placementoutcome_window_elapsed"),
        ("placementoutcome", {"months": 4, "due_on": "2026-04-02", "asked_on": "2026-04-03", "work": "worker",
                              "note": ""}, "placementoutcome_at_fixed_months"),
    ],
)  # fmt: skip
def test_impossible_records_are_refused(offered, table, columns, constraint):
    values = {
        "public_id": "00000000-0000-4000-8000-000000000001", "source": "form", "placement_id": offered.pk, **columns
    }  # fmt: skip
    if table == "logentry":
        values.setdefault("mentor_note", "")
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))

    with pytest.raises(IntegrityError) as error:
        sql(f"INSERT INTO workforce_{table} ({names}) VALUES ({marks})", *values.values())

    assert name_of(error) == constraint


def test_an_agreement_is_endorsed_after_it_was_handed_in():
    agreement = factories.AgreementFactory()

    for change in (
        "endorsed_on = '2026-03-01', endorsement_number = 'X'",
        "submitted_on = '2026-02-26', endorsed_on = '2026-02-27'",
        "submitted_on = '2026-02-26', endorsed_on = '2026-02-25', endorsement_number = 'X'",
    ):
        with pytest.raises(IntegrityError) as error:
            sql(f"UPDATE workforce_placementagreement SET {change} WHERE id = %s", agreement.pk)
        assert name_of(error) == "placementagreement_endorsed_with_number"


def test_an_enterprise_is_in_one_group_at_a_time():
    member = factories.MemberFactory()

    with pytest.raises(IntegrityError, match="hostgroupmember_one_group_a_day"), transaction.atomic():
        factories.MemberFactory(enterprise=member.enterprise, from_on=date(2026, 1, 1))


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_cannot_both_fill_the_last_place():
    """One place is left with the mentor; both moves are sent at the same moment, and the database takes one."""
    host = EnterpriseFactory(workers_count=100)
    guide = factories.mentor(host)
    for _number in range(3):
        factories.learning(host=host, mentor_person=guide)
    waiting = []
    for _number in range(2):
        person = PersonFactory(birth_on=date(2004, 5, 6))
        ConsentFactory(person=person, purpose="apprenticeship")
        waiting.append(
            factories.PlacementFactory(
                person=person, host=host, mentor=guide, state="offered", offered_on=date(2026, 2, 1)
            )
        )
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def begin(placement: Placement) -> None:
        try:
            with transaction.atomic():
                together.wait(timeout=10)
                start(placement)
                outcomes.append("began")
        except IntegrityError as error:
            outcomes.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=(placement,)) for placement in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(outcomes) == ["began", "placement_mentor_has_room"]
    assert Placement.objects.filter(mentor=guide, state="active").count() == 4
