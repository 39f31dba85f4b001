"""Back doors: what the database refuses although nobody asked an action."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from marketing import queries, rules
from marketing.choices import ApplicationState, BatchState, DecisionState, Outcome
from marketing.models import Activity, Application, Decision, DecisionBatch, EligibilityResult, Quota
from tests.factories import marketing as factories
from tests.factories.portal import EnterpriseFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(sql: str, *params) -> str:
    """Run a statement that must be refused; returns what the database says."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


def test_every_noun_has_a_name_for_people():
    batch = factories.BatchFactory(number=3, activity__title="Contoh A")
    decision = factories.DecisionFactory(application__enterprise__name="Batik B", application__activity__title="C")
    assert str(batch) == "Kelompok 3 – Contoh A"
    assert str(decision) == "Batik B – C: Diterima"
    assert str(factories.ProgrammeFactory(name="Ekspor", year=2026)) == "Ekspor 2026"
    assert str(factories.QuotaFactory(size=20)) == "Semua peserta: 20"
    assert str(factories.RuleFactory(code="min_workers", number=5)) == "Paling sedikit 5 pekerja"
    assert str(factories.SessionFactory(title="Hari 1")) == "Hari 1"
    assert str(factories.PastParticipationFactory(enterprise__name="D", title="E")) == "D – E"
    result = EligibilityResult(code="nib", verdict="pass")
    assert str(result) == "Memiliki NIB: Memenuhi"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ApplicationState.SUBMITTED, ApplicationState.ACCEPTED),
        (ApplicationState.IN_REVIEW, ApplicationState.ACCEPTED),
        (ApplicationState.REJECTED, ApplicationState.ACCEPTED),
        (ApplicationState.WITHDRAWN, ApplicationState.SUBMITTED),
        (ApplicationState.COMPLETED, ApplicationState.ATTENDED),
        (ApplicationState.SUBMITTED, ApplicationState.DRAFT),
    ],
)
def test_a_state_cannot_jump(old, new):
    application = factories.ApplicationFactory(state=old)
    refused("UPDATE marketing_application SET state = %s WHERE id = %s", new.value, application.pk)
    assert Application.objects.get(pk=application.pk).state == old


@pytest.mark.parametrize("new", [ApplicationState.ACCEPTED, ApplicationState.WAITLISTED, ApplicationState.REJECTED])
def test_a_pending_application_is_not_answered_without_a_released_decision(new):
    decision = factories.DecisionFactory(outcome=new.value)
    message = refused(
        "UPDATE marketing_application SET state = %s, waiting_order = 1, answer_reason = 'x' WHERE id = %s",
        new.value,
        decision.application_id,
    )
    assert "no released decision" in message


@pytest.mark.parametrize("state", [ApplicationState.ACCEPTED, ApplicationState.WAITLISTED])
def test_a_selected_call_does_not_answer_at_once(state):
    activity = factories.ActivityFactory(selected=True)
    draft = factories.DraftFactory(activity=activity)
    message = refused("UPDATE marketing_application SET state = %s WHERE id = %s", state.value, draft.pk)
    assert "only a first-come call" in message


@pytest.mark.parametrize("state", [ApplicationState.PENDING, ApplicationState.COMPLETED, ApplicationState.ELIGIBLE])
def test_an_application_does_not_begin_in_the_middle(state):
    sent = factories.ApplicationFactory()
    with pytest.raises(DatabaseError, match="cannot begin"), transaction.atomic():
        Application.objects.create(
            activity=factories.ActivityFactory(),
            enterprise=EnterpriseFactory(),
            state=state,
            sent_by=sent.sent_by,
            submitted_at=sent.submitted_at,
            arrival_number=1,
            snapshot={},
            ward=sent.ward,
            is_first_timer=True,
            is_women_led=True,
        )


def test_one_live_application_of_an_enterprise_in_an_activity():
    application = factories.ApplicationFactory()
    message = refused(
        "INSERT INTO marketing_application (public_id, source, activity_id, enterprise_id, state, channel, answer,"
        " counted_quotas, eligibility, returned_note, answer_reason)"
        " VALUES (gen_random_uuid(), 'form', %s, %s, 'draft', 'web', '', '{}', '', '', '')",
        application.activity_id,
        application.enterprise_id,
    )
    assert "one_live_application" in message


@pytest.mark.parametrize("state", [ApplicationState.WITHDRAWN, ApplicationState.REJECTED, ApplicationState.INELIGIBLE])
def test_an_ended_application_leaves_room_for_another(state):
    ended = factories.ApplicationFactory(state=state)
    factories.DraftFactory(activity=ended.activity, enterprise=ended.enterprise)
    assert Application.objects.filter(enterprise=ended.enterprise).count() == 2


def test_a_key_is_used_once_by_a_user():
    sent = factories.ApplicationFactory()
    with pytest.raises(IntegrityError, match="application_sent_once"), transaction.atomic():
        factories.ApplicationFactory(sent_by=sent.sent_by, idempotency_key=sent.idempotency_key)
    factories.ApplicationFactory(idempotency_key=sent.idempotency_key)


def test_an_arrival_number_is_given_once():
    sent = factories.ApplicationFactory()
    with pytest.raises(IntegrityError, match="application_arrival_once"), transaction.atomic():
        factories.ApplicationFactory(activity=sent.activity, arrival_number=sent.arrival_number)


def test_a_sent_application_is_complete():
    draft = factories.DraftFactory()
    assert "application_sent_is_complete" in refused(
        "UPDATE marketing_application SET state = 'submitted' WHERE id = %s", draft.pk
    )


def test_seats_are_never_oversold_and_never_negative():
    quota = factories.QuotaFactory(size=3)
    refused("UPDATE marketing_quota SET taken = 4 WHERE id = %s", quota.pk)
    refused("UPDATE marketing_quota SET taken = -1 WHERE id = %s", quota.pk)
    Quota.objects.filter(pk=quota.pk).update(taken=3)
    refused("UPDATE marketing_quota SET size = 2 WHERE id = %s", quota.pk)
    refused("UPDATE marketing_quota SET taken = 0, size = 0 WHERE id = %s", quota.pk)


def test_a_counter_that_does_not_match_is_found():
    application = factories.ApplicationFactory(state=ApplicationState.ACCEPTED)
    assert queries.seat_mismatches() == []
    Quota.objects.filter(activity=application.activity).update(taken=5)
    (quota_id,) = application.counted_quotas
    assert queries.seat_mismatches() == [(quota_id, 5, 1)]


def test_a_frozen_result_does_not_change():
    result = EligibilityResult.objects.create(
        application=factories.ApplicationFactory(),
        phase="submission",
        checked_at=factories.NOW,
        position=1,
        code="nib",
        is_blocking=True,
        verdict="pass",
        reason="Contoh",
    )
    refused("UPDATE marketing_eligibilityresult SET verdict = 'fail' WHERE id = %s", result.pk)
    refused("DELETE FROM marketing_eligibilityresult WHERE id = %s", result.pk)


def signed(decision: Decision) -> DecisionBatch:
    batch = factories.BatchFactory(activity=decision.application.activity)
    Decision.objects.filter(pk=decision.pk).update(batch=batch)
    DecisionBatch.objects.filter(pk=batch.pk).update(
        state=BatchState.SIGNED, signed_by=UserFactory(), signed_at=factories.NOW, seal="a" * 64
    )
    return batch


def test_a_batch_is_not_released_unsigned():
    decision = factories.DecisionFactory()
    batch = factories.BatchFactory(activity=decision.application.activity)
    refused(
        "UPDATE marketing_decisionbatch SET state = 'released', released_by_id = %s, released_at = now() WHERE id = %s",
        decision.decided_by_id,
        batch.pk,
    )


def test_a_batch_is_not_signed_by_who_decided_in_it():
    decision = factories.DecisionFactory()
    batch = factories.BatchFactory(activity=decision.application.activity)
    Decision.objects.filter(pk=decision.pk).update(batch=batch)
    message = refused(
        "UPDATE marketing_decisionbatch SET state = 'signed', signed_by_id = %s, signed_at = now(), seal = 'x'"
        " WHERE id = %s",
        decision.decided_by_id,
        batch.pk,
    )
    assert "the signer decided" in message


def test_a_batch_is_not_signed_by_nobody():
    decision = factories.DecisionFactory()
    batch = factories.BatchFactory(activity=decision.application.activity)
    assert "batch_signed_by_someone" in refused(
        "UPDATE marketing_decisionbatch SET state = 'signed' WHERE id = %s", batch.pk
    )


@pytest.mark.parametrize(
    "change", ["outcome = 'rejected', reason = 'x'", "reason = 'x'", "rank = 1", "batch_id = NULL"]
)
def test_a_signed_decision_does_not_change(change):
    decision = factories.DecisionFactory()
    signed(decision)
    assert "does not change" in refused(f"UPDATE marketing_decision SET {change} WHERE id = %s", decision.pk)


def test_a_decision_does_not_join_a_signed_batch():
    first = factories.DecisionFactory()
    batch = signed(first)
    late = factories.DecisionFactory(application__activity=first.application.activity)
    refused("UPDATE marketing_decision SET batch_id = %s WHERE id = %s", batch.pk, late.pk)


def test_a_decision_is_not_released_alone():
    decision = factories.DecisionFactory()
    signed(decision)
    assert "by its batch only" in refused("UPDATE marketing_decision SET state = 'released' WHERE id = %s", decision.pk)


def test_a_decision_is_never_deleted():
    decision = factories.DecisionFactory()
    refused("DELETE FROM marketing_decision WHERE id = %s", decision.pk)


def test_one_standing_decision_for_an_application():
    decision = factories.DecisionFactory()
    with pytest.raises(IntegrityError, match="one_standing_decision"), transaction.atomic():
        factories.DecisionFactory(application=decision.application)
    Decision.objects.filter(pk=decision.pk).update(state=DecisionState.DROPPED)
    factories.DecisionFactory(application=decision.application, outcome=Outcome.REJECTED)


def test_dates_of_an_activity_stay_in_order():
    activity = factories.ActivityFactory()
    for column, other in (
        ("registration_closes_at", "registration_opens_at"),
        ("starts_at", "registration_opens_at"),
        ("ends_at", "registration_opens_at"),
    ):
        refused(f"UPDATE marketing_activity SET {column} = {other} WHERE id = %s", activity.pk)


def test_a_finished_activity_does_not_open_again():
    activity = factories.ActivityFactory(state="finished")
    refused("UPDATE marketing_activity SET state = 'published' WHERE id = %s", activity.pk)


def test_counters_leave_no_history_but_states_do():
    activity = factories.ActivityFactory(seats=5)
    events, quota_events = apps.get_model("marketing.ActivityEvent"), apps.get_model("marketing.QuotaEvent")
    before = (events.objects.count(), quota_events.objects.count())
    Activity.objects.filter(pk=activity.pk).update(last_arrival=9)
    Quota.objects.filter(activity=activity).update(taken=1)
    assert (events.objects.count(), quota_events.objects.count()) == before
    Activity.objects.filter(pk=activity.pk).update(state="closed")
    assert events.objects.count() == before[0] + 1


def test_only_live_states_count_in_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'one_live_application'")
        (definition,) = cursor.fetchone()
    for state in ApplicationState.values:
        assert (f"'{state}'" in definition) is (state not in rules.ENDED_STATES)
